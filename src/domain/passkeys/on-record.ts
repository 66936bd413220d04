// An account's passkeys as the desk sees them: the removed ones too, and how each was bound.
import { deskPage } from '../../limits/desk.ts'
import type { Database } from '../tables/tables.ts'
import { passkeyColumns, readCredential, type Passkey } from './passkey.ts'

export interface PasskeyOnRecord extends Passkey {
  readonly removedAt: number | null
  readonly removedBy: string | null
  readonly removedReason: string | null
  /** Rule 7: the first is bound by e-mail, a further one by another passkey that was live then. */
  readonly boundBy: 'email' | 'passkey'
}

/** Every passkey that an account has or had, the newest first; of more than a page only the newest. */
export async function selectPasskeysOnRecord(
  db: Database,
  accountId: string,
): Promise<readonly PasskeyOnRecord[]> {
  const rows = await db
    .selectFrom('passkeys')
    .select(passkeyColumns)
    .select(['removed_at as removedAt', 'removed_by as removedBy'])
    .select('removed_reason as removedReason')
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(deskPage)
    .execute()
  return rows.map((row) => {
    const wasLive = rows.some(
      (other) =>
        other.id !== row.id &&
        other.createdAt < row.createdAt &&
        (other.removedAt === null || other.removedAt > row.createdAt),
    )
    return { ...readCredential(row), boundBy: wasLive ? 'passkey' : 'email' }
  })
}
