// Who asks at the token endpoint, as far as it tells one caller from another.
import { isIPv6 } from 'node:net'
import { networkOf } from '../../kernel/http/networks.ts'
import { hashToken } from '../../kernel/secrets.ts'
import type { Visit } from '../frame/visit.ts'
import { readJwtPart } from './jwt-part.ts'

/** What one customer has of IPv6; the rest of an address changes by itself (RFC 8981). */
const customerBits = 64

/** The hash of the network and of the DPoP key that a token is asked for from; null elsewhere. */
export function callerOf(visit: Visit): string | null {
  if (visit.req.path !== '/oauth2/token') return null
  const address = visit.get('caller').address ?? ''
  const network = isIPv6(address) ? networkOf(address, customerBits) : address
  return hashToken(`${network} ${proofKey(visit.req.header('dpop'))}`)
}

/** The key that a DPoP proof names, as one text; empty without a proof. */
function proofKey(proof: string | undefined): string {
  const { jwk } = readJwtPart(proof ?? '', 0)
  if (typeof jwk !== 'object' || jwk === null) return ''
  return JSON.stringify(Object.entries(jwk).sort(([one], [other]) => (one < other ? -1 : 1)))
}
