// Who could approve a request, as the same functions that judge the approval see it.
import { selectCaseTurns } from '../../domain/audit/store.ts'
import { selectOpenCasesOf } from '../../domain/cases/store.ts'
import { selectPresent } from '../../domain/operators/sessions.ts'
import { selectOpenOperators } from '../../domain/operators/store.ts'
import { selectMakings, selectOpenings } from '../../domain/requests/done.ts'
import type { DeskRequest } from '../../domain/requests/request.ts'
import { whyNotApprove, type Remembered } from '../../domain/requests/two-persons.ts'
import type { Database, Tx } from '../../domain/tables/tables.ts'
import { enrolmentLifetime } from '../../limits/operators.ts'
import { pairRemembered } from '../../limits/requests.ts'

/** What rule 38 remembers of the accounts of some requests, and of all operators. */
export async function readRemembered(
  db: Database | Tx,
  accountIds: readonly (string | null)[],
  now: number,
): Promise<Remembered> {
  const since = now - pairRemembered
  const accounts = [...new Set(accountIds.filter((one) => one !== null))]
  return {
    makings: await selectMakings(db, since, enrolmentLifetime),
    openings: await selectOpenings(db, accounts, since),
    turns: await selectCaseTurns(db, accounts, since),
    cases: await selectOpenCasesOf(db, accounts),
  }
}

type Approvable = Pick<DeskRequest, 'kind' | 'askerId' | 'accountId' | 'operatorId' | 'names'>

/** For each request whether somebody is signed in now who could approve it; `known` is what `readRemembered` has read. */
export async function areApproversIn(
  db: Database,
  requests: readonly Approvable[],
  now: number,
  known?: Remembered,
): Promise<readonly boolean[]> {
  if (requests.length === 0) return []
  const accounts = requests.map(({ accountId }) => accountId)
  const remembered = known ?? (await readRemembered(db, accounts, now))
  const present = await selectPresent(db, now)
  const signedIn = (await selectOpenOperators(db)).filter(({ id }) => present.has(id))
  return requests.map((request) =>
    signedIn.some((one) => whyNotApprove(request, one, remembered) === null),
  )
}
