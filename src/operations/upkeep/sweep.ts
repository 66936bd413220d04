// Every node deletes expired rows every few minutes. What has expired counts for nothing before that too;
// only the events of sign-ins that ran out come from here (rule 28).
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

interface Sweep {
  readonly name: string
  /** How long rows stay after their end; 0 by default. */
  readonly after?: number
  /** Removes a batch of rows that ended before a time; returns how many. */
  readonly remove: (db: Database, before: number, deps: SweepDeps) => Promise<number>
}

/** Idle sessions that stay, for their grants, are not looked at again: `deleteOld` takes them in the end. */
const deleteIdle: Sweep['remove'] = (db, before, { now }) =>
  deleteSessionsBefore(db, 'last_seen_at', {
    after: before - idleSweptFor,
    before,
    now: now(),
  })

const deleteOld: Sweep['remove'] = (db, before, { now }) =>
  deleteSessionsBefore(db, 'signed_in_at', { after: 0, before, now: now() })

/** All sweeps. Counts of wrong codes stay until a right code or support resets them (rule 14). */
const sweeps: readonly Sweep[] = [
  { name: 'unfinished sign-ins', remove: deleteUnfinished },
  { name: 'attempts to set a password', remove: deleteUnfinishedRecoveries },
  { name: 'requests that nobody approved', remove: lapseExpired },
  { name: 'requests whose wait is over', remove: performDue },
  { name: 'halves of codes', after: enrolmentLifetime, remove: wipeHalvesOf('operator') },
  {
    name: 'activation codes at the desk',
    after: activationLifetime,
    remove: wipeHalvesOf('account'),
  },
  { name: 'activation codes', remove: wipeActivationsBefore },
  { name: 'former addresses', remove: wipeFormerEmailsBefore },
  { name: 'spent challenges', after: spentKept, remove: deleteSpentBefore },
  { name: 'codes', after: unusedCodesWindow, remove: deleteCodesBefore },
  { name: 'new addresses', after: newAddressKept, remove: deleteNewAddressesBefore },
  { name: 'idle sessions', after: idleLifetime, remove: deleteIdle },
  { name: 'sessions', after: longestLifetime, remove: deleteOld },
  { name: 'idle sessions of operators', after: operatorIdle, remove: deleteOperatorSessionsBefore },
  { name: 'enrolment codes', remove: deleteEnrolmentCodesBefore },
  { name: 'wrong passwords', remove: deleteThrottlesBefore },
  { name: 'known browsers', remove: deleteKnownBrowsersBefore },
  { name: 'text of expired mails', remove: wipeExpired },
  { name: 'mails', after: mailKept, remove: deleteWiped },
  { name: 'names that cannot be searched for yet', remove: fillSearchNames },
  { name: 'undelivered mails', after: undeliveredKept, remove: deleteUndelivered },
  { name: 'announcements', remove: deleteAnnouncementsBefore },
  { name: 'numbers of calls', remove: deleteNumbersBefore },
  { name: 'identity checks by a page', after: pageCheckCounts, remove: deleteChecksBefore },
  { name: 'calls of the broker', remove: deleteBrokerCallsBefore },
  { name: 'stops', after: stopsKept, remove: deleteStopsBefore },
  { name: 'OpenID records', remove: deleteExpiredRecords },
  { name: 'signing keys', remove: deleteKeysBefore },
  { name: 'told ends of sessions', after: endedKept, remove: deleteToldBefore },
  { name: 'logout waits of removed clients', remove: deleteWaitsOfNobody },
  { name: 'logout notices', after: logoutToldFor, remove: giveUpNotices },
]

/** Sweeps every few minutes until stopped. */
export function startSweeper(deps: SweepDeps): { stop(): Promise<void> } {
  return repeat(sweepEvery, (stopping) => sweep(deps, stopping))
}

/** Runs every sweep once; one that fails is logged by name and does not stop the others. */
export async function sweep(deps: SweepDeps, stopping?: AbortSignal): Promise<void> {
  const { db, now, log } = deps
  for (const { name, after = 0, remove } of sweeps) {
    await setImmediate()
    const before = now() - after
    await inBatches(() => remove(db, before, deps), stopping).catch((error: unknown) =>
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
