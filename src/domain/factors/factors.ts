// The second factors, one row each. To add one, add its row and fix the compiler's errors.
import type { HoldReason } from '../vocabulary/reasons.ts'

interface Traits {
  /** The step of a sign-in that proves this factor, and the last part of that step's path. */
  readonly step: string
  /** Rule 24: names the strength of a proof; unique, the rows go from the weakest to the strongest. */
  readonly acr: string
  /** The methods of the proof (RFC 8176). */
  readonly amr: readonly string[]
  /** The reason of the hold that a switch to this factor begins (rule 11); null for no hold. */
  readonly switchHold: HoldReason | null
}

/** The traits of each factor. Pages, texts and steps that differ are keyed by `Factor`. */
export const factors = {
  email: {
    step: 'email-code',
    acr: 'urn:sekisho:acr:email-code',
    amr: ['pwd', 'otp', 'mfa'],
    switchHold: 'factor_switched_to_email',
  },
  passkey: {
    step: 'passkey',
    // Phishing-resistant (OpenID Connect EAP ACR Values).
    acr: 'phr',
    amr: ['pwd', 'pop', 'user', 'mfa'],
    switchHold: null,
  },
} as const satisfies Record<string, Traits>

/** The factor's name in the API (`method`) and in the database. */
export type Factor = keyof typeof factors
export type Acr = (typeof factors)[Factor]['acr']

/** From the weakest to the strongest. */
export const factorNames = Object.keys(factors) as [Factor, ...Factor[]]

/** The `amr` that goes with an `acr`: both come from one proof. */
export function amrOf(acr: Acr): readonly string[] {
  const factor = factorNames.find((name) => factors[name].acr === acr)
  if (!factor) throw new TypeError(`No factor proves ${acr}`)
  return factors[factor].amr
}
