import type { Database } from '../tables/tables.ts'

/** What has become of a mail, and since when, where the mail server has answered. */
interface MailState {
  readonly mail: (typeof mailStates)[number]
  readonly at: number | null
}

/** Refused mails are sent again for a while, so one may still be taken. */
export const mailStates = ['waiting', 'taken', 'refused'] as const

/** The state of the mail with this id; one that is not there counts as waiting. */
export async function findMailState(db: Database, id: string): Promise<MailState> {
  const row = await db
    .selectFrom('outbox')
    .select(['sent_at', 'refused_since', 'undelivered_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.sent_at) return { mail: 'taken', at: row.sent_at }
  const refusedAt = row?.undelivered_at ?? row?.refused_since ?? null
  return { mail: refusedAt === null ? 'waiting' : 'refused', at: refusedAt }
}
