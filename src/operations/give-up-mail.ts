import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import { markUndelivered, type OutboxRow } from '../domain/outbox/store.ts'

/** Gives up a mail that the mail server refuses: wipes its content and audits its kind, reason and request. */
export async function giveUpMail(
  deps: ActDeps,
  { id, kind, account_id: accountId, request_id: requestId }: OutboxRow,
  reason: string,
): Promise<void> {
  const by = { ...fromNowhere('mail-server'), requestId }
  await transact(deps, by, async (act) => {
    await markUndelivered(act.tx, id, { at: act.now, reason })
    record(act, { event: 'authn_mail_undelivered', accountId, detail: { kind, reason } })
  })
}
