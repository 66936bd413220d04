import type { ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import type { Deps } from '../../domain/deps.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { withProof } from '../check-proof.ts'
import { finishSignIn, type SignedIn, type SigningBrowser } from './finish.ts'

/**
 * Finishes a sign-in by the passkey chosen for it. Refuses as `withProof` does, and with 404
 * `no_sign_in` when the sign-in has ended or its account's factors have changed meanwhile.
 */
export async function proveByPasskey(
  deps: ActDeps & Pick<Deps, 'site'>,
  signIn: SignIn,
  answer: AuthenticationAnswer,
  browser: SigningBrowser,
): Promise<SignedIn> {
  const { browser: tokens } = browser
  const expected = { purposes: ['sign-in'], outrun: 'no_sign_in', tokens } as const
  const by = asGuest(browser.caller)
  return withProof(deps, by, signIn, expected, answer, (act, proven) =>
    finishSignIn(act, { ...signIn, account: proven.account }, 'passkey', browser, proven),
  )
}
