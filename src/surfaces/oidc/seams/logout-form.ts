import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Middleware } from './own-request.ts'
import type { Seam } from './seam.ts'

export const logoutForm: Seam = {
  changes: `The library's logout form has our buttons, is skipped for a browser that is not signed in, and
    is answered by a page instead of a redirect.`,
  because: `There is nothing to confirm where nobody is signed in. And a browser holds \`form-action\` of our
    Content-Security-Policy against every hop after a form, also against the hosts that the client
    redirects to, which nobody here knows.`,
  texts: [
    ['actions/end_session.js', 'id="op.logoutForm"'],
    ['actions/end_session.js', 'ctx.status = 303'],
    ['actions/end_session.js', 'params.logout'],
    ['helpers/initialize_app.js', `'end_session_confirm'`],
  ],
}

/** The id of the library's form, which carries the library's own token against forgery. */
export const logoutFormId = 'op.logoutForm'

/** Whether the browser has just confirmed that it signs out. */
export function hasConfirmedLogout({ oidc, status }: KoaContextWithOIDC): boolean {
  return hasAnsweredForm(oidc, status) && Boolean(oidc.params?.['logout'])
}

/** Leads on from the logout form by a page, and past it where nobody is signed in. */
export function leadOnFromLogout(
  goOn: (ctx: KoaContextWithOIDC, address: string) => void,
): Middleware {
  return async function leadOn(ctx, next) {
    await next()
    if (hasAnsweredForm(ctx.oidc, ctx.status)) {
      const address = String(ctx.response.get('Location'))
      ctx.status = 200
      ctx.remove('Location')
      return goOn(ctx, address)
    }
    if (ctx.oidc?.route === 'end_session' && ctx.status === 200) skipForm(ctx)
  }
}

function hasAnsweredForm(oidc: KoaContextWithOIDC['oidc'] | undefined, status: number): boolean {
  return oidc?.route === 'end_session_confirm' && status === 303
}

/** The library has checked by now that the address is registered for the client. */
function skipForm(ctx: KoaContextWithOIDC): void {
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
