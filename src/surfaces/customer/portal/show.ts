// The pages of the portal. Without a session each leads to the sign-in, which leads back.
import { currentHold } from '../../../domain/accounts/withdrawal-hold.ts'
import { countFailures, listActivity } from '../../../domain/audit/list.ts'
import { selectClients } from '../../../domain/clients/store.ts'
import { isGood } from '../../../domain/email-codes/code.ts'
import { findSentCode } from '../../../domain/email-codes/send.ts'
import { mayCancelWith, selectPending } from '../../../domain/requests/pending.ts'
import { selectRequest } from '../../../domain/requests/store.ts'
import { isFreshlyProven, registrationOpenUntil } from '../../../domain/sessions/permission.ts'
import { findSignInBefore } from '../../../domain/sessions/previous.ts'
import type { Session } from '../../../domain/sessions/session.ts'
import { selectBrokerCall } from '../../../domain/calls/broker-calls.ts'
import { selectSessions } from '../../../domain/sessions/list.ts'
import { listBrowsers } from '../../../domain/throttle/browser-list.ts'
import { currentStop } from '../../../domain/stops/level.ts'
import { mostEventsShown, mostLivePasskeys } from '../../../kernel/limits.ts'
import { isId } from '../../../kernel/secrets.ts'
import { listApplications } from '../../../operations/applications.ts'
import { findRegistrationBar } from '../../../operations/registration-code.ts'
import { isOlderThanStop, liftableFrom, liftsAtOnce } from '../../../operations/stop/lift.ts'
import { readTokens } from '../../frame/cookies.ts'
import type { Visit } from '../../frame/visit.ts'
import { onward } from '../../oidc/way-back.ts'
import { suggestNames } from '../../parts/passkey-suggest-name.ts'
import { listPasskeys } from '../../parts/passkeys-here.ts'
import { withPending } from '../../parts/pending.ts'
import { liftPage } from './stop-page.ts'
import { sayHoldAhead } from './hold-ahead.ts'
import { newPasskeyPage } from './new-passkey-page.ts'
import type { NewPasskeyPageParts } from './new-passkey-parts.ts'
import { portalPage } from './pages.ts'
import { cancelledPage, pendingPage } from './pending-page.ts'
import { registeredPage } from './passkey-completion.ts'
import { secondFactorPage, switchedPage } from './second-factor-page.ts'
import { signedIn } from './signed-in.ts'

export const showPortal = signedIn(async (visit, deps, { session, back, context }) => {
  const { account } = session
  const reading = selectClients(deps.db)
  const [
    { passkeys, suspended, hints, elsewhere },
    events,
    failures,
    sessions,
    browsers,
    applications,
    clients,
    previous,
    call,
    announced,
  ] = await Promise.all([
    listPasskeys(visit, account.id),
    listActivity(deps, account.id, mostEventsShown),
    countFailures(deps, account.id),
    selectSessions(deps.db, account.id, deps.now()),
    listBrowsers(deps, account.id, readTokens(visit, 'browser')),
    reading.then((all) => listApplications(deps, account.id, all)),
    reading,
    findSignInBefore(deps, account.id, session.signedInAt),
    selectBrokerCall(deps.db, account.id, deps.now()),
    withPending(deps, context, account.id, 'portal'),
  ])
  const view = {
    account,
    secondFactor: account.secondFactor,
    ...{ passkeys, suspended, hints, elsewhere, thisDevice: hints.thisDevice },
    hold: currentHold(account, deps.now()),
    stop: currentStop(account),
    liftWait: account.secondFactor === 'email' ? deps.config.stopWaitMilliseconds || null : null,
    events,
    failures,
    signedInAt: session.signedInAt,
    previous,
    sessions: sessions.map((row) => ({ ...row, current: row.id === session.id })),
    browsers,
    applications,
    clients,
    call,
    back,
  }
  return visit.html(portalPage(announced, view))
})

export const showStop = signedIn(async (visit, deps, { session, back, context }) => {
  const { account } = session
  const stop = currentStop(account)
  if (stop === null) return visit.redirect('/portal', 303)
  const atOnce = liftsAtOnce(session)
  const from = atOnce ? null : liftableFrom(deps.config, account)
  const listed = await listPasskeys(visit, account.id)
  const older = listed.passkeys.filter(({ createdAt }) =>
    isOlderThanStop(account, Date.parse(createdAt)),
  )
  const waitsUntil = from !== null && from > deps.now() ? from : null
  const hasOlder = !atOnce && older.length > 0
  // Until the wait is over the others lift nothing.
  const passkeys = hasOlder && waitsUntil !== null ? older : listed.passkeys
  const wanted = listed.hints.selected
  const view = {
    stop,
    waitsUntil,
    wait: deps.config.stopWaitMilliseconds,
    asksPassword: !atOnce,
    hasOlder,
    secondFactor: account.secondFactor,
    passkeys,
    hints: { ...listed.hints, selected: hasOlder ? chosenOf(older, wanted) : wanted },
    back,
  }
  return visit.html(liftPage(context, view))
})

/** Where nothing waits by this id any more, the portal says what does. */
export const showPending = signedIn(async (visit, deps, { session, context }) => {
  const { account, provenWith } = session
  const waiting = await selectPending(deps.db, account.id)
  const request = waiting.find(({ id }) => id === visit.req.param('id'))
  if (!request) {
    const ended = await findCancelled(visit, account.id)
    return ended ? visit.html(cancelledPage(context)) : visit.redirect('/portal', 303)
  }
  const listed = await listPasskeys(visit, account.id)
  const passkeys = listed.passkeys.filter(({ id, createdAt }) =>
    mayCancelWith(request, { id, createdAt: Date.parse(createdAt) }),
  )
  const isProven =
    isFreshlyProven(session, deps.now()) && passkeys.some(({ id }) => id === provenWith)
  const hints = { ...listed.hints, selected: chosenOf(passkeys, listed.hints.selected) }
  return visit.html(pendingPage(context, { request, passkeys, hints, isProven }))
})

/** Whether the holder is told of the end of what this page was about. */
async function findCancelled(visit: Visit, accountId: string): Promise<boolean> {
  const id = visit.req.param('id') ?? ''
  if (visit.req.query('done') !== 'cancelled' || !isId(id)) return false
  const request = await selectRequest(visit.get('deps').db, id)
  return request?.accountId === accountId && request.state === 'cancelled'
}

function chosenOf(passkeys: readonly { readonly id: string }[], wanted: string | undefined) {
  return passkeys.find(({ id }) => id === wanted)?.id ?? passkeys[0]?.id
}

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
