// Rule 7: the code that opens the registration of one passkey, and what must be proven before it goes out.
import { takeAccount } from '../domain/accounts/factors.ts'
import { recordEvent } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import type { SentCode } from '../domain/email-codes/code.ts'
import { sendCode } from '../domain/email-codes/send.ts'
import { codeProblem, verifyCode } from '../domain/email-codes/verify.ts'
import { listPasskeys } from '../domain/passkeys/list.ts'
import {
  hasProof,
  permitRegistration,
  sessionTries,
  useProof,
} from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { freshSignIn, triesPerOwner } from '../kernel/limits.ts'

export type RegistrationBar = 'sign_in_again' | 'passkey_needed'

/** What keeps a session from asking for the code, or null. */
export function findRegistrationBar(
  session: Session,
  livePasskeys: number,
  now: number,
): RegistrationBar | null {
  if (session.codeTries >= triesPerOwner) return 'sign_in_again'
  if (livePasskeys > 0) return hasProof(session, 'register', now) ? null : 'passkey_needed'
  return now - session.signedInAt <= freshSignIn ? null : 'sign_in_again'
}

/** Mails the code. 403 `sign_in_again`, `passkey_needed`; 429 `too_many_codes`. */
export async function sendRegistrationCode(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  session: Session,
  caller: Caller,
): Promise<SentCode> {
  return deps.db.transaction().execute(async (tx) => {
    const account = await takeAccount(tx, session.account.id)
    const passkeys = await listPasskeys(tx, account.id)
    const bar = findRegistrationBar({ ...session, account }, passkeys.length, deps.now())
    if (bar) throw new Problem(bar, 403)
    const purpose = 'passkey-registration'
    return sendCode(tx, deps, { account, purpose, owner: session.id, caller })
  })
}

/**
 * Turns the right code into the leave to register one passkey, and returns until when it lasts. A
 * `register` proof is used up by it. 400 `code_wrong`, `code_expired`, `code_spent`; 409 `start_again`
 * when the account's factors changed after the code went out.
 */
export async function verifyRegistrationCode(
  deps: Pick<Deps, 'db' | 'keys' | 'now'>,
  session: Session,
  code: string,
  caller: Caller,
): Promise<number> {
  const result = await deps.db.transaction().execute(async (tx) => {
    const account = await takeAccount(tx, session.account.id)
    const purpose = 'passkey-registration'
    const question = {
      accountId: account.id,
      owner: session.id,
      purpose,
      code,
      tries: sessionTries,
      caller,
    } as const
    const outcome = await verifyCode(tx, deps, question)
    if (outcome.outcome === 'wrong') {
      const detail = { factor: 'email', purpose, triesLeft: outcome.triesLeft }
      await recordEvent(tx, deps, caller, {
        event: 'authn_code_fail',
        accountId: account.id,
        detail,
      })
    }
    if (outcome.outcome !== 'right') return outcome
    if (outcome.factorsVersion !== account.factorsVersion) return 'outrun'
    await useProof(tx, deps, session.id, 'register', account.factorsVersion)
    return permitRegistration(tx, deps, session.id, account.factorsVersion)
  })
  if (result === 'outrun') throw new Problem('start_again', 409)
  if (typeof result === 'object') throw codeProblem(result)
  return result
}
