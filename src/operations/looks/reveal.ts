import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asOperator } from '../../domain/actor.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import { record } from '../../domain/audit/record.ts'
import { insertLook, wasTicketOfAnother } from '../../domain/looks/store.ts'
import type { DeskOperator, OperatorSession } from '../../domain/operators/operator.ts'
import type { RevealedField } from '../../domain/vocabulary/desk.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { revealsPerOperator } from '../../limits/desk.ts'
import { ticketRemembered } from '../../limits/requests.ts'
import { findAccountById } from '../desk/find.ts'
import { refuseOwnAccount } from '../desk/own-account.ts'
import { refuseFull } from './look-limits.ts'

interface Asked {
  readonly accountId: string
  readonly fields: readonly RevealedField[]
  readonly reason: string
  readonly ticket: string
}

/**
 * The personal data that an operator asks for, with a reason and a ticket; it is recorded before anything is
 * shown. 404 `not_found`; 403 `not_allowed` for the operator's own account; 429 `too_many_reveals`.
 */
export async function revealAtDesk(
  deps: ActDeps,
  { operator }: OperatorSession,
  caller: Caller,
  { accountId, fields, reason, ticket }: Asked,
): Promise<Partial<Record<RevealedField, string>>> {
  return transact(deps, asOperator(caller, operator), async (act) => {
    const { tx, now } = act
    const own = await refuseOwnAccount(act, operator, accountId)
    if (own) return own
    const full = await refuseFull(act, operator, 'reveal', revealsPerOperator)
    if (full) return full
    const account = await findAccountById(tx, accountId)
    if (account.lockReason === 'erased') throw new Problem('not_found')
    await watchTicket(act, operator, accountId, ticket)
    const look = newId()
    const names = [...new Set(fields)]
    await insertLook(tx, {
      id: look,
      at: now,
      operator_id: operator.id,
      kind: 'reveal',
      account_id: accountId,
      fields: JSON.stringify(names),
      reason,
      ticket,
    })
    record(act, { event: 'sensitive_read', accountId, detail: { look, fields: names.join(' ') } })
    return Object.fromEntries(names.map((name) => [name, account[name]]))
  })
}

/** Tickets have numbers, and each is one customer's: what looks otherwise was made up. */
async function watchTicket(
  act: Act,
  { id: operatorId }: DeskOperator,
  accountId: string,
  ticket: string,
): Promise<void> {
  const look = { operatorId, accountId, ticket }
  const since = act.now - ticketRemembered
  const why = !/\p{Nd}/u.test(ticket)
    ? 'no number'
    : (await wasTicketOfAnother(act.tx, look, since))
      ? "another account's"
      : null
  if (why === null) return
  await raiseAlert(act, { kind: 'reveal-without-ticket', accountId, operatorId, detail: { why } })
}
