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

/** A stop of a network's that locked an account, as it is remembered. */
export interface LockingStop {
  readonly id: string
  readonly accountId: string
  readonly at: number
}

/** Which stops: those from a network within a time. */
interface From {
  readonly network: string
  readonly since: number
  readonly until: number
}

/**
 * The stops that locked accounts from browsers that these did not know, the earliest first. What has become of the
 * accounts since then changes nothing of it.
 */
export async function selectLockingStops(
  db: Database | Tx,
  { network, since, until }: From,
  most: number,
): Promise<readonly LockingStop[]> {
  return db
    .selectFrom('stops')
    .select(['id', 'account_id as accountId', 'at'])
    .where('network', '=', network)
    .where('at', '>=', since)
    .where('at', '<=', until)
    .where('level', '=', 'sign-in')
    .where('way', '=', 'unknown-browser')
    .orderBy('at')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Of these stops those whose accounts they alone keep locked: nobody else has stopped or locked them since. */
export async function selectSoleLocks(
  db: Database | Tx,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('stops')
    .innerJoin('accounts', 'accounts.id', 'stops.account_id')
    .select('stops.id')
    .where('stops.id', 'in', ids)
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
    .execute()
  return new Set(rows.map(({ id }) => id))
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
