import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { holdRows } from '../../domain/accounts/store.ts'
import type { Act } from '../../domain/act.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { holdOpenOperators, holdOperators, selectOperator } from '../../domain/operators/store.ts'
import type { States } from '../../domain/requests/act-kind.ts'
import type { DeskRequest } from '../../domain/requests/request.ts'
import { holdRequest } from '../../domain/requests/store.ts'
import type { RequestAct } from '../../domain/vocabulary/desk.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { accountsNamed } from './reopen-many.ts'

export interface Held {
  readonly request: DeskRequest
  readonly account: Account | null
  readonly asker: DeskOperator
  readonly other: DeskOperator
}

/**
 * Holds all that a decision about a request depends on: the account first (rule 9), then the operators in one order,
 * so that no two acts wait for each other, then the request. What is returned was read after that.
 */
export async function holdPair(
  act: Act,
  { id, kind, accountId, askerId, text }: DeskRequest,
  otherId: string,
): Promise<Held> {
  const { tx } = act
  const account = accountId === null ? null : await holdAccount(act, { id: accountId })
  await holdRows(tx, namedIn(text))
  if (kind === 'operator') {
    // Its acts hold all of them, too.
    await holdOpenOperators(tx)
  } else {
    await holdOperators(tx, [askerId, otherId])
  }
  const [request, asker, other] = [
    await holdRequest(tx, id),
    await selectOperator(tx, askerId),
    await selectOperator(tx, otherId),
  ]
  if (!request || !asker || !other) throw new Problem('not_found')
  return { request, account, asker, other }
}

/** The accounts that a request about many names; none for any other. */
function namedIn(text: string): readonly string[] {
  if (text === '') return []
  const { acts } = JSON.parse(text) as { acts: readonly (States & { act: RequestAct })[] }
  return acts.flatMap((one) => (one.act === 'reopen-many' ? accountsNamed(one) : []))
}
