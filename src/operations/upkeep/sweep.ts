// What every node does every few minutes. Much of it deletes what has expired, which counts for nothing before that
// too. But what time alone brings about comes from here: what waited is done, requests lapse, sign-ins and attempts to
// set a password end, with their events (rule 28), alerts and notices.
import { setImmediate } from 'node:timers/promises'
import {
  fillSearchNames,
  wipeActivationsBefore,
  wipeFormerEmailsBefore,
} from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { deleteAnnouncementsBefore } from '../../domain/announcements/store.ts'
import { deleteBrokerCallsBefore } from '../../domain/calls/broker-calls.ts'
import { deleteChecksBefore } from '../../domain/calls/checks-store.ts'
import { deleteNumbersBefore } from '../../domain/calls/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { deleteCodesBefore } from '../../domain/email-codes/store.ts'
import { deleteNewAddressesBefore } from '../../domain/new-addresses/store.ts'
import { deleteNoticesBefore, deleteWaitsOfNobody } from '../../domain/openid/logout-notices.ts'
import { deleteExpiredRecords } from '../../domain/openid/records.ts'
import { deleteKeysBefore } from '../../domain/openid/signing-keys.ts'
import { deleteEnrolmentCodesBefore } from '../../domain/operators/enrolment-codes.ts'
import { deleteOperatorSessionsBefore } from '../../domain/operators/sessions.ts'
import { deleteUndelivered, deleteWiped, wipeExpired } from '../../domain/outbox/store.ts'
import { deleteSpentBefore } from '../../domain/passkeys/spent.ts'
import { recordRunOut } from '../../domain/recoveries/ended.ts'
import { deleteRecoveriesBefore } from '../../domain/recoveries/store.ts'
import { wipeHalvesOf } from '../../domain/requests/store.ts'
import { deleteToldBefore } from '../../domain/sessions/ended.ts'
import { deleteSessionsBefore } from '../../domain/sessions/store.ts'
import { deleteSignInsBefore } from '../../domain/sign-ins/store.ts'
import { failRunOut } from '../../domain/sign-ins/unfinished.ts'
import { deleteStopsBefore } from '../../domain/stops/store.ts'
import { inBatches } from '../../domain/tables/batch.ts'
import type { Database } from '../../domain/tables/tables.ts'
import { deleteKnownBrowsersBefore } from '../../domain/throttle/browsers-store.ts'
import { deleteThrottlesBefore } from '../../domain/throttle/store.ts'
import { minutes } from '../../kernel/clock.ts'
import { repeat } from '../../kernel/repeat.ts'
import { newAddressKept } from '../../limits/accounts.ts'
import { pageCheckCounts } from '../../limits/calls.ts'
import { unusedCodesWindow } from '../../limits/codes.ts'
import { mailKept, undeliveredKept } from '../../limits/mails.ts'
import { logoutToldFor } from '../../limits/openid.ts'
import { enrolmentLifetime, operatorIdle } from '../../limits/operators.ts'
import { spentKept } from '../../limits/passkeys.ts'
import { activationLifetime } from '../../limits/recoveries.ts'
import { endedKept, idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { stopsKept } from '../../limits/stops.ts'
import { lapseExpired, performDue } from '../requests/perform-due.ts'

const sweepEvery = 5 * minutes

const idleSweptFor = 6 * sweepEvery

type SweepDeps = ActDeps & Pick<Deps, 'log'>

interface Chore {
  readonly name: string
  /** How long rows stay after their end; 0 by default. */
  readonly after?: number
  /** Works off a batch of what ended, or was due, before a time; returns how many. */
  readonly work: (db: Database, before: number, deps: SweepDeps) => Promise<number>
}

/** Idle sessions that stay, for their grants, are not looked at again: `deleteOld` takes them in the end. */
const deleteIdle: Chore['work'] = (db, before, { now }) =>
  deleteSessionsBefore(db, 'last_seen_at', {
    after: before - idleSweptFor,
    before,
    now: now(),
  })

const deleteOld: Chore['work'] = (db, before, { now }) =>
  deleteSessionsBefore(db, 'signed_in_at', { after: 0, before, now: now() })

/** What happens because its time has come, each in an act of its own. */
const happenings: readonly Chore[] = [
  { name: 'unfinished sign-ins', work: deleteUnfinished },
  { name: 'attempts to set a password', work: deleteUnfinishedRecoveries },
  { name: 'requests that nobody approved', work: lapseExpired },
  { name: 'requests whose wait is over', work: performDue },
]

/** What is deleted or wiped. Counts of wrong codes stay until a right code or support resets them (rule 14). */
const deletions: readonly Chore[] = [
  { name: 'halves of codes', after: enrolmentLifetime, work: wipeHalvesOf('operator') },
  {
    name: 'activation codes at the desk',
    after: activationLifetime,
    work: wipeHalvesOf('account'),
  },
  { name: 'activation codes', work: wipeActivationsBefore },
  { name: 'former addresses', work: wipeFormerEmailsBefore },
  { name: 'spent challenges', after: spentKept, work: deleteSpentBefore },
  { name: 'codes', after: unusedCodesWindow, work: deleteCodesBefore },
  { name: 'new addresses', after: newAddressKept, work: deleteNewAddressesBefore },
  { name: 'idle sessions', after: idleLifetime, work: deleteIdle },
  { name: 'sessions', after: longestLifetime, work: deleteOld },
  { name: 'idle sessions of operators', after: operatorIdle, work: deleteOperatorSessionsBefore },
  { name: 'enrolment codes', work: deleteEnrolmentCodesBefore },
  { name: 'wrong passwords', work: deleteThrottlesBefore },
  { name: 'known browsers', work: deleteKnownBrowsersBefore },
  { name: 'text of expired mails', work: wipeExpired },
  { name: 'mails', after: mailKept, work: deleteWiped },
  { name: 'undelivered mails', after: undeliveredKept, work: deleteUndelivered },
  { name: 'announcements', work: deleteAnnouncementsBefore },
  { name: 'numbers of calls', work: deleteNumbersBefore },
  { name: 'identity checks by a page', after: pageCheckCounts, work: deleteChecksBefore },
  { name: 'calls of the broker', work: deleteBrokerCallsBefore },
  { name: 'stops', after: stopsKept, work: deleteStopsBefore },
  { name: 'OpenID records', work: deleteExpiredRecords },
  { name: 'signing keys', work: deleteKeysBefore },
  { name: 'told ends of sessions', after: endedKept, work: deleteToldBefore },
  { name: 'logout waits of removed clients', work: deleteWaitsOfNobody },
  { name: 'logout notices', after: logoutToldFor, work: giveUpNotices },
]

/** What an earlier version has left undone. */
const repairs: readonly Chore[] = [
  { name: 'names that cannot be searched for yet', work: fillSearchNames },
]

const chores = [...happenings, ...deletions, ...repairs]

/** Sweeps every few minutes until stopped. */
export function startSweeper(deps: SweepDeps): { stop(): Promise<void> } {
  return repeat(sweepEvery, (stopping) => sweep(deps, stopping))
}

/** Does every chore once; one that fails is logged by name and does not stop the others. */
export async function sweep(deps: SweepDeps, stopping?: AbortSignal): Promise<void> {
  const { db, now, log } = deps
  for (const { name, after = 0, work } of chores) {
    await setImmediate()
    const before = now() - after
    await inBatches(() => work(db, before, deps), stopping).catch((error: unknown) =>
      log.error({ err: error, sweep: name }, 'the sweep failed'),
    )
  }
}

/** Deletes and audits expired sign-ins. */
function deleteUnfinished(_: Database, before: number, deps: SweepDeps): Promise<number> {
  return transact(deps, fromNowhere('system'), async (act) => {
    const ended = await deleteSignInsBefore(act.tx, before)
    await failRunOut(act, ended)
    return ended.length
  })
}

/** Deletes and audits expired attempts to set a password. */
function deleteUnfinishedRecoveries(_: Database, before: number, deps: SweepDeps): Promise<number> {
  return transact(deps, fromNowhere('system'), async (act) => {
    const ended = await deleteRecoveriesBefore(act.tx, before)
    recordRunOut(act, ended)
    return ended.length
  })
}

async function giveUpNotices(db: Database, before: number, { log }: SweepDeps): Promise<number> {
  const givenUp = await deleteNoticesBefore(db, before)
  if (givenUp > 0) log.warn({ givenUp }, 'back-channel logouts were given up, and are told no more')
  return givenUp
}
