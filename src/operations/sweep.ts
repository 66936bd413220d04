// Every node deletes expired rows every few minutes. What has expired counts for nothing before that too;
// only the events of sign-ins that ran out come from here (rule 28).
import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere } from '../domain/actor.ts'
import { deleteAnnouncementsBefore } from '../domain/announcements/store.ts'
import type { Deps } from '../domain/deps.ts'
import { deleteCodesBefore } from '../domain/email-codes/store.ts'
import { deleteNoticesBefore, deleteNoticesOfNobody } from '../domain/openid/logout-notices.ts'
import { deleteExpiredRecords } from '../domain/openid/records.ts'
import { deleteKeysBefore } from '../domain/openid/signing-keys.ts'
import { deleteUndelivered, deleteWiped, wipeExpired } from '../domain/outbox/store.ts'
import { deleteCeremoniesBefore } from '../domain/passkeys/store.ts'
import { deleteToldBefore } from '../domain/sessions/ended.ts'
import { deleteSessionsBefore } from '../domain/sessions/store.ts'
import { deleteSignInsBefore } from '../domain/sign-ins/store.ts'
import { recordRunOut } from '../domain/sign-ins/unfinished.ts'
import type { Database } from '../domain/tables/tables.ts'
import { deleteKnownBrowsersBefore, deleteThrottlesBefore } from '../domain/throttle/store.ts'
import { days, hours, minutes } from '../kernel/clock.ts'
import {
  addressLimits,
  idleLifetime,
  logoutToldFor,
  longestLifetime,
  passwordWaits,
  undeliveredKept,
  unusedCodesWindow,
} from '../kernel/limits.ts'
import { repeat } from '../kernel/repeat.ts'

const sweepEvery = 5 * minutes
const signInsAtOnce = 500

const mailKept = 7 * days
/** Longer than any token made under the session lives. */
const endedKept = longestLifetime + 1 * hours
const longestWindow = Math.max(...addressLimits.map(({ window }) => window))

type SweepDeps = ActDeps & Pick<Deps, 'log'>

interface Sweep {
  readonly name: string
  /** How long rows stay after their end; 0 by default. */
  readonly after?: number
  readonly remove: (db: Database, before: number, deps: SweepDeps) => Promise<unknown>
}

/** All sweeps. Counts of wrong codes stay until a right code or support resets them (rule 14). */
const sweeps: readonly Sweep[] = [
  { name: 'unfinished sign-ins', remove: deleteUnfinished },
  { name: 'ceremonies', remove: deleteCeremoniesBefore },
  { name: 'codes', after: unusedCodesWindow, remove: deleteCodesBefore },
  { name: 'sessions', remove: deleteEndedSessions },
  {
    name: 'wrong passwords',
    after: passwordWaits.forgetAfter,
    remove: forget('password', 'browser'),
  },
  { name: 'wrong passwords of addresses', after: longestWindow, remove: forget('address') },
  { name: 'known browsers', remove: deleteKnownBrowsersBefore },
  { name: 'text of expired mails', remove: wipeExpired },
  { name: 'mails', after: mailKept, remove: deleteWiped },
  { name: 'undelivered mails', after: undeliveredKept, remove: deleteUndelivered },
  { name: 'announcements', remove: deleteAnnouncementsBefore },
  { name: 'OpenID records', remove: deleteExpiredRecords },
  { name: 'signing keys', remove: deleteKeysBefore },
  { name: 'told ends of sessions', after: endedKept, remove: deleteToldBefore },
  { name: 'logout notices of nobody', remove: deleteNoticesOfNobody },
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
    if (stopping?.aborted) return
    await remove(db, now() - after, deps).catch((error: unknown) =>
      log.error({ err: error, sweep: name }, 'the sweep failed'),
    )
  }
}

/** Deletes and audits expired sign-ins, a batch in each act. */
async function deleteUnfinished(_: Database, before: number, deps: SweepDeps): Promise<void> {
  const sweepBatch = () =>
    transact(deps, fromNowhere('system'), async (act) => {
      const ended = await deleteSignInsBefore(act.tx, before, signInsAtOnce)
      recordRunOut(act, ended)
      return ended.length
    })
  while ((await sweepBatch()) === signInsAtOnce);
}

function deleteEndedSessions(db: Database, now: number): Promise<void> {
  const [lastSeenAt, signedInAt] = [now - idleLifetime, now - longestLifetime]
  return deleteSessionsBefore(db, { lastSeenAt, signedInAt, now })
}

function forget(...counts: readonly string[]): Sweep['remove'] {
  return (db, before) => deleteThrottlesBefore(db, counts, before)
}

async function giveUpNotices(db: Database, before: number, { log }: SweepDeps): Promise<void> {
  const givenUp = await deleteNoticesBefore(db, before)
  if (givenUp > 0) log.warn({ givenUp }, 'back-channel logouts were given up, and are told no more')
}
