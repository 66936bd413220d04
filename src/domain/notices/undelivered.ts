import { nobody, recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { UndeliveredMail } from '../outbox/undelivered.ts'
import type { Tx } from '../tables/tables.ts'

/** Writes into the audit trail that a mail was given up, in the transaction that gives it up. */
export async function recordUndelivered(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  { kind, accountId, reason }: UndeliveredMail,
): Promise<void> {
  await recordEvent(tx, { now }, nobody, {
    event: 'authn_mail_undelivered',
    ...(accountId !== null && { accountId }),
    actor: 'mail-server',
    detail: { kind, reason },
  })
}
