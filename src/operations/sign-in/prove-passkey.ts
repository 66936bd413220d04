import { transact, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import type { Deps } from '../../domain/deps.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import { counterRefused, recordUse } from '../../domain/passkeys/use.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { checkProof } from '../check-proof.ts'
import { finishSignIn, holdUnchanged, type SignedIn, type SigningBrowser } from './finish.ts'

/**
 * Finishes a sign-in by the passkey chosen for it. Refuses as `checkProof` does, and with 404
 * `no_sign_in` when the sign-in has ended or its account's factors have changed meanwhile.
 */
export async function proveByPasskey(
  deps: ActDeps & Pick<Deps, 'site'>,
  signIn: SignIn,
  answer: AuthenticationAnswer,
  browser: SigningBrowser,
): Promise<SignedIn> {
  const by = asGuest(browser.caller)
  const proof = await checkProof(deps, by, signIn, answer)
  return transact(deps, by, async (act) => {
    const account = await holdUnchanged(act, signIn)
    if (!(await recordUse(act, account, proof))) return act.refuse(counterRefused())
    return finishSignIn(act, signIn, 'passkey', browser, proof.passkey.id)
  })
}
