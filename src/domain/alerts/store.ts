import type { Insertable } from 'kysely'
import type { Tables, Tx } from '../tables/tables.ts'

/** False when an alert of this name was raised before. */
export async function insertAlert(tx: Tx, alert: Insertable<Tables['alerts']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('alerts')
    .values(alert)
    .onConflict((conflict) => conflict.column('once').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

interface PairSince {
  readonly operatorId: string
  readonly otherId: string
  readonly since: number
  readonly most: number
}

/** How many requests of one of the two the other has approved since a moment, and were done; up to `most`. */
export async function countDoneByPair(
  tx: Tx,
  { operatorId, otherId, since, most }: PairSince,
): Promise<number> {
  const rows = await tx
    .selectFrom('requests')
    .select('id')
    .where('approver_id', 'in', [operatorId, otherId])
    .where('decided_at', '>', since)
    // Nobody approves her own.
    .where('asker_id', 'in', [operatorId, otherId])
    .where('account_id', 'is not', null)
    .where('state', '=', 'done')
    .limit(most)
    .execute()
  return rows.length
}

/** Events by which support lets somebody in. */
const recoveries = ['authn_login_unlock', 'authn_passkey_removed', 'authn_passkey_resumed'] as const

/** Whether support has opened the account since a moment. */
export async function selectRecoveredSince(
  tx: Tx,
  accountId: string,
  since: number,
): Promise<boolean> {
  const found = await tx
    .selectFrom('audit_events')
    .select('id')
    .where('account_id', '=', accountId)
    .where('event', 'in', recoveries)
    .where('at', '>', since)
    .where('actor', 'like', 'operator:%')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
