import { sql, type Insertable } from 'kysely'
import { deleteBatch } from '../tables/batch.ts'
import { countUpTo } from '../tables/count.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'

export async function insertStop(tx: Tx, stop: Insertable<Tables['stops']>): Promise<void> {
  await tx.insertInto('stops').values(stop).execute()
}

/** How many stops since a moment a stranger may have sent, counted up to `most`. */
export function countStrangeStops(tx: Tx, since: number, most: number): Promise<number> {
  const strange = tx
    .selectFrom('stops')
    .select('at')
    .where('at', '>', since)
    .where('way', 'in', ['unknown-browser', 'telephone'])
    .orderBy('at')
  return countUpTo(tx, strange, most)
}

/** When each of these accounts was stopped last, as far as it is remembered. */
export async function selectLastStops(
  db: Database | Tx,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('stops')
    .select(({ fn }) => ['account_id as accountId', fn.max('at').as('at')])
    .where('account_id', 'in', [...accounts])
    .groupBy('account_id')
    .execute()
  return new Map(rows.map(({ accountId, at }) => [accountId, Number(at)]))
}

/** A stop that keeps an account locked. */
export interface SoleLock {
  readonly id: string
  readonly accountId: string
  readonly network: string | null
  readonly at: number
}

/** Which stops: those from a network within a time, of these accounts alone where they are named. */
export interface StoppedFrom {
  readonly network: string
  readonly since: number
  readonly until: number
  readonly accounts?: readonly string[]
}

/**
 * The stops from browsers that accounts did not know which alone keep these locked, the earliest first: nobody else
 * has stopped or locked them since. What is open again counts for none of the `most`.
 */
export async function selectSoleLocks(
  db: Database | Tx,
  { network, since, until, accounts }: StoppedFrom,
  most: number,
): Promise<readonly SoleLock[]> {
  if (accounts?.length === 0) return []
  let locks = soleLocks(db)
    .where('stops.network', '=', network)
    .where('stops.at', '>=', since)
    .where('stops.at', '<=', until)
  if (accounts !== undefined) locks = locks.where('stops.account_id', 'in', accounts)
  return locks.orderBy('stops.at').orderBy('stops.id').limit(most).execute()
}

/** As `selectSoleLocks`, of these accounts and from wherever; each has one at most. */
export async function selectSoleLocksOf(
  db: Database | Tx,
  accounts: readonly string[],
): Promise<readonly SoleLock[]> {
  return soleLocks(db)
    .where('stops.account_id', 'in', [...accounts])
    .execute()
}

function soleLocks(db: Database | Tx) {
  return db
    .selectFrom('stops')
    .innerJoin('accounts', 'accounts.id', 'stops.account_id')
    .select(['stops.id', 'stops.account_id as accountId', 'stops.network', 'stops.at'])
    .where('stops.level', '=', 'sign-in')
    .where('stops.way', '=', 'unknown-browser')
    .where('stops.reopened_by', 'is', null)
    .where('accounts.lock_reason', '=', 'holder')
    .whereRef('accounts.locked_at', '=', 'stops.at')
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('stops as later')
            .select('later.id')
            .whereRef('later.account_id', '=', 'stops.account_id')
            .whereRef('later.at', '>=', 'stops.at')
            .whereRef('later.id', '<>', 'stops.id'),
        ),
      ),
    )
}

/** Remembers which request reopened what a stop had locked. */
export async function updateReopened(tx: Tx, ids: readonly string[], by: string): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('stops').set({ reopened_by: by }).where('id', 'in', ids).execute()
}

/** Forgets the stops of an account. */
export async function deleteStopsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('stops').where('account_id', '=', accountId).execute()
}

export function deleteStopsBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'stops',
    key: ['id'],
    where: sql`at < ${time}`,
    by: 'at',
  })
}
