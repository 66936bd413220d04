import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { Caller } from '../ground/visit.ts'
import type { UndeliveredMail } from '../mail/undelivered.ts'
import type { Tx } from '../storage/tables.ts'

/** The sender works on its own: nobody called it. */
const nobody: Caller = {
  address: null,
  browser: null,
  system: null,
  requestId: null,
  language: 'ja',
}

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
