import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { updateStop } from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { requireProof, takeChangeProof } from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { currentStop } from '../../domain/stops/level.ts'
import type { Caller } from '../../kernel/caller.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { requirePassword } from '../passwords/require-password.ts'

/**
 * Lifts the stop in force, with a fresh proof of the factor, which it uses up; without a stop nothing more happens.
 * Where that is e-mail, which a thief of the mailbox has too, or a passkey that was bound since, the stop has to have
 * stood for its time, and the present password is needed. 403 `proof_needed`; 409 `stop_waits` with its end; 400
 * `password_wrong`.
 */
export async function liftStop(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  session: Session,
  password: string | undefined,
  caller: Caller,
): Promise<void> {
  const { account: seen } = session
  requireProof(session, deps.now())
  if (currentStop(seen) === null) return
  requireWaited(deps.config, session, seen, deps.now())
  if (!liftsAtOnce(session)) await requirePassword(deps, session, password ?? '', caller)
  await transact(deps, asHolder(caller), async (act) => {
    const { id } = seen
    const account = await holdAccount(act, { id, factorsVersion: seen.factorsVersion })
    const stop = currentStop(account)
    if (stop === null) return
    // One that came meanwhile, by telephone say, has a wait of its own.
    requireWaited(act.config, session, account, act.now)
    await takeChangeProof(act, session, account)
    await updateStop(act.tx, id, null)
    notify(act, account, 'stop_lifted')
    record(act, { event: 'authz_stop_lifted', accountId: id, detail: { level: stop.level } })
  })
}

/** Whether what the session was proven with lifts the stop at once: a passkey that was there before it. */
export function liftsAtOnce({ account, factorSince }: Session): boolean {
  return factorSince !== null && isOlderThanStop(account, factorSince)
}

/**
 * Whether a passkey that was registered then lifts the stop at once: it was there before anything was stopped, or who
 * bound it since could raise the stop and lift it.
 */
export function isOlderThanStop(account: Account, passkeySince: number): boolean {
  const stop = currentStop(account)
  return account.secondFactor === 'passkey' && stop !== null && passkeySince <= stop.first
}

/** When the stop in force has stood for its time; null where there is none. */
export function liftableFrom(
  { stopWaitMilliseconds }: Pick<Deps['config'], 'stopWaitMilliseconds'>,
  account: Account,
): number | null {
  const stop = currentStop(account)
  return stop && stop.since + stopWaitMilliseconds
}

function requireWaited(
  config: Pick<Deps['config'], 'stopWaitMilliseconds'>,
  session: Session,
  account: Account,
  now: number,
): void {
  const from = liftsAtOnce({ ...session, account }) ? null : liftableFrom(config, account)
  if (from !== null && from > now) {
    throw new Problem('stop_waits', { extras: { until: toIso(from) } })
  }
}
