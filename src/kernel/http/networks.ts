// The caller's address: the peer's, or the one that a trusted proxy reports (rule 30).
import { BlockList, isIP, isIPv4, isIPv6, SocketAddress } from 'node:net'

export type Networks = BlockList

/** The networks of a list such as `10.0.0.0/8, fd00::/8`; null when an entry is no network, or too wide. */
export function readNetworks(list: string): Networks | null {
  const networks = new BlockList()
  for (const part of list.split(',').map((one) => one.trim())) {
    if (part === '') continue
    const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? []
    const family = isIP(address)
    const most = family === 6 ? 128 : 32
    const bits = Number(length ?? most)
    if (!family || bits > most || bits < fewestBits(address)) return null
    networks.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
  }
  return networks
}

/** Two networks of half the addresses each would trust every caller, as one of all would. */
function fewestBits(address: string): number {
  // IPv4 is mapped into IPv6 under ::ffff:0:0/96.
  if (/^0*:/.test(address)) return 96 + 8
  return isIPv6(address) ? 7 : 8
}

interface CallerAddress {
  readonly address: string
  /** The text that a trusted proxy wrote instead of an address, or null. */
  readonly unreadable: string | null
}

/**
 * The caller's address: the peer's, or the last one in X-Forwarded-For that is not itself a trusted
 * proxy. Anything left of it was written by the caller and is ignored.
 */
export function callerAddress(
  peer: string,
  forwardedFor: string | null,
  trusted: Networks,
): CallerAddress {
  // Empty elements of a list count for nothing (RFC 9110, §5.6.1.2).
  const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '')
  let address = plainAddress(peer) ?? peer
  while (isTrusted(address, trusted)) {
    const hop = hops.pop()?.trim()
    if (hop === undefined) break
    const read = plainAddress(hop)
    if (read === null) return { address, unreadable: hop }
    address = read
  }
  return { address, unreadable: null }
}

/** True where no proxy is trusted. */
export function trustsNobody(trusted: Networks): boolean {
  return trusted.rules.length === 0
}

function isTrusted(address: string, trusted: Networks): boolean {
  const family = isIP(address)
  return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * An address however a proxy writes it: with a port (`203.0.113.9:51234`, `[2001:db8::1]:443`), in
 * brackets, or as a dual-stack socket shows IPv4 (`::ffff:192.0.2.1`). Null for any other text.
 */
export function plainAddress(written: string): string | null {
  const [, inBrackets] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(written) ?? []
  if (inBrackets !== undefined) return isIPv6(inBrackets) ? plainIPv6(inBrackets) : null
  if (isIPv6(written)) return plainIPv6(written)
  const address = written.replace(/:\d{1,5}$/, '')
  return isIPv4(address) ? address : null
}

/** The canonical form of RFC 5952, so that equal addresses are equal texts. */
function plainIPv6(address: string): string {
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=.*\.)/, '')
}

/** The network of an IPv6 address: its first `bits`, a multiple of 8. Any other address stands for itself. */
export function networkOf(address: string, bits: number): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  const kept = groups.slice(0, Math.ceil(bits / 16)).map((group, index) => {
    const unused = Math.max(0, (index + 1) * 16 - bits)
    return ((parseInt(group, 16) >> unused) << unused).toString(16)
  })
  return `${kept.join(':')}::/${bits}`
}
