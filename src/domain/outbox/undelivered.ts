// The list of mails that were given up, for operators.
import type { NotNull } from 'kysely'
import { countUpTo } from '../tables/count.ts'
import type { Database } from '../tables/tables.ts'

/** How many mails are on the list of undelivered ones, counted up to `most`. */
export function countUndelivered(db: Database, most: number): Promise<number> {
  const listed = db
    .selectFrom('outbox')
    .select('undelivered_at as at')
    .where('undelivered_at', 'is not', null)
    .orderBy('undelivered_at')
  return countUpTo(db, listed, most)
}

/** A mail that was given up because the mail server refused it; its content is wiped. */
interface UndeliveredMail {
  readonly kind: string
  /** Null for a mail that belongs to no account. */
  readonly loginId: string | null
  /** The codes of the mail server's last answer, such as `550 5.1.1`. */
  readonly reason: string
  readonly writtenAt: number
  readonly at: number
  /** The request that caused the mail; null for a command. */
  readonly requestId: string | null
}

/** The mails given up within `undeliveredKept`, the latest first. */
export async function selectUndelivered(db: Database, most: number): Promise<UndeliveredMail[]> {
  return db
    .selectFrom('outbox')
    .leftJoin('accounts', 'accounts.id', 'outbox.account_id')
    .select([
      'kind',
      'login_id as loginId',
      'undelivered_reason as reason',
      'request_id as requestId',
    ])
    .select(['outbox.created_at as writtenAt', 'undelivered_at as at'])
    .where('undelivered_at', 'is not', null)
    .$narrowType<{ reason: NotNull; at: NotNull }>()
    .orderBy('undelivered_at', 'desc')
    .limit(most)
    .execute()
}
