// What an access token is worth: whose it is, for which application, and bound to which key.
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import * as oauth from 'openid-client'

/** A call's token, as its `Authorization` shows it. */
interface Shown {
  readonly scheme: 'Bearer' | 'DPoP'
  readonly token: string
}

/** What a call's token says of its holder, or the challenge to answer 401 with. */
export type TokenCheck =
  | { readonly facts: oauth.IntrospectionResponse; readonly scheme: Shown['scheme'] }
  | { readonly challenge: string }

/** Checks the token of a call, and the proof of its key where it is bound to one (RFC 9449, §7). */
export async function checkToken(
  c: Context,
  configuration: oauth.Configuration,
  origin: string,
): Promise<TokenCheck> {
  const shown = readToken(c.req.header('authorization') ?? '')
  if (!shown) return { challenge: 'Bearer' }
  const { scheme, token } = shown
  const challenge = `${scheme} error="invalid_token"`
  const facts = await oauth.tokenIntrospection(configuration, token)
  // Other applications' tokens are active too, and our own refresh token, which has no type.
  if (!facts.active || facts.client_id !== configuration.clientMetadata().client_id) {
    return { challenge }
  }
  if (String(facts.token_type).toLowerCase() !== scheme.toLowerCase()) return { challenge }
  if (scheme === 'Bearer') return facts.cnf ? { challenge } : { facts, scheme }
  const call = { method: c.req.method, address: origin + c.req.path }
  const key = await provenKey(c.req.header('dpop') ?? '', token, call)
  return key !== null && key === facts.cnf?.jkt ? { facts, scheme } : { challenge }
}

function readToken(authorization: string): Shown | null {
  const [, scheme = '', token = ''] = /^(bearer|dpop) ([\w~+/.=-]+)$/i.exec(authorization) ?? []
  if (token === '') return null
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token }
}

const proofLife = 60

/** Proofs that have come, until when they could come again, in memory as all else here. */
const spent = new Map<string, number>()

/** The thumbprint of the key that this call proves for the first time; null where it proves none. */
async function provenKey(
  proof: string,
  token: string,
  { method, address }: { method: string; address: string },
): Promise<string | null> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256', 'Ed25519', 'EdDSA'],
      requiredClaims: ['iat', 'jti'],
      maxTokenAge: proofLife,
      clockTolerance: proofLife,
    })
    const { htm, htu, ath, jti } = payload
    if (htm !== method || htu !== address) return null
    if (ath !== createHash('sha256').update(token).digest('base64url')) return null
    const key = protectedHeader.jwk && (await calculateJwkThumbprint(protectedHeader.jwk))
    return key !== undefined && spend(`${key} ${String(jti)}`) ? key : null
  } catch {
    return null
  }
}

function spend(proof: string): boolean {
  const now = Date.now()
  for (const [one, until] of spent) if (until < now) spent.delete(one)
  if (spent.has(proof)) return false
  spent.set(proof, now + 3 * proofLife * 1000)
  return true
}
