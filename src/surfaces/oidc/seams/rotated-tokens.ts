import { Provider } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const rotatedTokens: Seam = {
  changes:
    'The adapter of refresh tokens asks the request under way which client and token it is about.',
  because: `The library hands an adapter a token without the client that showed it, and without the token
    that it replaces. Both decide on how a chain of refresh tokens goes on (refresh-adapter.ts).`,
  texts: [
    ['provider.js', 'static get ctx()'],
    ['actions/grants/refresh_token.js', `ctx.oidc.entity('RotatedRefreshToken'`],
  ],
}

/** The client that has proven itself in the request under way. */
export function provenClient(): string | undefined {
  return Provider.ctx?.oidc.client?.clientId
}

/** The id of the refresh token that is being replaced in the request under way. */
export function replacedToken(): string | undefined {
  return Provider.ctx?.oidc.entities.RotatedRefreshToken?.jti
}
