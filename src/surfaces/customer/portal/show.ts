// The ways back in the portal: from a stop, and from what waits for the account.
import { mayCancelWith, selectPending } from '../../../domain/requests/pending.ts'
import { selectRequest } from '../../../domain/requests/store.ts'
import { isFreshlyProven } from '../../../domain/sessions/permission.ts'
import { currentStop } from '../../../domain/stops/level.ts'
import { isId } from '../../../kernel/secrets.ts'
import { isOlderThanStop, liftableFrom, liftsAtOnce } from '../../../operations/stop/lift.ts'
import type { Visit } from '../../frame/visit.ts'
import { listPasskeys } from '../../parts/passkeys-here.ts'
import { cancelledPage, pendingPage } from './pending-page.ts'
import { signedIn } from './signed-in.ts'
import { liftPage } from './stop-page.ts'

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
