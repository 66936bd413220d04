// The holder's brake (rule 46): it works at once and everywhere, and what it stops only rises.
import { isLockedFor, type Account } from '../../domain/accounts/account.ts'
import { endActivation } from '../../domain/accounts/activation.ts'
import { changeFactors } from '../../domain/accounts/hold-account.ts'
import { updateLock, updateStop } from '../../domain/accounts/store.ts'
import type { Act } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { deleteSignInsOf } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import { isRaise } from '../../domain/stops/level.ts'
import { insertStop } from '../../domain/stops/store.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import type { LiftableLevel, StopLevel, StopWay } from '../../domain/vocabulary/life.ts'
import { newId } from '../../kernel/secrets.ts'
import { liftableFrom } from './lift.ts'
import { watchStops } from './watch-stops.ts'

interface StopInput {
  readonly level: StopLevel
  readonly way: StopWay
  /** Whence a stranger may have sent it; null for every other way. */
  readonly network: string | null
}

/**
 * Stops an account that the act holds, and tells the holder. Where as much is stopped already, its activation code
 * ends all the same, and that the telephone asked for it too is remembered.
 */
export async function stopAccount(
  act: Act,
  held: Account,
  { level, way, network }: StopInput,
): Promise<void> {
  const { tx, now } = act
  const { id: accountId } = held
  endActivation(act, held)
  const raises = isRaise(held, level)
  if (!raises && way !== 'telephone') return
  const stop = { id: newId(), account_id: accountId, at: now, reopened_by: null }
  await insertStop(tx, { ...stop, level, way, network })
  if (raises) {
    if (level === 'sign-in') await lock(act, held)
    else await raise(act, held, level)
    record(act, { event: 'authz_stopped', accountId, detail: { level, way } })
  }
  await watchStops(act, way)
}

async function raise(act: Act, held: Account, level: LiftableLevel): Promise<void> {
  await updateStop(act.tx, held.id, { level, at: act.now })
  const raised = { ...held, stopLevel: level, stoppedAt: act.now }
  const from = held.secondFactor === 'email' ? liftableFrom(act.config, raised) : null
  const lifting = { by: held.secondFactor, from: from !== null && from > act.now ? from : null }
  // Whoever is locked out cannot lift it: the mail names support, as all do.
  notify(act, held, `stopped_${level}`, isLockedFor(held, null) ? null : { lifting })
}

/** Ends whatever is signed in or on its way there, on every node, and locks until support reopens. */
async function lock(act: Act, { id: accountId }: Account): Promise<void> {
  const { tx, now: at } = act
  const account = await changeFactors(act, { id: accountId })
  await updateLock(tx, accountId, { at, reason: 'holder' })
  await deleteSessions(act, accountId, 'stopped')
  for (const id of await deleteSignInsOf(tx, accountId)) {
    recordUnfinished(act, { id, accountId }, 'stopped')
  }
  // A thief may have made one known.
  await forgetBrowsers(tx, accountId)
  notify(act, account, 'stopped_sign_in')
  record(act, { event: 'authn_login_lock', accountId, detail: { reason: 'holder' } })
}
