// The pages of the sign-in: each is shown in the state that it fits, else it redirects to the page that fits.
import { factors, type Factor } from '../../../domain/factors/factors.ts'
import { findSignInCode } from '../../../domain/sign-ins/code.ts'
import {
  changePasswordBefore,
  readContinueTo,
  signInTo,
} from '../../../domain/sign-ins/continue-to.ts'
import type { SignIn } from '../../../domain/sign-ins/sign-in.ts'
import { readToken } from '../../frame/cookies.ts'
import { currentSession, findSessionEnd } from '../../frame/current-session.ts'
import { currentSignIn } from '../../frame/current-sign-in.ts'
import { pageContext } from '../../frame/page-context.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'
import { findAskingApplication, type AskingApplication } from '../../oidc/asking.ts'
import { findWayBack } from '../../oidc/way-back.ts'
import { withAnnouncements } from '../../parts/announcements.ts'
import { listPasskeys } from '../../parts/passkeys-here.ts'
import { withPending } from '../../parts/pending.ts'
import { emailCodePage, passkeyPage, signInPage } from './pages.ts'

/** `/`: leads to the portal with a session, else to the sign-in. */
export async function showStart(visit: Visit): Promise<Response> {
  const session = await currentSession(visit.get('deps'), visit)
  return visit.redirect(session ? '/portal' : '/sign-in', 303)
}

/** A browser with a session is sent on; one with an open sign-in may start over here. */
export async function showSignIn(visit: Visit): Promise<Response> {
  const deps = visit.get('deps')
  const continueTo = readContinueTo(visit.req.query('continueTo'), deps.site.origin)
  const session = await currentSession(deps, visit)
  if (session?.passwordBreached) return visit.redirect(changePasswordBefore(continueTo), 303)
  if (session) return visit.redirect(continueTo, 303)
  const application = await findAsking(visit, continueTo)
  const ended = await findSessionEnd(deps, visit)
  const leaveTo = await leaveAddress(visit, continueTo, application)
  const view = { continueTo, application, ended, leaveTo }
  const context = await withAnnouncements(deps, pageContext(deps, visit))
  return visit.html(signInPage(context, view))
}

async function showEmailCode(visit: Visit): Promise<Response> {
  const found = await findStep(visit, 'email')
  if (found instanceof Response) return found
  const { deps, signIn } = found
  const now = deps.now()
  const code = await findSignInCode(deps.db, signIn, now)
  const waysOut = await waysOutOf(visit, signIn)
  const announced = await withAnnouncements(deps, pageContext(deps, visit))
  const context = await withPending(deps, announced, signIn.account.id, 'email-code')
  return visit.html(emailCodePage(context, { code, waysOut, now }))
}

async function showPasskey(visit: Visit): Promise<Response> {
  const found = await findStep(visit, 'passkey')
  if (found instanceof Response) return found
  const { deps, signIn } = found
  const announced = await withAnnouncements(deps, pageContext(deps, visit))
  const { passkeys, hints } = await listPasskeys(visit, signIn.account.id)
  const where = passkeys.length > 0 ? 'passkey' : 'nowhere'
  const context = await withPending(deps, announced, signIn.account.id, where)
  const waysOut = await waysOutOf(visit, signIn)
  const { continueTo } = signIn
  return visit.html(passkeyPage(context, { passkeys, hints, waysOut, continueTo }))
}

/** `/sign-in/email-code`, `/sign-in/passkey`. */
export function stepAddress(factor: Factor): string {
  return `/sign-in/${factors[factor].step}`
}

/** The page of each second factor, at the address of its step. */
export const stepPages = { email: showEmailCode, passkey: showPasskey } as const satisfies Record<
  Factor,
  (visit: Visit) => Promise<Response>
>

/** Giving up leads back to the application that asked or that a person came from, else to the home page. */
async function leaveAddress(
  visit: Visit,
  continueTo: string,
  application: AskingApplication | null,
): Promise<string> {
  if (application) return application.leaveTo
  const { origin, links } = visit.get('deps').site
  const { searchParams } = new URL(continueTo, origin)
  const back = await findWayBack(visit, searchParams)
  return back?.leaveTo ?? links.home ?? '/sign-in'
}

async function waysOutOf(visit: Visit, { continueTo }: SignIn) {
  const application = await findAsking(visit, continueTo)
  return {
    leaveTo: await leaveAddress(visit, continueTo, application),
    beginAgain: signInTo(continueTo),
    home: application?.home ?? null,
  }
}

function findAsking(visit: Visit, continueTo: string): Promise<AskingApplication | null> {
  const authorization = readToken(visit, 'authorization')
  return findAskingApplication(visit.get('deps'), continueTo, authorization, visit.get('language'))
}

async function findStep(
  visit: Visit,
  factor: Factor,
): Promise<{ deps: SurfaceDeps; signIn: SignIn } | Response> {
  const deps = visit.get('deps')
  const signIn = await currentSignIn(deps, visit)
  if (!signIn) return showStart(visit)
  const { secondFactor } = signIn.account
  if (secondFactor === factor) return { deps, signIn }
  return visit.redirect(stepAddress(secondFactor), 303)
}
