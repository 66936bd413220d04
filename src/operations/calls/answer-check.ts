// The caller's side of an identity check through the page: whose call it is, the digits, and a passkey.
import type { z } from 'zod'
import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import type { By } from '../../domain/actor.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import { record } from '../../domain/audit/record.ts'
import { findAtPage, type AtPage } from '../../domain/calls/asked-check.ts'
import type { PageCheck } from '../../domain/calls/call.ts'
import { denyDoneChecks, updateCheckState } from '../../domain/calls/checks-store.ts'
import { checkOver, digitsText, selectProvingPasskeys } from '../../domain/calls/page-check.ts'
import type { Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import type { requestOptions } from '../../domain/passkeys/options.ts'
import { closeRequestsOf } from '../../domain/requests/close.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { beginProof, withProof } from '../check-proof.ts'

/** The page that is asked, and its account as it was read with the sign-in or session. */
export interface AskedPage {
  readonly at: AtPage
  readonly account: Account
}

/** The page's check in this state; 409 `check_over`. */
async function requireCheck(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { at }: AskedPage,
  state: 'asked' | 'heard',
): Promise<PageCheck> {
  const found = await findAtPage(db, at, now())
  if (found?.check?.state !== state) throw checkOver()
  return found.check
}

/** The check as it is now, and its account, which is held. */
async function holdCheck(
  act: Act,
  { at, account: { id } }: AskedPage,
): Promise<PageCheck & { readonly account: Account }> {
  const account = await holdAccount(act, { id })
  const found = await findAtPage(act.tx, at, act.now)
  if (!found?.check) throw checkOver()
  return { ...found.check, account }
}

/**
 * The caller did not call: ends the check and those that were done before, refuses or cancels what is open for the
 * account, and raises an alert.
 */
export async function denyCall(deps: ActDeps, by: By, page: AskedPage): Promise<void> {
  return transact(deps, by, async (act) => {
    const { id, act: about, operatorId, account } = await holdCheck(act, page)
    if (!(await updateCheckState(act.tx, id, ['asked', 'heard'], 'denied'))) throw checkOver()
    const accountId = account.id
    const detail = { check: id, act: about, why: 'denied' } as const
    record(act, { event: 'authn_identity_check_fail', accountId, detail })
    await denyDoneChecks(act.tx, accountId)
    // What is asked of her as an operator has no caller.
    const open = { accountId, kinds: ['account'] } as const
    const why = 'caller_said_no'
    await closeRequestsOf(act, { ...open, from: ['waiting'] }, { state: 'refused', why })
    const approved = { ...open, from: ['approved'] } as const
    if ((await closeRequestsOf(act, approved, { state: 'cancelled', why })) > 0) {
      notify(act, account, 'wait_cancelled')
    }
    const raised = { check: id, act: about }
    await raiseAlert(act, { kind: 'caller-said-no', accountId, operatorId, detail: raised })
  })
}

/** Hears the digits, once: 400 `digits_wrong` ends the check. */
export async function hearDigits(
  deps: ActDeps,
  by: By,
  page: AskedPage,
  digits: string,
): Promise<void> {
  return transact(deps, by, async (act) => {
    const { id, act: about, digitsHash } = await holdCheck(act, page)
    const isRight = act.keys.isHash('call', digitsText(id, digits), digitsHash)
    if (!(await updateCheckState(act.tx, id, ['asked'], isRight ? 'heard' : 'failed'))) {
      throw checkOver()
    }
    if (isRight) return undefined
    const detail = { check: id, act: about, why: 'digits' } as const
    record(act, { event: 'authn_identity_check_fail', accountId: page.account.id, detail })
    return act.refuse(new Problem('digits_wrong'))
  })
}

/** Asks for one passkey that can prove who calls; 409 `check_over`, 404 `no_such_passkey`. */
export async function beginIdentityProof(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  page: AskedPage,
  passkeyId: string,
): Promise<z.output<typeof requestOptions>> {
  const check = await requireCheck(deps, page, 'heard')
  const passkeys = await selectProvingPasskeys(deps.db, page.account, check, deps.now())
  if (!passkeys.some(({ id }) => id === passkeyId)) throw new Problem('no_such_passkey')
  return beginProof(deps, { id: check.id, account: page.account }, 'identity-check', passkeyId)
}

/**
 * Sets the check, for its act and its operator alone: it is no step of a sign-in and no proof of a session.
 * Refuses as `withProof` does; 409 `check_over`.
 */
export async function proveIdentity(
  deps: ActDeps & Pick<Deps, 'site'>,
  by: By,
  page: AskedPage,
  answer: AuthenticationAnswer,
  tokens: readonly string[],
): Promise<void> {
  const { id } = await requireCheck(deps, page, 'heard')
  const expected = { purposes: ['identity-check'], outrun: 'start_again', tokens } as const
  const prover = { id, account: page.account }
  return withProof(deps, by, prover, expected, answer, async (act, { account, passkeyId }) => {
    const found = await findAtPage(act.tx, page.at, act.now)
    if (found?.check?.id !== id) return act.refuse(checkOver())
    const proving = await selectProvingPasskeys(act.tx, account, found.check, act.now)
    if (!proving.some((one) => one.id === passkeyId)) return act.refuse(checkOver())
    const done = { at: act.now, passkeyId }
    if (!(await updateCheckState(act.tx, id, ['heard'], 'done', done))) {
      return act.refuse(checkOver())
    }
    const detail = { check: id, act: found.check.act, passkey: passkeyId }
    record(act, { event: 'authn_identity_check_success', accountId: account.id, detail })
    return undefined
  })
}
