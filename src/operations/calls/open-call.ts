// Support types the number that a caller reads out. Whoever tries out numbers is stopped.
import { transact, type Act, type ActDeps, Refusal } from '../../domain/act.ts'
import type { By } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { CallNumber } from '../../domain/calls/call.ts'
import { selectCallNumber, updateLookedBy } from '../../domain/calls/store.ts'
import type { Deps } from '../../domain/deps.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { isOwnAccount } from '../../domain/requests/two-persons.ts'
import { chargeWindow, fullWindow, windowRefund } from '../../domain/throttle/store.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Keys } from '../../kernel/secrets.ts'
import { wrongCallNumbers } from '../../limits/calls.ts'
import { refuseOwnAccount } from '../desk/own-account.ts'

/**
 * The page whose number this is. The first look of an operator is recorded, the next ones write nothing. 404
 * `not_found`; 429 `too_many_attempts` after several wrong ones; 403 `not_allowed` for the operator's own account.
 */
export async function lookUpCall(
  deps: ActDeps,
  by: By,
  operator: DeskOperator,
  typed: string,
): Promise<CallNumber> {
  const seen = await selectCallNumber(deps.db, hashesOf(deps.keys, typed), deps.now())
  if (seen?.operatorId === operator.id && !isOwnAccount(seen, operator)) return seen
  return transact(deps, by, (act) => openCall(act, operator, typed))
}

/**
 * The page of a number that the operator has looked up; it writes nothing. 404 `not_found` for any other number, which
 * is not charged, as nobody learns by it whether there is one.
 */
export async function watchCall(
  { db, keys, now }: Pick<Deps, 'db' | 'keys' | 'now'>,
  operator: DeskOperator,
  typed: string,
): Promise<CallNumber> {
  const seen = await selectCallNumber(db, hashesOf(keys, typed), now())
  if (seen?.operatorId !== operator.id || isOwnAccount(seen, operator)) {
    throw new Problem('not_found')
  }
  return seen
}

/** As `lookUpCall`, as part of an act. */
export async function openCall(
  act: Act,
  operator: DeskOperator,
  typed: string,
): Promise<CallNumber | Refusal> {
  const { tx, keys, now } = act
  const key = `wrong-call/${operator.id}`
  const wrong = await chargeWindow(tx, key, wrongCallNumbers, now)
  if (wrong === null) throw await fullWindow(tx, key, now)
  const call = await selectCallNumber(tx, hashesOf(keys, typed), now)
  if (!call) {
    if (wrong === wrongCallNumbers.failures) {
      const detail = { what: 'wrong call numbers of an operator', count: wrong }
      record(act, { event: 'excess_rate_limit_exceeded', detail })
    }
    return act.refuse(new Problem('not_found'))
  }
  await windowRefund(tx, key).execute()
  if (call.operatorId !== operator.id) {
    await updateLookedBy(tx, call.id, operator.id)
    const { id, accountId, page } = call
    record(act, { event: 'user_call_opened', accountId, detail: { call: id, page } })
  }
  return (await refuseOwnAccount(act, operator, call.accountId)) ?? call
}

/** As people read it aloud: groups, and digits of any width, are the same number. */
function hashesOf(keys: Pick<Keys, 'hashes'>, typed: string) {
  return { numberHashes: keys.hashes('call', typed.normalize('NFKC').replace(/[\s-]/g, '')) }
}
