import { operatorMail, type Concerned, type OperatorNotice } from '../../text/operator-mails.ts'
import type { Act } from '../act.ts'
import { putMail } from '../outbox/outbox.ts'
import type { DeskOperator } from './operator.ts'
import { selectOpenOperators } from './store.ts'

/** Tells an operator what happened to her, at the contact address; where there is none, the other admins. */
export async function tellOperator(
  act: Act,
  operator: Pick<DeskOperator, 'id' | 'contact'>,
  notice: OperatorNotice,
): Promise<void> {
  if (operator.contact !== null) return put(act, operator.contact, notice, 'yourself')
  for (const { id, roles, contact } of await selectOpenOperators(act.tx)) {
    if (id === operator.id || contact === null || !roles.includes('admin')) continue
    put(act, contact, notice, 'another')
  }
}

function put(act: Act, to: string, notice: OperatorNotice, concerned: Concerned): void {
  const mail = operatorMail(notice, { at: act.now, config: act.config, concerned })
  putMail(act, { ...mail, to, kind: notice, accountId: null, expiresAt: null })
}
