// The purposes of codes, proofs and ceremonies: domain words, stored in the database as they are.

/**
 * `change` is a proof in a session; the addresses are those that an account is to have, and the one that it had.
 */
export const codePurposes = [
  'sign-in',
  'passkey-registration',
  'change',
  'new-email',
  'old-email',
  'notice-email',
  'activation',
  'forgotten',
] as const
/** Those that are asked for without a password or a session (rule 15). */
export const strangerPurposes = [
  'activation',
  'forgotten',
] as const satisfies readonly CodePurpose[]
export const proofPurposes = ['register', 'switch', 'step-up', 'change'] as const
/**
 * Challenges name them by their place, so new ones stand at the end. A rehearsal proves nothing to anybody, an
 * identity check only to support.
 */
export const ceremonyPurposes = [
  'sign-in',
  'registration',
  'register',
  'switch',
  'step-up',
  'rehearsal',
  'identity-check',
  'change',
  'forgotten',
] as const
/** Where a passkey was when it answered: in the browser's own device, or in another one, by QR code or cable. */
export const ways = ['this-device', 'other-device'] as const

export type CodePurpose = (typeof codePurposes)[number]
export type ProofPurpose = (typeof proofPurposes)[number]
export type CeremonyPurpose = (typeof ceremonyPurposes)[number]
export type Way = (typeof ways)[number]
export type CeremonyKind = 'create' | 'get'
