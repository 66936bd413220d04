// The pages of the sign-in: each is shown in the state that it fits, else it leads to the one that does.
import type { Deps } from '../../../domain/deps.ts'
import { listPasskeys } from '../../../domain/passkeys/list.ts'
import { readContinueTo } from '../../../domain/sign-ins/continue-to.ts'
import { type SignIn, stepOf } from '../../../domain/sign-ins/sign-in.ts'
import type { SecondFactor } from '../../../domain/tables/tables.ts'
import { readToken } from '../../frame/cookies.ts'
import { currentSession } from '../../frame/current-session.ts'
import { currentSignIn } from '../../frame/current-sign-in.ts'
import { pageContext } from '../../frame/page-context.ts'
import type { Visit } from '../../frame/visit.ts'
import { findAskingApplication, type AskingApplication } from '../../oidc/asking.ts'
import { withAnnouncements } from '../../parts/announcements.ts'
import { passkeyRow } from '../../parts/passkey-view.ts'
import { emailCodePage, passkeyPage, signInPage } from './pages.ts'
import { codeOf } from './routes.ts'

/** `/`: the portal for who is signed in, else the sign-in. */
export async function showStart(visit: Visit): Promise<Response> {
  const session = await currentSession(visit.get('deps'), visit)
  return visit.redirect(session ? '/portal' : '/sign-in', 303)
}

/** Starting over is always possible, so an open sign-in leads nowhere else; a session does. */
export async function showSignIn(visit: Visit): Promise<Response> {
  const deps = visit.get('deps')
  const continueTo = visit.req.query('continueTo') ?? null
  if (await currentSession(deps, visit)) {
    return visit.redirect(readContinueTo(continueTo, deps.config.origin), 303)
  }
  const application = await findAsking(visit, continueTo ?? '')
  const view = { continueTo, application, leaveTo: leaveAddress(deps, application) }
  const context = await withAnnouncements(deps, pageContext(deps, visit))
  return visit.html(signInPage(context, view))
}

export async function showEmailCode(visit: Visit): Promise<Response> {
  const found = await findStep(visit, 'email')
  if (found instanceof Response) return found
  const { deps, signIn } = found
  const code = await codeOf(deps, signIn)
  const leaveTo = await leaveAddressOf(visit, signIn)
  const context = await withAnnouncements(deps, pageContext(deps, visit))
  return visit.html(emailCodePage(context, { ...code, leaveTo, now: deps.now() }))
}

export async function showPasskey(visit: Visit): Promise<Response> {
  const found = await findStep(visit, 'passkey')
  if (found instanceof Response) return found
  const { deps, signIn } = found
  const context = await withAnnouncements(deps, pageContext(deps, visit))
  const passkeys = await listPasskeys(deps.db, signIn.account.id)
  const rows = passkeys.map((passkey) => passkeyRow(passkey, context.texts))
  const leaveTo = await leaveAddressOf(visit, signIn)
  return visit.html(passkeyPage(context, { passkeys: rows, leaveTo }))
}

/** Giving up leads back to the application that asked, else to the home page. */
function leaveAddress({ config }: Deps, application: AskingApplication | null): string {
  return application?.leaveTo ?? config.links.home ?? '/sign-in'
}

async function leaveAddressOf(visit: Visit, { continueTo }: SignIn): Promise<string> {
  return leaveAddress(visit.get('deps'), await findAsking(visit, continueTo))
}

function findAsking(visit: Visit, continueTo: string): Promise<AskingApplication | null> {
  return findAskingApplication(visit.get('deps'), continueTo, readToken(visit, 'authorization'))
}

async function findStep(
  visit: Visit,
  factor: SecondFactor,
): Promise<{ deps: Deps; signIn: SignIn } | Response> {
  const deps = visit.get('deps')
  const signIn = await currentSignIn(deps, visit)
  if (!signIn) return showStart(visit)
  const step = stepOf(signIn.account.secondFactor)
  if (step === stepOf(factor)) return { deps, signIn }
  return visit.redirect(`/sign-in/${step}`, 303)
}
