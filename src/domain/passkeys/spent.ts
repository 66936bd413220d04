// The challenges that were answered, so that each takes one answer (rule 5).
import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'

/** Notes a challenge as spent; false when it is already. It is known until `expiresAt`, and a while after. */
export async function insertSpent(tx: Tx, challenge: string, expiresAt: number): Promise<boolean> {
  return (await insert.run(tx, { expiresAt, hash: hashToken(challenge) })) === 1
}

const insert = statement((db: Database, { expiresAt, hash }: { expiresAt: number; hash: string }) =>
  db
    .insertInto('spent')
    .values({ expires_at: expiresAt, hash })
    .onConflict((conflict) => conflict.columns(['expires_at', 'hash']).doNothing()),
)

export function deleteSpentBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'spent',
    key: ['expires_at', 'hash'],
    where: sql`expires_at < ${time}`,
    by: 'expires_at',
  })
}
