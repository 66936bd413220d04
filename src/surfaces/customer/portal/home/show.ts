// `/portal`.
import { currentHold } from '../../../../domain/accounts/withdrawal-hold.ts'
import { countFailures, listActivity } from '../../../../domain/audit/list.ts'
import { selectBrokerCall } from '../../../../domain/calls/broker-calls.ts'
import { selectClients } from '../../../../domain/clients/store.ts'
import { selectSessions } from '../../../../domain/sessions/list.ts'
import { findSignInBefore } from '../../../../domain/sessions/previous.ts'
import { currentStop } from '../../../../domain/stops/level.ts'
import { listBrowsers } from '../../../../domain/throttle/browser-list.ts'
import { mostEventsShown } from '../../../../limits/accounts.ts'
import { listApplications } from '../../../../operations/openid/applications.ts'
import { readTokens } from '../../../frame/cookies.ts'
import { listPasskeys } from '../../../parts/passkeys-here.ts'
import { withPending } from '../../../parts/pending.ts'
import { signedIn } from '../signed-in.ts'
import { portalPage } from './page.ts'

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
