// A request's text, made from its row and the state of the moment: when it is asked for, when somebody looks, and
// within the transaction of its approval (rule 39).
import type { Account } from '../../domain/accounts/account.ts'
import { selectAccount } from '../../domain/accounts/store.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { selectOperator } from '../../domain/operators/store.ts'
import type { States, Subject } from '../../domain/requests/act-kind.ts'
import type { DeskRequest, StoredAct } from '../../domain/requests/request.ts'
import { digestOf, makeText } from '../../domain/requests/text.ts'
import type { Database, Tx } from '../../domain/tables/tables.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Config } from '../../settings/config.ts'
import { bindAct, type BoundAct } from './acts.ts'

type Stated = Pick<DeskRequest, 'id' | 'reason' | 'ticket' | 'checks' | 'askedAt' | 'expiresAt'>

interface StateDeps {
  /** The database, or the act's transaction. */
  readonly from: Database | Tx
  readonly config: Pick<Config, 'console'>
  readonly now: number
}

/** The text of a request about a subject. Throws a Problem where one of its acts cannot be. */
export async function stateRequest(
  { from, config, now }: StateDeps,
  request: Stated,
  bound: readonly BoundAct[],
  on: Subject,
  asker: Pick<DeskOperator, 'id' | 'name'>,
): Promise<string> {
  const stated: (StoredAct & { readonly states: States })[] = []
  for (const one of bound) {
    const { act, values } = one
    stated.push({ act, values, states: await one.states(from, on, { now, earlier: stated }) })
  }
  return makeText(config.console.origin, request, stated, { account: on.account, asker })
}

/** What a stored request is about, with its acts ready to be performed. */
export interface Restated {
  readonly bound: readonly BoundAct[]
  readonly on: Subject
}

/**
 * The request as it stands now, or null when it is not what its text states any more. `account` is the one held by
 * the act; without it the account is read.
 */
export async function restate(
  deps: StateDeps,
  request: DeskRequest,
  asker: Pick<DeskOperator, 'id' | 'name'>,
  account?: Account | null,
): Promise<Restated | null> {
  const bound = boundActs(request)
  if (bound === null) return null
  const on = await subjectOf(deps.from, request, account)
  try {
    const text = await stateRequest(deps, request, bound, on, asker)
    return digestOf(text) === request.digest ? { bound, on } : null
  } catch (error) {
    // An act that cannot be any more: its passkey is gone, say.
    if (error instanceof Problem) return null
    throw error
  }
}

/** The acts of a stored request; null when they were erased, or are known no more. */
function boundActs({ acts }: Pick<DeskRequest, 'acts'>): readonly BoundAct[] | null {
  const bound = acts.flatMap(({ act, values }) => {
    const one = bindAct(act, values)
    return one && 'perform' in one ? [one] : []
  })
  return bound.length > 0 && bound.length === acts.length ? bound : null
}

async function subjectOf(
  db: Database | Tx,
  { accountId, operatorId }: Pick<DeskRequest, 'accountId' | 'operatorId'>,
  held?: Account | null,
): Promise<Subject> {
  const account =
    held ?? (accountId === null ? null : ((await selectAccount(db, accountId)) ?? null))
  const operator = operatorId === null ? null : ((await selectOperator(db, operatorId)) ?? null)
  return { account, operator }
}
