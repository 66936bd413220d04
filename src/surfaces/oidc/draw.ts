// The pages that the library shows to a browser, drawn in our frame.
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { oidcTexts } from '../../text/oidc.ts'
import { pageContext } from '../frame/page-context.ts'
import { errorPage, type Html, type PageContext } from '../frame/page.ts'
import {
  confirmLogoutPage,
  failurePage,
  goOnPage,
  handOverPage,
  plainPage,
  signingOutPage,
} from './pages.ts'
import type { HandOver } from './seams/form-post.ts'
import { isOfOwnSession } from './seams/one-sid.ts'
import { ownUnit, ownVisit } from './seams/own-request.ts'
import { setWishedLanguage } from './ui-locales.ts'

/** Answers the request with a page, in the language that the client wishes for its user. */
function draw(
  ctx: KoaContextWithOIDC,
  make: (context: PageContext, requestId: string) => Html,
): void {
  const visit = ownVisit()
  if (!visit) throw new Error('a page is drawn outside of a visit')
  setWishedLanguage(visit, ctx.oidc.params ?? {})
  ctx.type = 'html'
  ctx.body = String(make(pageContext(visit.get('deps'), visit), visit.get('requestId')))
}

/**
 * Asks whether to sign out. An ID token of this very session is the answer: no other site has it, and the
 * person has pressed the client's button (RP-Initiated Logout 1.0, §2). A third party is not believed that:
 * the session, which all applications share, is not its own to end.
 */
export async function drawConfirmLogout(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  const { client, entities } = ctx.oidc
  const hint = entities.IdTokenHint?.payload
  const isOfSession = client && hint && isOfOwnSession(hint, client.clientId)
  const asking = isOfSession && (await ownUnit().findClient(client.clientId))
  const isAnswered = asking && !asking.settings.thirdParty
  draw(ctx, (context) => (isAnswered ? signingOutPage : confirmLogoutPage)(context, form))
}

export function drawLoggedOut(ctx: KoaContextWithOIDC): void {
  draw(ctx, (context) => {
    const words = oidcTexts[context.language]
    return plainPage(context, words.loggedOutTitle, words.loggedOut)
  })
}

/** A failure of ours, in place of what was asked for. */
export function drawOwnFailure(
  ctx: KoaContextWithOIDC,
  status: number,
  code: 'busy' | 'internal_error',
): void {
  draw(ctx, (context, requestId) =>
    errorPage(context, { status, code, ...context.texts.problems[code], requestId }),
  )
}

export function drawFailed(ctx: KoaContextWithOIDC, { error }: ErrorOut): void {
  if (error === 'server_error') return drawOwnFailure(ctx, 500, 'internal_error')
  draw(ctx, (context, requestId) => failurePage(context, 'application_refused', requestId, error))
}

/** Leads the browser to an address without a redirect. */
export function drawGoOn(ctx: KoaContextWithOIDC, address: string): void {
  draw(ctx, (context) => goOnPage(context, address))
}

/** Takes an authorization response to the client's address as a form. */
export const drawHandOver: HandOver = (ctx, address, answer) => {
  allowForm(ctx, address)
  ctx.status = 200
  draw(ctx, (context) => handOverPage(context, address, answer))
}

/**
 * The form goes to the client, which may redirect it to another of its hosts, and a browser counts each
 * hop as an address of the form. So every host of the scheme is allowed, the client's own among them. By
 * now the library has refused an address that is not registered for the client.
 */
function allowForm(ctx: KoaContextWithOIDC, address: string): void {
  const policy = String(ctx.response.get('Content-Security-Policy'))
  const { protocol } = new URL(address)
  ctx.set(
    'Content-Security-Policy',
    policy.replace("form-action 'self'", `form-action ${protocol}`),
  )
}
