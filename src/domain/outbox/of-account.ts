import { deskPage } from '../../limits/desk.ts'
import type { Database } from '../tables/tables.ts'

/** `expired`: a code that came too late, or was wiped as another act had made it useless. */
export const mailStatesAtDesk = ['waiting', 'sent', 'expired', 'undelivered'] as const

interface MailOnRecord {
  readonly id: string
  readonly kind: string
  readonly state: (typeof mailStatesAtDesk)[number]
  readonly writtenAt: number
  /** Since when it is in its state; null for one that waits or expired. */
  readonly at: number | null
  /** The codes of the mail server's answer, such as `550 5.1.1`. */
  readonly reason: string | null
  /** Whether the mail server has refused it so far, and may take it yet. */
  readonly refused: boolean
}

/** The mails to an account of the last days, the newest first. */
export async function selectMailsOf(
  db: Database,
  accountId: string,
): Promise<readonly MailOnRecord[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'kind', 'created_at', 'sent_at', 'undelivered_at', 'undelivered_reason'])
    .select(['refused_since', ({ eb }) => eb('sealed', 'is not', null).as('waits')])
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(deskPage)
    .execute()
  return rows.map((row) => {
    const waits = Boolean(row.waits)
    const { sent_at: sentAt, undelivered_at: undeliveredAt } = row
    const state = sentAt !== null ? 'sent' : undeliveredAt !== null ? 'undelivered' : 'expired'
    return {
      ...{ id: row.id, kind: row.kind, writtenAt: row.created_at },
      state: waits ? 'waiting' : state,
      at: sentAt ?? undeliveredAt,
      reason: row.undelivered_reason,
      refused: waits && row.refused_since !== null,
    }
  })
}
