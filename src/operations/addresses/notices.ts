// Rule 27: what a holder is told, and where besides. Who gets at an account must not silence whom it belongs to:
// choices and the second address need a fresh proof, and every address of before hears of each change.
import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { withFormer } from '../../domain/accounts/notice-addresses.ts'
import { updateNotices } from '../../domain/accounts/store.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { checkCode, codeProblem } from '../../domain/email-codes/verify.ts'
import { askForAddress, findWanted } from '../../domain/new-addresses/ask.ts'
import { finishNewAddress } from '../../domain/new-addresses/store.ts'
import { notify } from '../../domain/outbox/notify.ts'
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

type ChangeDeps = ActDeps & Pick<Deps, 'hasher'>

const kind = 'notice-email'

/**
 * Whether the holder is told of every sign-in, or of those from new browsers alone. Uses up a `change` proof: 403
 * `proof_needed`. 400 `password_wrong` where the factor is e-mail, which needs the password too (rule 42); 429
 * `too_many_attempts`; 409 `start_again`.
 */
export async function chooseNotices(
  deps: ChangeDeps,
  session: Session,
  {
    everySignIn,
    password,
  }: { readonly everySignIn: boolean; readonly password?: string | undefined },
  caller: Caller,
): Promise<void> {
  await changeNotices(deps, session, password, caller, async (act, account) => {
    if (everySignIn === (account.tellsSignIns === 1)) return
    await updateNotices(act.tx, { ...account, tellsSignIns: everySignIn ? 1 : 0 })
    notify(act, account, everySignIn ? 'sign_ins_told' : 'sign_ins_untold')
    recordChange(act, account, 'sign-in-notices')
  })
}

/**
 * Keeps an address that is to get notices too, and mails it a code. Refuses as `chooseNotices` does, and with 403
 * `sign_in_again` where the session has no tries left; 429 `too_many_addresses`, `too_many_codes`.
 */
export async function askForNoticeAddress(
  deps: ChangeDeps,
  session: Session,
  { email: address, password }: { readonly email: string; readonly password?: string | undefined },
  caller: Caller,
): Promise<SentCode> {
  requireTries(session)
  return changeNotices(deps, session, password, caller, (act, account) =>
    askForAddress(act, { account, sessionId: session.id, kind, address }),
  )
}

/** Mails the code for the address anew. 403 `email_code_needed` where the session waits for none; 409 `start_again`. */
export async function resendNoticeCode(
  deps: ActDeps,
  session: Session,
  caller: Caller,
): Promise<SentCode> {
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: session.account.id })
    const wanted = await findWanted(act, account, session.id, kind)
    if (!wanted) throw new Problem('email_code_needed')
    return sendCode(act, { account, purpose: kind, owner: session.id, to: wanted.address })
  })
}

/**
 * Makes the address that this session has asked for the second one for notices, in the place of one of before. 400
 * `code_wrong`, `code_expired`, `code_spent`; 429 `too_many_codes`; 409 `start_again` when the account's factors
 * have changed since it asked.
 */
export async function proveNoticeAddress(
  deps: ActDeps,
  session: Session,
  code: string,
  caller: Caller,
): Promise<void> {
  await transact(deps, asHolder(caller), async (act) => {
    const held = await holdAccount(act, { id: session.account.id })
    const wanted = await findWanted(act, held, session.id, kind)
    const asked = { accountId: held.id, owner: session.id, purpose: kind, code } as const
    const outcome = await checkCode(act, { ...asked, tries: sessionTries })
    if (outcome.outcome !== 'right') return act.refuse(codeProblem(outcome))
    if (!wanted || !(await finishNewAddress(act.tx, wanted.id, act.now))) {
      return act.refuse(codeProblem({ outcome: 'expired' }))
    }
    return putNoticeAddress(act, held, wanted.address)
  })
}

/** Takes the second address away; without one nothing happens. Refuses as `chooseNotices` does. */
export async function removeNoticeAddress(
  deps: ChangeDeps,
  session: Session,
  password: string | undefined,
  caller: Caller,
): Promise<void> {
  await changeNotices(deps, session, password, caller, async (act, account) => {
    if (account.noticeEmail !== null) await putNoticeAddress(act, account, null)
  })
}

/** Sets the second address; the one of before gets notices for a while, as a thief may have taken it away. */
async function putNoticeAddress(
  act: Act,
  held: Account,
  noticeEmail: string | null,
): Promise<void> {
  const { noticeEmail: former } = held
  const formerEmails = former === null ? held.formerEmails : withFormer(held, former, act.now)
  const account = { ...held, noticeEmail, formerEmails }
  await updateNotices(act.tx, account)
  notify(act, account, noticeEmail === null ? 'notice_address_removed' : 'notice_address_set')
  recordChange(act, account, kind)
}

function recordChange(
  act: Act,
  { id: accountId }: Account,
  what: 'notice-email' | 'sign-in-notices',
): void {
  record(act, { event: 'user_updated', accountId, detail: { what } })
}

/** Makes one change of the account, which it holds, with a `change` proof, and the password where rule 42 asks for it. */
async function changeNotices<T>(
  deps: ChangeDeps,
  session: Session,
  password: string | undefined,
  caller: Caller,
  change: (act: Act, account: Account) => Promise<T>,
): Promise<T> {
  const { account: seen } = session
  requireProof(session, deps.now())
  if (seen.secondFactor === 'email') await requirePassword(deps, session, password ?? '', caller)
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, seen)
    await takeChangeProof(act, session, account)
    return change(act, account)
  })
}
