// What ends a session of ours is told to every application that was signed in under it, until it listens
// (OpenID Connect Back-Channel Logout 1.0).
import type Provider from 'oidc-provider'
import type { Deps } from '../deps.ts'
import { hours, minutes, seconds } from '../ground/clock.ts'
import { newId } from '../ground/secrets.ts'
import { signedInClient } from './adapter.ts'
import {
  claimEnded,
  claimNotice,
  deleteExpiredRecords,
  deleteKeysBefore,
  deleteNotice,
  deleteToldBefore,
  insertNotice,
  selectDueNotices,
  selectUntold,
  takeSessionRecords,
  type EndedSession,
  type LogoutNotice,
} from './store.ts'

const sessionsAtOnce = 50
const noticesAtOnce = 20
const giveUpAfter = 12 * hours
/** Longer than anything that was made under the session would live. */
const endedKept = 13 * hours

export type Tell = (notice: LogoutNotice) => Promise<void>

type LogoutDeps = Pick<Deps, 'db' | 'now' | 'log'>

/** Tells of the sessions that have ended since the last time, and tries again what failed. */
export async function tellLogouts(deps: LogoutDeps, tell: Tell): Promise<void> {
  const { db, now } = deps
  for (const ended of await selectUntold(db, sessionsAtOnce)) await noteNotices(deps, ended)
  const due = await selectDueNotices(db, now(), noticesAtOnce)
  await Promise.all(due.map((notice) => tellOne(deps, notice, tell)))
}

/** Deletes expired records, keys that served their time, and ended sessions that all were told of. */
export async function sweepOidc({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteExpiredRecords(db, now())
  await deleteToldBefore(db, now() - endedKept)
  await deleteKeysBefore(db, now())
}

/** Sends the logout token of one notice with the keys of this provider. */
export function tellWith(current: () => Provider): Tell {
  return async ({ client_id: id, account_id: accountId, sid }) => {
    const client = await current().Client.find(id)
    if (client?.backchannelLogoutUri) await backchannelLogout(client, accountId, sid)
  }
}

interface Listener {
  backchannelLogout(accountId: string, sid: string | null): Promise<void>
}

const send = new WeakMap<object, Listener['backchannelLogout']>()

/**
 * The library tells clients once, at its own logout page. Ours are told from the outbox instead, for
 * every end of a session and until they answer, so its own telling is put to rest.
 */
export function takeOverTelling(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as Listener
  send.set(prototype, prototype.backchannelLogout)
  prototype.backchannelLogout = () => Promise.resolve()
}

async function backchannelLogout(
  client: object,
  accountId: string,
  sid: string | null,
): Promise<void> {
  const original = send.get(Object.getPrototypeOf(client) as object)
  await original?.call(client as Listener, accountId, sid)
}

/** In one transaction: the word of an ended session becomes one notice for each client. */
async function noteNotices(
  { db, now }: LogoutDeps,
  { sessionId, accountId }: EndedSession,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await claimEnded(tx, sessionId, now()))) return
    for (const payload of await takeSessionRecords(tx, sessionId, signedInClient)) {
      const { clientId, sid } = JSON.parse(payload) as { clientId: string; sid: string }
      await insertNotice(tx, {
        id: newId(),
        client_id: clientId,
        account_id: accountId,
        sid,
        next_try_at: now(),
        tries: 0,
        created_at: now(),
      })
    }
  })
}

async function tellOne({ db, now, log }: LogoutDeps, notice: LogoutNotice, tell: Tell) {
  const wait = Math.min(5 * seconds * 2 ** notice.tries, 5 * minutes)
  if (!(await claimNotice(db, notice, now() + wait))) return
  try {
    await tell(notice)
  } catch (error) {
    const givenUp = now() > notice.created_at + giveUpAfter
    const reason = error instanceof Error ? error.message : String(error)
    log.warn(
      { client: notice.client_id, tries: notice.tries + 1, givenUp, reason },
      'a logout was not heard',
    )
    if (!givenUp) return
  }
  await deleteNotice(db, notice.id)
}
