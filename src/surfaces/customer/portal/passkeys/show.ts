// The pages on which passkeys are registered and put in force.
import { currentHold } from '../../../../domain/accounts/withdrawal-hold.ts'
import { isGood } from '../../../../domain/email-codes/code.ts'
import { findSentCode } from '../../../../domain/email-codes/send.ts'
import { registrationOpenUntil } from '../../../../domain/sessions/permission.ts'
import type { Session } from '../../../../domain/sessions/session.ts'
import { mostLivePasskeys } from '../../../../limits/passkeys.ts'
import { findRegistrationBar } from '../../../../operations/register-passkey/code.ts'
import { onward } from '../../../oidc/way-back.ts'
import { suggestNames } from '../../../parts/passkey-suggest-name.ts'
import { listPasskeys } from '../../../parts/passkeys-here.ts'
import { sayHoldAhead } from '../hold-ahead.ts'
import { signedIn } from '../signed-in.ts'
import { registeredPage } from './completion.ts'
import { newPasskeyPage } from './new-passkey-page.ts'
import type { NewPasskeyPageParts } from './new-passkey-parts.ts'
import { secondFactorPage, switchedPage } from './second-factor-page.ts'

export const showNewPasskey = signedIn(async (visit, deps, { session, back, context }) => {
  const now = deps.now()
  const { account } = session
  const { passkeys, suspended, hints } = await listPasskeys(visit, account.id)
  const done = visit.req.query('done')
  if (done !== undefined) {
    const passkey = passkeys.find(({ id }) => id === done)
    // Nobody who reloads the end of a registration begins another one.
    if (!passkey) return visit.redirect(onward('/portal', back), 303)
    const ended = {
      passkey,
      device: visit.req.query('device') === 'phone' ? 'phone' : 'this-device',
      isFirst: passkeys.length === 1,
      secondFactor: account.secondFactor,
      heldUntil: currentHold(account, now)?.until ?? null,
      back,
    } as const
    return visit.html(registeredPage(context, ended))
  }
  const sent = await findSentCode(deps.db, account, session.id, 'passkey-registration')
  const open = sent !== null && isGood(sent, now)
  const registerUntil = registrationOpenUntil(session, now)
  const counts = { live: passkeys.length, kept: passkeys.length + suspended.length }
  const view = {
    loginId: account.loginId,
    stage: stageOf(session, counts, registerUntil, open, now),
    ...{ passkeys, suspended, hints },
    code: open ? sent : null,
    registerUntil,
    now,
    suggestions: suggestNames(visit.get('caller'), [...passkeys, ...suspended], context.texts),
    holdAhead: sayHoldAhead(deps, context),
    back,
  }
  return visit.html(newPasskeyPage(context, view))
})

export const showSecondFactor = signedIn(async (visit, deps, { session, back, context }) => {
  const { account } = session
  const { secondFactor } = account
  if (visit.req.query('done') === secondFactor) {
    const heldUntil = currentHold(account, deps.now())?.until ?? null
    return visit.html(switchedPage(context, { secondFactor, heldUntil, back }))
  }
  const { passkeys, hints } = await listPasskeys(visit, account.id)
  const holdAhead = sayHoldAhead(deps, context)
  return visit.html(secondFactorPage(context, { secondFactor, passkeys, hints, holdAhead, back }))
})

/** The stage of the registration. A code that was sent is asked for even where a passkey would be. */
function stageOf(
  session: Session,
  counts: Parameters<typeof findRegistrationBar>[1],
  registerUntil: number | null,
  codeOpen: boolean,
  now: number,
): NewPasskeyPageParts['stage'] {
  if (counts.kept >= mostLivePasskeys) return 'full'
  if (registerUntil !== null) return 'name'
  const bar = findRegistrationBar(session, counts, now)
  if (bar === null || (codeOpen && bar === 'passkey_needed')) return 'code'
  return bar === 'sign_in_again' ? 'again' : 'prove'
}
