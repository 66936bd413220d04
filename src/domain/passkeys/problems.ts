import { Problem } from '../../kernel/http/problem.ts'

/** An answer that does not prove what was asked. What was wrong with it is for the log only. */
export function passkeyNotVerified(what: string, cause?: unknown): Problem {
  return new Problem('passkey_not_verified', { cause: new Error(what, { cause }) })
}

/** As `passkeyNotVerified`, and the browser may forget the credential: the account has no such passkey. */
export function passkeyUnknown(): Problem {
  const cause = new Error('no live passkey of this account')
  return new Problem('passkey_not_verified', { extras: { unknown: true }, cause })
}
