import { lockAccount } from '../accounts/factors.ts'
import { findAccount } from '../accounts/find.ts'
import { normaliseLoginId } from '../accounts/login-id.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { sendCode } from '../email-codes/send.ts'
import { Problem } from '../ground/problem.ts'
import { hashToken, newId, newToken } from '../ground/secrets.ts'
import type { Caller } from '../ground/visit.ts'
import { checkPassword } from '../password/check.ts'
import { readContinueTo } from './continue-to.ts'
import { signInLifetime, type SignIn } from './sign-in.ts'
import { deleteSignInByToken, insertSignIn } from './store.ts'

export interface SignInRequest {
  readonly loginId: string
  readonly password: string
  readonly continueTo: string | undefined
  /** The token of the sign-in that this browser had; it ends. */
  readonly replaces: string | undefined
  readonly caller: Caller
}

/**
 * Begins a sign-in with login ID and password and, where the second factor is e-mail, sends the code.
 * Returns the sign-in with its token. 401 `sign_in_refused`, alike for every reason; 429 `too_many_codes`.
 */
export async function startSignIn(
  deps: Pick<Deps, 'config' | 'db' | 'hasher' | 'keys' | 'now'>,
  request: SignInRequest,
): Promise<{ token: string; signIn: SignIn }> {
  const { db, now, keys } = deps
  const { caller } = request
  const known = await findAccount(deps, request.loginId)
  const right = await checkPassword(deps, request.password, known?.passwordHash)
  if (!known || !right) {
    await recordEvent(db, deps, caller, {
      event: 'authn_login_fail',
      actor: 'guest',
      detail: { factor: 'password' },
      ...(known
        ? { accountId: known.id }
        : { loginIdHash: keys.hash('login-id', normaliseLoginId(request.loginId)) }),
    })
    throw new Problem('sign_in_refused', 401)
  }

  const token = newToken()
  const signIn = await db.transaction().execute(async (tx): Promise<SignIn> => {
    const account = await lockAccount(tx, known.id)
    const id = newId()
    const continueTo = readContinueTo(request.continueTo, deps.config.origin)
    if (request.replaces) await deleteSignInByToken(tx, hashToken(request.replaces))
    await insertSignIn(tx, {
      id,
      tokenHash: hashToken(token),
      accountId: account.id,
      factorsVersion: account.factorsVersion,
      continueTo,
      createdAt: now(),
      expiresAt: now() + signInLifetime,
    })
    if (account.secondFactor === 'email') {
      await sendCode(tx, deps, { account, purpose: 'sign-in', owner: id, caller })
    }
    return { id, account, continueTo }
  })
  return { token, signIn }
}
