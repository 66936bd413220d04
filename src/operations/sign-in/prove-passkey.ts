import type { Deps } from '../../domain/deps.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import { checkProof, counterRefused, noteUse } from '../../domain/passkeys/prove.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { finishSignIn, type SignedIn, type SigningBrowser } from './finish.ts'
import { lockUnchanged } from './prove-email-code.ts'

/**
 * Ends a sign-in by the passkey that was chosen for it. Refuses as `checkProof` does, and with 404
 * `no_sign_in` when the sign-in ended or its account's factors changed meanwhile.
 */
export async function proveByPasskey(
  deps: Pick<Deps, 'config' | 'db' | 'keys' | 'now'>,
  signIn: SignIn,
  answer: AuthenticationAnswer,
  browser: SigningBrowser,
): Promise<SignedIn> {
  const proof = await checkProof(deps, signIn, answer, browser.caller)
  const signedIn = await deps.db.transaction().execute(async (tx) => {
    const account = await lockUnchanged(tx, signIn)
    if (!(await noteUse(tx, deps, account, proof, browser.caller))) return null
    return finishSignIn(tx, deps, signIn, 'passkey', browser, proof.passkey.id)
  })
  if (!signedIn) throw counterRefused()
  return signedIn
}
