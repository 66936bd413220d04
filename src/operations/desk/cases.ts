// Accounts under suspicion: somebody may have taken one over, and nothing is opened for it meanwhile.
import { endActivation } from '../../domain/accounts/activation.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps, type Refusal } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import { record } from '../../domain/audit/record.ts'
import type { Case } from '../../domain/cases/case.ts'
import {
  holdCase,
  insertCase,
  selectCase,
  updateCaseClosed,
  updateInvestigator,
} from '../../domain/cases/store.ts'
import type { DeskOperator, OperatorSession } from '../../domain/operators/operator.ts'
import { holdWorkingOperator } from '../../domain/operators/store.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { lapseOpenings } from '../../domain/requests/close.ts'
import { hasPart } from '../../domain/requests/part.ts'
import { deleteSessions } from '../../domain/sessions/store.ts'
import { deleteSignInsOf } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import { forgetBrowsers } from '../../domain/throttle/browsers-store.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId, newId } from '../../kernel/secrets.ts'
import { findAccountById } from './find.ts'
import { refuseOwnAccount } from './own-account.ts'

interface Opening {
  readonly accountId: string
  readonly claim: string
  readonly reason: string
  readonly ticket: string
}

/**
 * Opens a case: sessions, sign-ins, an activation code and whatever applications hold end at once, and what opens
 * something for the account waits for an investigator. It locks nothing. 404 `not_found`; 409 `case_open`; 403
 * `not_allowed` for the own account.
 */
export async function openCase(
  deps: ActDeps,
  { operator }: OperatorSession,
  caller: Caller,
  { accountId, claim, reason, ticket }: Opening,
): Promise<Case> {
  await findAccountById(deps.db, accountId)
  return transact(deps, asOperator(caller, operator), async (act) => {
    const { tx, now } = act
    const own = await refuseOwnAccount(act, operator, accountId)
    if (own) return own
    const account = await changeFactors(act, { id: accountId })
    await holdWorkingOperator(tx, operator.id, ['agent', 'approver'])
    const opened: Case = {
      id: newId(),
      accountId,
      openedAt: now,
      openedBy: operator.id,
      claim,
      reason,
      ticket,
      investigatorId: null,
      closedAt: null,
      closedBy: null,
      closedReason: null,
    }
    if (!(await insertCase(tx, opened))) throw new Problem('case_open')
    // The holder heard of what waited, and hears that it will not be.
    if (await lapseOpenings(act, accountId, 'case_open')) notify(act, account, 'wait_lapsed')
    const ended = await deleteSessions(act, accountId, 'support')
    for (let count = 0; count < ended; count += 1) {
      record(act, { event: 'session_ended', accountId })
    }
    for (const id of await deleteSignInsOf(tx, accountId)) {
      recordUnfinished(act, { id, accountId }, 'ended by an operator')
    }
    await forgetBrowsers(tx, accountId)
    endActivation(act, account)
    record(act, { event: 'user_suspected', accountId, detail: { case: opened.id } })
    const detail = { case: opened.id }
    await raiseAlert(act, { kind: 'case-opened', accountId, operatorId: operator.id, detail })
    return opened
  })
}

/**
 * The operator, an approver who did not open the case and has no part in it, investigates: from now on she alone
 * approves what opens something for the account. She may take it from another, which is an alert, and then approves
 * nothing for the account for a day. 404 `not_found`; 403 `not_allowed`; 409 `case_closed`.
 */
export async function takeCase(
  deps: ActDeps,
  { operator }: OperatorSession,
  caller: Caller,
  id: string,
): Promise<Case> {
  return withCase(deps, { operator, caller, id }, async (act, { accountId, investigatorId }) => {
    const over = investigatorId !== null && investigatorId !== operator.id
    await updateInvestigator(act.tx, id, operator.id)
    record(act, { event: 'user_suspicion_taken', accountId, detail: { case: id, over } })
    if (over) await tellTurn(act, 'case-taken-over', { accountId, id, operator, investigatorId })
    return { investigatorId: operator.id }
  })
}

/**
 * Closes a case, by an approver who did not open it: two persons have looked at it then. It is an alert, and who closed
 * it approves nothing for the account for a day. 404 `not_found`; 403 `not_allowed`; 409 `case_closed`.
 */
export async function closeCase(
  deps: ActDeps,
  { operator }: OperatorSession,
  caller: Caller,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Case> {
  return withCase(deps, { operator, caller, id }, async (act, { accountId, investigatorId }) => {
    const closing = { at: act.now, by: operator.id, reason }
    await updateCaseClosed(act.tx, id, closing)
    record(act, { event: 'user_suspicion_ended', accountId, detail: { case: id } })
    await tellTurn(act, 'case-closed', { accountId, id, operator, investigatorId })
    return { closedAt: closing.at, closedBy: closing.by, closedReason: reason }
  })
}

/** Whoever takes or ends what kept others from opening the account is seen. */
async function tellTurn(
  act: Act,
  kind: 'case-taken-over' | 'case-closed',
  {
    accountId,
    id,
    operator: { id: operatorId },
    investigatorId: otherId,
  }: Pick<Turn, 'id' | 'operator'> & Pick<Case, 'accountId' | 'investigatorId'>,
): Promise<void> {
  await raiseAlert(act, { kind, accountId, operatorId, otherId, detail: { case: id } })
}

interface Turn {
  readonly operator: DeskOperator
  readonly caller: Caller
  readonly id: string
}

/** Changes an open case, by somebody else than who opened it or has a part in what it is about. */
async function withCase(
  deps: ActDeps,
  { operator, caller, id }: Turn,
  change: (act: Act, held: Case) => Promise<Partial<Case>>,
): Promise<Case> {
  const seen = isId(id) ? await selectCase(deps.db, id) : undefined
  return transact(deps, asOperator(caller, operator), async (act): Promise<Case | Refusal> => {
    // The account first, as whoever asks for it or approves holds it.
    if (seen) await holdAccount(act, { id: seen.accountId })
    await holdWorkingOperator(act.tx, operator.id, ['approver'])
    const held = seen && (await holdCase(act.tx, id))
    if (!held) throw new Problem('not_found')
    const own = await refuseOwnAccount(act, operator, held.accountId)
    if (own) return own
    if (held.openedBy === operator.id) throw new Problem('not_allowed')
    if (await hasPart(act.tx, operator.id, held)) throw new Problem('not_allowed')
    if (held.closedAt !== null) throw new Problem('case_closed')
    return { ...held, ...(await change(act, held)) }
  })
}
