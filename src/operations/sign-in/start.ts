import { setTimeout as wait } from 'node:timers/promises'
import { takeAccount } from '../../domain/accounts/factors.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { sendCode } from '../../domain/email-codes/send.ts'
import { readContinueTo, sealContinueTo } from '../../domain/sign-ins/continue-to.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { deleteSignInByToken, insertSignIn } from '../../domain/sign-ins/store.ts'
import { recordRunOut, recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import type { Tx } from '../../domain/tables/tables.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { signInLifetime } from '../../kernel/limits.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { identifyAccount, type PasswordRequest } from './check-password.ts'

export interface SignInRequest extends PasswordRequest {
  readonly continueTo: string | undefined
  /** The token of the sign-in that this browser had; it ends. */
  readonly replaces: string | undefined
}

/** Longer than a password takes to check: a refusal comes no sooner, whatever it was for (rule 17). */
const refusalTakes = 150

/**
 * Begins a sign-in with login ID and password and, where the second factor is e-mail, sends the code.
 * Returns the sign-in with its token. Refuses as `identifyAccount` does; 429 `too_many_codes`.
 */
export async function startSignIn(
  deps: Pick<Deps, 'config' | 'db' | 'hasher' | 'keys' | 'now' | 'log' | 'wakeSender'>,
  request: SignInRequest,
): Promise<{ token: string; signIn: SignIn }> {
  const { db, now, config } = deps
  const { caller } = request
  const started = performance.now()
  const known = await identifyAccount(deps, request).catch(async (error: unknown) => {
    if (error instanceof Problem && error.code === 'sign_in_refused') {
      await wait(Math.max(0, refusalTakes - (performance.now() - started)))
    }
    throw error
  })

  const token = newToken()
  const begin = db.transaction().execute(async (tx): Promise<SignIn> => {
    const account = await takeAccount(tx, known.id)
    // Somebody changed the account while its password was checked.
    if (account.factorsVersion !== known.factorsVersion) throw new Problem('sign_in_refused', 401)
    const id = newId()
    const continueTo = readContinueTo(request.continueTo, config.origin)
    if (request.replaces) await endReplaced(tx, deps, hashToken(request.replaces), caller)
    await insertSignIn(tx, {
      id,
      tokenHash: hashToken(token),
      accountId: account.id,
      factorsVersion: account.factorsVersion,
      continueTo: sealContinueTo(deps.keys, id, continueTo),
      createdAt: now(),
      expiresAt: now() + signInLifetime,
    })
    await recordEvent(tx, deps, caller, {
      event: 'authn_password_success',
      accountId: account.id,
      actor: 'guest',
      detail: { signIn: id, next: account.secondFactor },
    })
    if (account.secondFactor === 'email') {
      await sendCode(tx, deps, { account, purpose: 'sign-in', owner: id, caller })
    }
    return { id, account, continueTo }
  })
  const signIn = await begin.catch(async (error: unknown) => {
    if (error instanceof Problem && error.code === 'too_many_codes') {
      await recordEvent(db, deps, caller, {
        event: 'authn_login_fail',
        accountId: known.id,
        detail: { factor: 'email', why: 'too many codes' },
      })
    }
    throw error
  })
  return { token, signIn }
}

async function endReplaced(
  tx: Tx,
  deps: Pick<Deps, 'now'>,
  tokenHash: string,
  caller: Caller,
): Promise<void> {
  const ended = await deleteSignInByToken(tx, tokenHash)
  if (!ended) return
  // The sweep has not come by yet.
  if (ended.expiresAt <= deps.now()) return recordRunOut(tx, [ended])
  await recordUnfinished(tx, deps, caller, ended, 'begun anew')
}
