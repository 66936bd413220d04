import { Problem } from '../../kernel/http/problem.ts'

/** Refuses an answer that proves nothing; its fault goes to the log only. */
export function passkeyNotVerified(what: string, cause?: unknown): Problem {
  return new Problem('passkey_not_verified', { cause: new Error(what, { cause }) })
}

/** Why an answer was refused, in fixed words that the trail may keep. */
export function whyRefused({ cause, code }: Problem): string {
  return cause instanceof Error ? cause.message : code
}

/** The account has no such passkey: as `passkeyNotVerified`, and the browser may forget the credential. */
export function passkeyUnknown(): Problem {
  // The trail keeps these words, by which the desk knows what to tell a caller.
  const cause = new Error('no live passkey of this account')
  return new Problem('passkey_not_verified', { extras: { unknown: true }, cause })
}
