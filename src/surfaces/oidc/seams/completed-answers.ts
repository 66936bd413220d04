import type { KoaContextWithOIDC } from 'oidc-provider'
import { seconds } from '../../../kernel/clock.ts'
import { discoveryKept } from '../../../limits/openid.ts'
import type { Middleware } from './own-request.ts'
import type { Seam } from './seam.ts'

export const completedAnswers: Seam = {
  changes: 'The bodies of discovery and introspection are completed on their way out.',
  because: `The library always names the response mode \`fragment\`, which Sekisho refuses. It says nothing
    of hold and stop (rules 11 and 46), and leaves \`aud\` out of introspection (rule 35). Metadata and keys may be
    cached for minutes.`,
  texts: [
    ['actions/discovery.js', 'response_modes_supported'],
    ['helpers/initialize_app.js', `'introspection'`],
    ['helpers/initialize_app.js', `'jwks'`],
  ],
}

interface Completion {
  readonly responseModes: readonly string[]
  /** What a resource server is told of the account beside the token. */
  claimsOf(ctx: KoaContextWithOIDC, accountId: string): Promise<object>
}

/** Completes the answers of discovery, of the keys and of introspection. */
export function completeAnswers({ responseModes, claimsOf }: Completion): Middleware {
  return async function complete(ctx, next) {
    await next()
    if (ctx.status !== 200) return
    switch (ctx.oidc?.route) {
      case 'discovery':
        ctx.body = { ...bodyOf(ctx), response_modes_supported: [...responseModes] }
        ctx.set('Cache-Control', keptForMinutes)
        return
      case 'jwks':
        ctx.set('Cache-Control', keptForMinutes)
        return
      case 'introspection': {
        const { active, sub } = bodyOf(ctx)
        if (active === true) ctx.body = { ...bodyOf(ctx), aud: audienceOf(ctx) }
        if (typeof sub === 'string') ctx.body = { ...bodyOf(ctx), ...(await claimsOf(ctx, sub)) }
      }
    }
  }
}

/** Shorter than the time for which a new key is published before it signs. */
const keptForMinutes = `public, max-age=${discoveryKept / seconds}`

/** Rule 35: an access token is for the services that its client calls, a refresh token for Sekisho alone. */
function audienceOf(ctx: KoaContextWithOIDC): unknown {
  const { provider, entities } = ctx.oidc
  return entities.RefreshToken ? provider.issuer : bodyOf(ctx)['client_id']
}

function bodyOf(ctx: KoaContextWithOIDC): Readonly<Record<string, unknown>> {
  return ctx.body as Readonly<Record<string, unknown>>
}
