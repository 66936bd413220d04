// The second factors, one row for each. Another one is a row here, and then what does not compile.
import type { HoldReason } from '../vocabulary/reasons.ts'

interface Traits {
  /** The step of a sign-in that proves it, and the end of that step's address. */
  readonly step: string
  /** Rule 24: how strong a proof is, in a word of its own; the rows go from the weakest to the strongest. */
  readonly acr: string
  /** How it is proven (RFC 8176). */
  readonly amr: readonly string[]
  /** Why a switch to it begins a hold (rule 11); null where it begins none. */
  readonly switchHold: HoldReason | null
}

/** What is true of each; where pages, words and steps differ, they are keyed by `Factor`. */
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

/** As the API (`method`) and the database name it. */
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
