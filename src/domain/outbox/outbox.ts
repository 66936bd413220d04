// Rule 26: a mail is written in the transaction of what it tells of, and leaves from there.
import { z } from 'zod'
import { isSealed, newId, type Keys } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
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

const sealedMail = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() })

/** What lies sealed in the outbox. */
export type SealedMail = z.infer<typeof sealedMail>

/** The mail of a row; throws for anything else. One that waited through an update is read too. */
export function unsealMail(keys: Keys, id: string, sealed: string): SealedMail {
  const text = isSealed(sealed) ? keys.unseal('mail', id, sealed) : keys.unsealFormer(id, sealed)
  return sealedMail.parse(JSON.parse(text))
}

/** Puts a mail into the outbox; it leaves when the act has committed. */
export function putMail(act: Act, { kind, accountId, to, subject, text, expiresAt }: Mail): void {
  const id = newId()
  const content: SealedMail = { to, subject, text }
  const row = {
    id,
    kind,
    sealed: act.keys.seal('mail', id, JSON.stringify(content)),
    created_at: act.now,
    next_try_at: act.now,
    tries: 0,
    expires_at: expiresAt,
    sent_at: null,
    account_id: accountId,
    refusals: 0,
    refused_since: null,
    undelivered_at: null,
    undelivered_reason: null,
  }
  act.later((tx) => insertMail(tx, row))
  act.wakeSender()
}
