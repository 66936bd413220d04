// Who is at the other end: the peer's address, or what a proxy that we trust says of it (rule 30).
import { BlockList, isIP } from 'node:net'

export type Networks = BlockList

/** The networks of a list such as `10.0.0.0/8, fd00::/8`; null when one of them is none. */
export function readNetworks(list: string): Networks | null {
  const networks = new BlockList()
  for (const part of list.split(',').map((one) => one.trim())) {
    if (part === '') continue
    const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? []
    const family = isIP(address)
    const most = family === 6 ? 128 : 32
    const bits = Number(length ?? most)
    if (!family || bits > most) return null
    networks.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
  }
  return networks
}

/**
 * The caller's address: the peer's, or the last one in X-Forwarded-For that is not itself a trusted
 * proxy. What stands left of it was written by the caller and says nothing.
 */
export function callerAddress(
  peer: string,
  forwardedFor: string | null,
  trusted: Networks,
): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => plainAddress(hop.trim()))
  let address = plainAddress(peer)
  while (isTrusted(address, trusted)) {
    const hop = hops.pop()
    if (hop === undefined || !isIP(hop)) break
    address = hop
  }
  return address
}

function isTrusted(address: string, trusted: Networks): boolean {
  const family = isIP(address)
  return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** IPv4 as a dual-stack socket shows it (`::ffff:192.0.2.1`) is written as IPv4. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

/** The first `bits` of an IPv6 address, a multiple of 16, as the network that one customer has. */
export function networkOf(address: string, bits: number): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  const kept = groups.slice(0, bits / 16).map((group) => parseInt(group, 16).toString(16))
  return `${kept.join(':')}::/${bits}`
}
