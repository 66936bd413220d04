// The pages of a holder's own changes.
import { currentHold } from '../../../../domain/accounts/withdrawal-hold.ts'
import { maskAddress } from '../../../../domain/email-codes/code.ts'
import type { Session } from '../../../../domain/sessions/session.ts'
import { readContinueTo } from '../../../../domain/sign-ins/continue-to.ts'
import { findKnownBrowser } from '../../../../domain/throttle/known-browsers.ts'
import type { HoldReason } from '../../../../domain/vocabulary/reasons.ts'
import { answersToo } from '../../../../operations/addresses/change-own-email.ts'
import { readTokens } from '../../../frame/cookies.ts'
import type { SurfaceDeps } from '../../../frame/site.ts'
import type { Visit } from '../../../frame/visit.ts'
import { sayHoldAhead } from '../hold-ahead.ts'
import { signedIn } from '../signed-in.ts'
import { signInAgainPage } from './again.ts'
import { emailPage } from './email-page.ts'
import { changedPage, type OwnChangeParts } from './parts.ts'
import { passwordPage } from './password-page.ts'
import { proofOf, waitingCode } from './state.ts'

export const showPassword = signedIn(async (visit, deps, { session, back, context }) => {
  const words = context.texts.ownChanges.password
  const { account, passwordBreached } = session
  const heldUntil = doneUntil(visit, deps, session, 'password_changed')
  if (heldUntil !== null) {
    const { doneTitle: title, done: text } = words
    return visit.html(changedPage(context, { title, text, heldUntil, back }))
  }
  const anew = signInAgainPage(context, session, deps.now(), { title: words.title, back })
  if (anew) return visit.html(anew)
  const continueTo = readContinueTo(visit.req.query('continueTo'), deps.site.origin)
  const view = {
    loginId: account.loginId,
    proof: passwordBreached ? null : await proofOf(visit, session),
    holdAhead: sayHoldAhead(deps, context),
    guessedAt: await guessedAt(visit, session),
    breachedThen: passwordBreached ? continueTo : null,
    back,
  }
  return visit.html(passwordPage(context, view))
})

export const showEmail = signedIn(async (visit, deps, { session, back, context }) => {
  const words = context.texts.ownChanges.email
  const { account } = session
  const heldUntil = doneUntil(visit, deps, session, 'email_changed')
  if (heldUntil !== null) {
    const { doneTitle: title, done: text } = words
    return visit.html(changedPage(context, { title, text, heldUntil, back }))
  }
  const anew = signInAgainPage(context, session, deps.now(), { title: words.title, back })
  if (anew) return visit.html(anew)
  const view = {
    present: maskAddress(account.email),
    oldToo: answersToo(account),
    code: visit.req.query('again') === undefined ? await waitingCode(deps, session, 'email') : null,
    proof: await proofOf(visit, session),
    holdAhead: sayHoldAhead(deps, context),
    guessedAt: await guessedAt(visit, session),
    now: deps.now(),
    back,
  }
  return visit.html(emailPage(context, view))
})

/** The end of the hold that the change has begun, where this is the address of its end; else null. */
function doneUntil(
  visit: Visit,
  deps: SurfaceDeps,
  { account }: Session,
  reason: HoldReason,
): number | null {
  if (visit.req.query('done') === undefined) return null
  const hold = currentHold(account, deps.now())
  return hold?.reason === reason ? hold.until : null
}

async function guessedAt(visit: Visit, { account }: Session): Promise<OwnChangeParts['guessedAt']> {
  if (account.lockReason !== 'guessing') return null
  const { db, now } = visit.get('deps')
  const known = await findKnownBrowser(db, account.id, readTokens(visit, 'browser'), now())
  return known === null ? 'unknown' : 'known'
}
