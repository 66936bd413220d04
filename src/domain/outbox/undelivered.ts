import type { Deps } from '../deps.ts'
import { selectUndelivered } from './store.ts'

/** A mail that was given up because the mail server refused it; its content is wiped. */
interface UndeliveredMail {
  readonly kind: string
  readonly accountId: string | null
  /** The codes of the mail server's last answer, such as `550 5.1.1`. */
  readonly reason: string
  readonly writtenAt: number
  readonly at: number
}

/** The mails given up within `undeliveredKept`, the latest first. */
export async function listUndelivered(
  { db }: Pick<Deps, 'db'>,
  most: number,
): Promise<UndeliveredMail[]> {
  const rows = await selectUndelivered(db, most)
  return rows.map((row) => ({
    kind: row.kind,
    accountId: row.account_id,
    reason: row.undelivered_reason ?? '',
    writtenAt: row.created_at,
    at: row.undelivered_at ?? 0,
  }))
}
