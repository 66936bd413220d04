// Rule 26: a mail is written to the outbox in the transaction that it reports, and sent from there.
import { z } from 'zod'
import { isSealed, newId, type Keys } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import type { Tx } from '../tables/tables.ts'
import { mailsInsertion, type NewMail } from './store.ts'

export interface Mail {
  /** Chosen by the caller that asks for the mail's state later. */
  readonly id?: string
  readonly kind: string
  /** The recipient's account, so that support finds its undelivered mails. */
  readonly accountId: string | null
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Never sent after this time; null for notices, which do not expire. */
  readonly expiresAt: number | null
}

const sealedMail = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() })

/** The sealed content of an outbox row. */
export type SealedMail = z.infer<typeof sealedMail>

/** Opens a row's mail, also one sealed by an earlier version; throws for any other text. */
export function unsealMail(keys: Keys, id: string, sealed: string): SealedMail {
  const text = isSealed(sealed) ? keys.unseal('mail', id, sealed) : keys.unsealFormer(id, sealed)
  return sealedMail.parse(JSON.parse(text))
}

/** The same content, sealed by the secret that makes. */
export function resealMail(keys: Keys, id: string, sealed: string): string {
  return keys.seal('mail', id, JSON.stringify(unsealMail(keys, id, sealed)))
}

/** The mails of acts that have not ended yet. */
const pending = new WeakMap<Tx, NewMail[]>()

/** Puts a mail into the outbox; it leaves when the act has committed. One statement writes all mails of an act. */
export function putMail(act: Act, mail: Mail): void {
  const mails = pending.get(act.tx)
  if (mails) return void mails.push(rowOf(act, mail))
  const first = [rowOf(act, mail)]
  pending.set(act.tx, first)
  act.later(() => {
    pending.delete(act.tx)
    return mailsInsertion(act.tx, first)
  })
  act.wakeSender()
}

function rowOf(act: Act, mail: Mail): NewMail {
  const { id = newId(), kind, accountId, to, subject, text, expiresAt } = mail
  const content: SealedMail = { to, subject, text }
  return {
    id,
    kind,
    sealed: act.keys.seal('mail', id, JSON.stringify(content)),
    created_at: act.now,
    next_try_at: act.now,
    tries: 0,
    expires_at: expiresAt,
    account_id: accountId,
    refusals: 0,
    request_id: act.by.requestId,
  }
}
