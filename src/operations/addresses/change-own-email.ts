// Rule 42: an address is changed by the password, a fresh proof and a code to the new one, and where the factor is
// e-mail, by one to the old one too: the mailbox that is to be replaced has to agree.
import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import type { Deps } from '../../domain/deps.ts'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { codeProblem, judgeCode, useCode } from '../../domain/email-codes/verify.ts'
import { askForAddress, findWanted } from '../../domain/new-addresses/ask.ts'
import { finishNewAddress } from '../../domain/new-addresses/store.ts'
import { watchAddressChange } from '../../domain/requests/watch.ts'
import {
  requireProof,
  requireTries,
  sessionTries,
  takeChangeProof,
} from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { requirePassword } from '../passwords/require-password.ts'
import { putEmail } from '../support/change-email.ts'

const kind = 'email'

/** Whether the mailbox that an account has must agree to another one. */
export function answersToo({ secondFactor }: Pick<Account, 'secondFactor'>): boolean {
  return secondFactor === 'email'
}

/**
 * Keeps the new address and mails it a code, and the old one where it has to agree. Uses up a `change` proof: 403
 * `proof_needed`. 400 `password_wrong`; 429 `too_many_attempts`, `too_many_addresses`, `too_many_codes`; 403
 * `sign_in_again` where the session has no tries left; 409 `start_again`.
 */
export async function askForEmail(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  session: Session,
  { email: address, password }: { readonly email: string; readonly password: string },
  caller: Caller,
): Promise<SentCode> {
  requireProof(session, deps.now())
  requireTries(session)
  await requirePassword(deps, session, password, caller)
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, session.account)
    await takeChangeProof(act, session, account)
    const sent = await askForAddress(act, { account, sessionId: session.id, kind, address })
    if (answersToo(account)) {
      await sendCode(act, { account, purpose: 'old-email', owner: session.id })
    }
    return sent
  })
}

/**
 * Mails the codes for the address anew that this session has asked for. 403 `email_code_needed` where it waits for
 * none; 429 `too_many_codes`; 409 `start_again` when the account's factors have changed since it asked.
 */
export async function resendEmailCodes(
  deps: ActDeps,
  session: Session,
  caller: Caller,
): Promise<SentCode> {
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: session.account.id })
    const wanted = await findWanted(act, account, session.id, kind)
    if (!wanted) throw new Problem('email_code_needed')
    const code = { account, owner: session.id } as const
    const sent = await sendCode(act, { ...code, purpose: 'new-email', to: wanted.address })
    if (answersToo(account)) await sendCode(act, { ...code, purpose: 'old-email' })
    return sent
  })
}

interface TypedCodes {
  readonly code: string
  /** Of the mail to the old address, where that has to agree; else nothing is asked of it. */
  readonly oldCode: string
}

/**
 * Gives the account the address that this session has asked for; every other session ends, and a hold begins. 400
 * `code_wrong`, `code_expired`, `code_spent`, with `field: "oldCode"` where it is about that one; 429
 * `too_many_codes`; 409 `start_again` when the account's factors have changed since it asked.
 */
export async function proveNewEmail(
  deps: ActDeps,
  session: Session,
  { code, oldCode }: TypedCodes,
  caller: Caller,
): Promise<void> {
  await transact(deps, asHolder(caller), async (act) => {
    const held = await holdAccount(act, { id: session.account.id })
    const { id: accountId } = held
    const wanted = await findWanted(act, held, session.id, kind)
    const asked = { accountId, owner: session.id, tries: sessionTries } as const
    const ofOld = { ...asked, purpose: 'old-email', code: oldCode } as const
    const ofNew = { ...asked, purpose: 'new-email', code } as const

    // The old one first: nobody learns of the other whether it is right without this one.
    const old = answersToo(held) ? await judgeCode(act, ofOld) : null
    if (old && old.outcome !== 'right') return act.refuse(codeProblem(old, { field: 'oldCode' }))
    const judged = await judgeCode(act, ofNew)
    if (judged.outcome !== 'right') return act.refuse(codeProblem(judged))
    if (old) await useCode(act, ofOld, old)
    await useCode(act, ofNew, judged)
    if (!wanted || !(await finishNewAddress(act.tx, wanted.id, act.now))) {
      return act.refuse(codeProblem({ outcome: 'expired' }))
    }
    await watchAddressChange(act, { accountId })
    return putEmail(act, held, wanted.address, { why: 'settings', keeps: session.id })
  })
}
