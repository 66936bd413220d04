import { networkOf } from '../../kernel/http/networks.ts'
import { addressLimits } from '../../limits/passwords.ts'

/** The network that belongs to one customer; the rest of an IPv6 address changes by itself (RFC 8981). */
export function customerNetwork(address: string): string {
  return networkOf(address, addressLimits[0].bits)
}
