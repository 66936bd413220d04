import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import { markUndelivered, type OutboxRow } from '../domain/outbox/store.ts'

/** Gives up a mail that the mail server refuses: wipes its content and audits its kind and reason. */
export async function giveUpMail(
  deps: ActDeps,
  { id, kind, account_id: accountId }: OutboxRow,
  reason: string,
): Promise<void> {
  await transact(deps, fromNowhere('mail-server'), async (act) => {
    await markUndelivered(act.tx, id, { at: act.now, reason })
    const detail = { kind, reason }
    record(act, {
      event: 'authn_mail_undelivered',
      ...(accountId !== null && { accountId }),
      detail,
    })
  })
}
