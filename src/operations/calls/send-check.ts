import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { Refusal, transact, type Act, type ActDeps } from '../../domain/act.ts'
import type { By } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { CheckedAct } from '../../domain/calls/call.ts'
import { insertPageCheck, replaceOpenChecks } from '../../domain/calls/checks-store.ts'
import { chargeCheck, digitsText, selectProvingPasskeys } from '../../domain/calls/page-check.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { holdWorkingOperator } from '../../domain/operators/store.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import { selectKeptPasskey } from '../../domain/passkeys/store.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { newDigits, newId } from '../../kernel/secrets.ts'
import { openCall } from './open-call.ts'

/**
 * Asks the page whose number was typed who calls, for one act; what it asked before is replaced. Returns the digits
 * for the agent to read out. Refuses as `lookUpCall` does; 409 `not_checkable` where nobody can prove anything
 * there; 404 `no_such_passkey`; 429 `too_many_checks`.
 */
export async function sendCheck(
  deps: ActDeps,
  by: By,
  operator: DeskOperator,
  typed: string,
  asked: CheckedAct,
): Promise<{ digits: string; expiresAt: number }> {
  return transact(deps, by, async (act) => {
    const call = await openCall(act, operator, typed)
    if (call instanceof Refusal) return call
    const { accountId, expiresAt } = call
    if (accountId === null) return act.refuse(new Problem('not_checkable'))
    const account = await holdAccount(act, { id: accountId })
    await holdWorkingOperator(act.tx, operator.id, ['agent'])
    if (!(await concerns(act, accountId, asked))) return act.refuse(new Problem('no_such_passkey'))
    const proving = await selectProvingPasskeys(act.tx, account, asked, act.now)
    if (proving.length === 0) return act.refuse(new Problem('not_checkable'))
    const full = await chargeCheck(act, accountId)
    if (full) return full
    await replaceOpenChecks(act.tx, call.id)
    const [id, digits] = [newId(), newDigits()]
    await insertPageCheck(act.tx, {
      ...asked,
      id,
      callId: call.id,
      accountId,
      operatorId: operator.id,
      digitsHash: act.keys.hash('call', digitsText(id, digits)),
      state: 'asked',
      askedAt: act.now,
      expiresAt,
      doneAt: null,
      passkeyId: null,
    })
    const detail = { call: call.id, check: id, act: asked.act }
    record(act, { event: 'authn_identity_check_sent', accountId, detail })
    return { digits, expiresAt }
  })
}

/** Whether what the act concerns is the account's: a passkey that is kept, and suspended if it is to be resumed. */
async function concerns({ tx }: Act, accountId: string, { act, subject }: CheckedAct) {
  if (subject === null || act === 'change-email') return true
  const passkey = await selectKeptPasskey(tx, { accountId, id: subject })
  return passkey !== undefined && (act === 'remove-passkey' || !isLive(passkey))
}
