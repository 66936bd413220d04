// What was approved and waits (rule 38): its holder may cancel it with a passkey that it does not concern.
import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { requestLifetime } from '../../limits/requests.ts'
import type { Noticed } from '../accounts/notice-addresses.ts'
import type { Passkey } from '../passkeys/passkey.ts'
import { batchSize } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { DeskRequest } from './request.ts'
import { readRequest, requestColumns } from './store.ts'

/** What is approved and waits; no parameter, so that the indexes of what waits serve it. */
const isApproved = sql<boolean>`state = 'approved'`

/** The ids of approved requests whose wait is over. */
export async function selectDue(db: Database, now: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where(isApproved)
    .where('takes_effect_at', '<=', now)
    .orderBy('takes_effect_at')
    .limit(batchSize)
    .execute()
  return rows.map(({ id }) => id)
}

/** What was approved for an account and waits for its time, the next first. */
export async function selectPending(
  db: Database | Tx,
  accountId: string,
): Promise<readonly DeskRequest[]> {
  const rows = await pending.all(db, { accountId })
  return rows.map(readRequest)
}

const pending = statement((db: Database, { accountId }: { accountId: string }) =>
  db
    .selectFrom('requests')
    .select(requestColumns)
    .where(isApproved)
    .where('account_id', '=', accountId)
    .orderBy('takes_effect_at'),
)

/** What an operator has asked for that is open, or has approved and waits, with its holder's address. */
export async function selectOpenOf(
  tx: Tx,
  operatorId: string,
  now: number,
): Promise<
  readonly (Pick<DeskRequest, 'id' | 'accountId' | 'state'> & { readonly holder: Noticed | null })[]
> {
  const rows = await tx
    .selectFrom('requests')
    .leftJoin('accounts', 'accounts.id', 'requests.account_id')
    .select(['requests.id', 'account_id as accountId', 'requests.state', 'accounts.email'])
    .select(['notice_email as noticeEmail', 'former_emails as formerEmails'])
    .where((row) =>
      row.or([
        row.and([
          row('asker_id', '=', operatorId),
          row('state', '=', 'waiting'),
          row('asked_at', '>', now - requestLifetime),
        ]),
        row.and([
          isApproved,
          row.or([row('asker_id', '=', operatorId), row('approver_id', '=', operatorId)]),
        ]),
      ]),
    )
    .orderBy('requests.id')
    .execute()
  return rows.map(({ id, accountId, state, email, ...other }) => {
    const holder = accountId === null || email === null ? null : { id: accountId, email, ...other }
    return { id, accountId, state, holder }
  })
}

/**
 * Whether the proof with a passkey cancels the request: not by one that it names, which may be the thief's, nor by
 * one that was registered since it was asked for.
 */
export function mayCancelWith(
  { acts, askedAt }: Pick<DeskRequest, 'acts' | 'askedAt'>,
  { id, createdAt }: Pick<Passkey, 'id' | 'createdAt'>,
): boolean {
  return createdAt < askedAt && !acts.some(({ values }) => values['passkeyId'] === id)
}
