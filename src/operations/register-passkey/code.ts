// Rule 7: the code that opens the registration of one passkey, and the proof needed before it is sent.
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { codeProblem, checkCode } from '../../domain/email-codes/verify.ts'
import { isLive } from '../../domain/passkeys/passkey.ts'
import { selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { hasProof, mayProveByCode, sessionTries } from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { grantPermission, takeProof } from '../../domain/sessions/store.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { freshSignIn, mostLivePasskeys } from '../../limits/passkeys.ts'

type RegistrationBar = 'sign_in_again' | 'passkey_needed' | 'too_many_passkeys'

/** The refusal of a session's request for the code, or null. Suspended passkeys count among the kept ones. */
export function findRegistrationBar(
  session: Session,
  { live, kept }: { readonly live: number; readonly kept: number },
  now: number,
): RegistrationBar | null {
  // Said first: nobody proves anything, or waits for a mail, to be refused at the end.
  if (kept >= mostLivePasskeys) return 'too_many_passkeys'
  if (!mayProveByCode(session)) return 'sign_in_again'
  if (live > 0) return hasProof(session, 'register', now) ? null : 'passkey_needed'
  return now - session.signedInAt <= freshSignIn ? null : 'sign_in_again'
}

const purpose = 'passkey-registration'

/** Mails the code. 403 `sign_in_again`, `passkey_needed`; 409 `too_many_passkeys`; 429 `too_many_codes`. */
export async function sendRegistrationCode(
  deps: ActDeps,
  session: Session,
  caller: Caller,
): Promise<SentCode> {
  return transact(deps, asHolder(caller), async (act) => {
    const account = await holdAccount(act, { id: session.account.id })
    const passkeys = await selectKeptPasskeys(act.tx, account.id)
    const counts = { live: passkeys.filter(isLive).length, kept: passkeys.length }
    const bar = findRegistrationBar({ ...session, account }, counts, act.now)
    if (bar) throw new Problem(bar)
    return sendCode(act, { account, purpose, owner: session.id })
  })
}

/**
 * Turns the right code into the permission to register one passkey, and returns its expiry. Uses up a
 * `register` proof. 400 `code_wrong`, `code_expired`, `code_spent`; 429 `too_many_codes`; 409
 * `start_again` when the account's factors have changed since the code was sent.
 */
export async function verifyRegistrationCode(
  deps: ActDeps,
  session: Session,
  code: string,
  caller: Caller,
): Promise<number> {
  return transact(deps, asHolder(caller), async (act) => {
    const { id: accountId, factorsVersion } = await holdAccount(act, { id: session.account.id })
    const question = { accountId, owner: session.id, purpose, code, tries: sessionTries } as const
    const outcome = await checkCode(act, question)
    if (outcome.outcome !== 'right') return act.refuse(codeProblem(outcome))
    if (outcome.factorsVersion !== factorsVersion) return act.refuse(new Problem('start_again'))
    await takeProof(act, session.id, 'register', factorsVersion)
    return grantPermission(act, session.id, factorsVersion)
  })
}
