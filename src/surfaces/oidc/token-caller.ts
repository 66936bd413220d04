// The caller at the token endpoint, as far as one can be told from another.
import { customerNetwork } from '../../domain/throttle/network.ts'
import { hashToken } from '../../kernel/secrets.ts'
import type { Visit } from '../frame/visit.ts'
import { readJwtPart } from './jwt-part.ts'

/** The hash of the caller's network and DPoP key at the token endpoint; null at every other address. */
export function callerOf(visit: Visit): string | null {
  if (visit.req.path !== '/oauth2/token') return null
  const address = visit.get('caller').address ?? ''
  return hashToken(`${customerNetwork(address)} ${proofKey(visit.req.header('dpop'))}`)
}

/** The public key of a DPoP proof as a text; empty without a proof. */
function proofKey(proof: string | undefined): string {
  const { jwk } = readJwtPart(proof ?? '', 0)
  if (typeof jwk !== 'object' || jwk === null) return ''
  return JSON.stringify(Object.entries(jwk).sort(([one], [other]) => (one < other ? -1 : 1)))
}
