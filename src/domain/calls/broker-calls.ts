// Calls of the broker, which the holder finds in the portal when signed in, and nowhere else.
import { sql } from 'kysely'
import { brokerCallsPerAccount } from '../../limits/calls.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { chargeWindow, deleteThrottles, selectWaitUntil } from '../throttle/store.ts'
import type { BrokerCallPurpose } from '../vocabulary/calls.ts'

interface BrokerCall {
  readonly accountId: string
  readonly operatorId: string
  readonly purpose: BrokerCallPurpose
  readonly begunAt: number
  readonly expiresAt: number
}

/** Counts a call that is begun to an account's holder; where there were too many, until when there is none. */
export async function chargeBrokerCall(
  tx: Tx,
  accountId: string,
  now: number,
): Promise<number | null> {
  const key = keyOf(accountId)
  const charged = await chargeWindow(tx, key, brokerCallsPerAccount, now)
  return charged === null ? selectWaitUntil(tx, key) : null
}

/** Forgets the count, for an account that is erased. */
export async function forgetBrokerCalls(tx: Tx, accountId: string): Promise<void> {
  await deleteThrottles(tx, [keyOf(accountId)])
}

function keyOf(accountId: string): string {
  return `broker-call/${accountId}`
}

/** Begins a call, which takes the place of one before. */
export async function putBrokerCall(tx: Tx, call: BrokerCall): Promise<void> {
  const { accountId, ...rest } = call
  const values = {
    ...{ operator_id: rest.operatorId, purpose: rest.purpose },
    ...{ begun_at: rest.begunAt, expires_at: rest.expiresAt },
  }
  await tx
    .insertInto('broker_calls')
    .values({ account_id: accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute()
}

export async function selectBrokerCall(
  db: Database | Tx,
  accountId: string,
  now: number,
): Promise<BrokerCall | undefined> {
  return db
    .selectFrom('broker_calls')
    .select(['account_id as accountId', 'operator_id as operatorId', 'purpose'])
    .select(['begun_at as begunAt', 'expires_at as expiresAt'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** False where there is none. */
export async function deleteBrokerCall(tx: Tx, accountId: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('broker_calls')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return gone.numDeletedRows === 1n
}

export function deleteBrokerCallsBefore(db: Database, time: number): Promise<number> {
  const where = sql`expires_at < ${time}`
  return deleteBatch(db, { table: 'broker_calls', key: ['account_id'], where, by: 'expires_at' })
}
