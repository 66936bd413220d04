import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { markUndelivered, type OutboxRow } from '../../domain/outbox/store.ts'

/**
 * Gives up a mail that the mail server refuses: wipes its content and audits its kind, reason and request. Nothing
 * when another node has it in hand by now, or has sent it.
 */
export async function giveUpMail(
  deps: ActDeps,
  { id, tries, kind, account_id: accountId, request_id: requestId }: OutboxRow,
  reason: string,
): Promise<void> {
  const by = { ...fromNowhere('mail-server'), requestId }
  await transact(deps, by, async (act) => {
    if (!(await markUndelivered(act.tx, { id, tries }, { at: act.now, reason }))) return
    record(act, { event: 'authn_mail_undelivered', accountId, detail: { kind, reason } })
  })
}
