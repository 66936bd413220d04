// OpenID Connect Back-Channel Logout 1.0: the sign-in tells us that a session has ended.
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Connect } from './sign-in.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'

/** Reads a logout token and returns the sid of the session that it ends; throws when it is not good. */
export function readLogoutTokens(connect: Connect): (token: string) => Promise<string> {
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null
  return async (token) => {
    const configuration = await connect()
    const { issuer, jwks_uri } = configuration.serverMetadata()
    if (!jwks_uri) throw new Error('the sign-in publishes no keys')
    keys ??= createRemoteJWKSet(new URL(jwks_uri))
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: configuration.clientMetadata().client_id,
      typ: 'logout+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['iat', 'jti', 'events'],
      maxTokenAge: '5 minutes',
      clockTolerance: 10,
    })
    const { events, sid, nonce } = payload
    const isLogout = typeof events === 'object' && events !== null && event in events
    if (!isLogout || nonce !== undefined) throw new Error('not a logout token')
    // A repeated token ends nothing but the one session that has ended already.
    if (typeof sid !== 'string') throw new Error('a logout token without sid')
    return sid
  }
}
