import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { Caller } from '../ground/visit.ts'
import { beginSession } from '../sessions/begin.ts'
import type { SecondFactor, Tx } from '../storage/tables.ts'
import { noSignIn } from './current.ts'
import type { SignIn } from './sign-in.ts'
import { deleteSignIn } from './store.ts'

/** What a finished sign-in leaves in the browser, and where it leads. */
export interface SignedIn {
  readonly sessionToken: string
  readonly continueTo: string
}

/**
 * Ends a sign-in whose second factor was proven in this transaction, and begins the session. Of two
 * that try at once, one does; the other gets 404 `no_sign_in`.
 */
export async function finishSignIn(
  tx: Tx,
  deps: Pick<Deps, 'now'>,
  signIn: SignIn,
  {
    factor,
    caller,
    replaces,
    passkeyId,
  }: { factor: SecondFactor; caller: Caller; replaces: string | undefined; passkeyId?: string },
): Promise<SignedIn> {
  if (!(await deleteSignIn(tx, signIn.id))) throw noSignIn()
  const accountId = signIn.account.id
  const sessionToken = await beginSession(tx, deps, { accountId, factor, caller, replaces })
  await recordEvent(tx, deps, caller, {
    event: 'authn_login_success',
    accountId,
    detail: { factor, ...(passkeyId === undefined ? {} : { passkey: passkeyId }) },
  })
  return { sessionToken, continueTo: signIn.continueTo }
}
