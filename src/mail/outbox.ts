// Rule 26: a mail is written in the transaction of what it tells of, and leaves from there.
import type { Deps } from '../deps.ts'
import { newId } from '../ground/secrets.ts'
import type { Tx } from '../storage/tables.ts'
import { insertMail } from './store.ts'

export interface Mail {
  readonly kind: string
  /** Whose mail it is, so that support finds what did not arrive. */
  readonly accountId: string | null
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Never sent after this, and before all others until then; null for mails that stay true. */
  readonly expiresAt: number | null
}

/** What lies sealed in the outbox. */
export type SealedMail = Pick<Mail, 'to' | 'subject' | 'text'>

/** Puts a mail into the outbox; it leaves when the transaction has committed. */
export async function putMail(
  tx: Tx,
  { keys, now }: Pick<Deps, 'keys' | 'now'>,
  { kind, accountId, to, subject, text, expiresAt }: Mail,
): Promise<void> {
  const id = newId()
  const content: SealedMail = { to, subject, text }
  await insertMail(tx, {
    id,
    kind,
    sealed: keys.seal(id, JSON.stringify(content)),
    created_at: now(),
    next_try_at: now(),
    tries: 0,
    expires_at: expiresAt,
    sent_at: null,
    account_id: accountId,
    refusals: 0,
    undelivered_at: null,
    undelivered_reason: null,
  })
}
