// The pages of the sign-in: each is shown in the state that it fits, else it leads to the one that does.
import { withAnnouncements } from '../announcements/pages.ts'
import { findAskingApplication, type AskingApplication } from '../clients/asking.ts'
import type { Deps } from '../deps.ts'
import { readToken } from '../ground/cookies.ts'
import { pageContext } from '../ground/page-context.ts'
import type { Visit } from '../ground/visit.ts'
import { listPasskeys } from '../passkeys/list.ts'
import { passkeyRow } from '../passkeys/view.ts'
import { currentSession } from '../sessions/current.ts'
import type { SecondFactor } from '../storage/tables.ts'
import { readContinueTo } from './continue-to.ts'
import { currentSignIn } from './current.ts'
import { emailCodePage, passkeyPage, signInPage } from './pages.ts'
import { codeOf } from './routes.ts'
import { type SignIn, stepOf } from './sign-in.ts'

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
