import type { Act, Refusal } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { isOwnAccount } from '../../domain/requests/two-persons.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { ownAccountToldEach } from '../../limits/desk.ts'

/** 403 `not_allowed`, with an alert once a day, where an operator turns to the own customer account. */
export async function refuseOwnAccount(
  act: Act,
  operator: DeskOperator,
  accountId: string | null,
): Promise<Refusal | null> {
  if (!isOwnAccount({ accountId }, operator)) return null
  await tellOwnAccount(act, operator)
  return act.refuse(new Problem('not_allowed', { extras: { why: 'own_account' } }))
}

/** Raises the alert, once a day. */
export async function tellOwnAccount(
  act: Act,
  { id: operatorId, accountId }: Pick<DeskOperator, 'id' | 'accountId'>,
): Promise<void> {
  const once = `${operatorId}/${Math.floor(act.now / ownAccountToldEach)}`
  await raiseAlert(act, { kind: 'own-account', accountId, operatorId, once })
}
