// When a session ends, every client that was signed in under it gets a logout token, again and again until
// the client answers (OpenID Connect Back-Channel Logout 1.0).
import type { ActDeps } from '../../domain/act.ts'
import type { Deps } from '../../domain/deps.ts'
import {
  claimNotice,
  deleteNotice,
  deleteWait,
  postponeNotice,
  selectDueNotices,
  selectListeners,
  setWait,
  type Listener,
  type LogoutNotice,
} from '../../domain/openid/logout-notices.ts'
import { selectUntold } from '../../domain/sessions/ended.ts'
import { minutes, seconds } from '../../kernel/clock.ts'
import { noteLogouts } from '../../operations/openid/note-logouts.ts'

const sessionsAtOnce = 50
/** To one client. */
const noticesAtOnce = 20
/** Longer than one attempt may take, so that no other node sends the same notice meanwhile. */
const lease = 30 * seconds

/** Sends one notice; resolves when the client has taken it. */
type Tell = (notice: LogoutNotice) => Promise<void>

type LogoutDeps = ActDeps & Pick<Deps, 'log'>

interface Telling {
  /** Begins to send notices of the sessions that ended since the last round, and those that are due again. */
  round(): Promise<void>
  /** Resolves when no notice is being sent. */
  settled(): Promise<void>
}

/** Each client has its own queue, so that a client that does not answer keeps no other client waiting. */
export function startTelling(deps: LogoutDeps, tell: Tell): Telling {
  const { db, now, log } = deps
  const underWay = new Map<string, Promise<void>>()
  const begin = (listener: Listener) => {
    const { clientId } = listener
    if (underWay.has(clientId)) return
    const telling = tellClient(deps, listener, tell)
      .catch((error: unknown) => log.error({ err: error }, 'the telling of logouts failed'))
      .finally(() => underWay.delete(clientId))
    underWay.set(clientId, telling)
  }
  return {
    async round() {
      for (const ended of await selectUntold(db, sessionsAtOnce)) await noteLogouts(deps, ended)
      for (const listener of await selectListeners(db, now())) begin(listener)
    },
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}

/** A client that failed the last time is tried with one notice, and left alone for a while if it fails. */
async function tellClient(
  deps: LogoutDeps,
  { clientId, failures }: Listener,
  tell: Tell,
): Promise<void> {
  const { db, now } = deps
  const due = await selectDueNotices(db, clientId, now(), failures > 0 ? 1 : noticesAtOnce)
  const heard = await Promise.all(due.map((notice) => tellOne(deps, notice, tell)))
  if (heard.includes(false)) {
    const wait_until = now() + waitAfter(failures)
    await setWait(db, { client_id: clientId, failures: failures + 1, wait_until })
  } else if (failures > 0 && heard.includes(true)) await deleteWait(db, clientId)
}

/** Whether the client has taken the notice; null when another node sends it. */
async function tellOne(
  { db, now, log }: LogoutDeps,
  notice: LogoutNotice,
  tell: Tell,
): Promise<boolean | null> {
  if (!(await claimNotice(db, notice, now() + lease))) return null
  try {
    await tell(notice)
  } catch (error) {
    log.warn(
      { client: notice.client_id, tries: notice.tries + 1, reason: reasonOf(error) },
      'a logout was not heard',
    )
    await postponeNotice(db, notice.id, now() + waitAfter(notice.tries))
    return false
  }
  await deleteNotice(db, notice.id)
  return true
}

/** `fetch` says in its error's cause what went wrong with the connection. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer within SEKISHO_LOGOUT_SECONDS'
  const { code, message } = (error.cause ?? {}) as { code?: unknown; message?: unknown }
  return [error.message, code ?? message].filter(Boolean).join(': ')
}

function waitAfter(failures: number): number {
  return Math.min(5 * seconds * 2 ** failures, 5 * minutes)
}
