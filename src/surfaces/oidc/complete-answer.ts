// What the library's answers lack, added on their way out.
import type { KoaContextWithOIDC } from 'oidc-provider'
import { selectAccount } from '../../domain/accounts/store.ts'
import { responseModes } from '../../domain/clients/client.ts'
import type { Deps } from '../../domain/deps.ts'
import { seconds } from '../../kernel/clock.ts'
import { discoveryKept } from '../../kernel/limits.ts'
import { holdClaim } from './hold.ts'
import type { ProviderPages } from './provider.ts'
import type { Middleware } from './visits.ts'

/** Completes the answers of discovery, introspection and logout. */
export function completeAnswer(
  deps: Pick<Deps, 'db' | 'now'>,
  { goOn }: Pick<ProviderPages, 'goOn'>,
): Middleware {
  return async function complete(ctx, next) {
    await next()
    if (ctx.oidc?.route === 'end_session_confirm' && ctx.status === 303) return endForm(ctx, goOn)
    if (ctx.status !== 200) return
    switch (ctx.oidc?.route) {
      case 'discovery':
        // Never `fragment`, which the library always names.
        ctx.body = { ...bodyOf(ctx), response_modes_supported: [...responseModes] }
        ctx.set('Cache-Control', keptForMinutes)
        return
      case 'jwks':
        ctx.set('Cache-Control', keptForMinutes)
        return
      case 'introspection':
        addAudience(ctx)
        return addHold(deps, ctx)
      case 'end_session':
        return skipEmptyLogout(ctx)
    }
  }
}

/** Shorter than a new key is published before it signs. */
const keptForMinutes = `public, max-age=${discoveryKept / seconds}`

/** Rule 35: an access token is for whom its client calls, a refresh token for nobody but us. */
function addAudience(ctx: KoaContextWithOIDC): void {
  const { active, client_id: aud } = bodyOf(ctx)
  if (active !== true) return
  const { provider, entities } = ctx.oidc
  ctx.body = { ...bodyOf(ctx), aud: entities.RefreshToken ? provider.issuer : aud }
}

/** Rule 11: as it is now, not as it was when the token was made. */
async function addHold(deps: Pick<Deps, 'db' | 'now'>, ctx: KoaContextWithOIDC): Promise<void> {
  const { sub } = bodyOf(ctx)
  const account = typeof sub === 'string' ? await selectAccount(deps.db, sub) : undefined
  if (account) ctx.body = { ...bodyOf(ctx), ...holdClaim(account, deps.now()) }
}

/** Who is not signed in has nothing to confirm. The library has checked where it leads. */
function skipEmptyLogout(ctx: KoaContextWithOIDC): void {
  const { session, params, provider } = ctx.oidc
  if (session?.accountId) return
  const { post_logout_redirect_uri: back, state } = params ?? {}
  const address = new URL(
    typeof back === 'string' ? back : '/oauth2/logout/success',
    provider.issuer,
  )
  if (typeof back === 'string' && typeof state === 'string')
    address.searchParams.set('state', state)
  ctx.status = 303
  ctx.redirect(address.href)
}

/**
 * The logout's form ends here and not by a redirect: a browser holds `form-action` against every hop
 * after a form, also against those of the application, which nobody here knows.
 */
function endForm(ctx: KoaContextWithOIDC, goOn: ProviderPages['goOn']): void {
  const address = String(ctx.response.get('Location'))
  ctx.status = 200
  ctx.remove('Location')
  goOn(ctx, address)
}

function bodyOf(ctx: KoaContextWithOIDC): Readonly<Record<string, unknown>> {
  return ctx.body as Readonly<Record<string, unknown>>
}
