// The purposes of codes, proofs and ceremonies: domain words, stored in the database as they are.

export const codePurposes = ['sign-in', 'passkey-registration'] as const
export const proofPurposes = ['register', 'switch', 'step-up'] as const
/** Challenges name them by their place. A rehearsal proves nothing to anybody, an identity check only to support. */
export const ceremonyPurposes = [
  ...(['sign-in', 'registration', ...proofPurposes, 'rehearsal'] as const),
  'identity-check',
] as const
/** Where a passkey was when it answered: in the browser's own device, or in another one, by QR code or cable. */
export const ways = ['this-device', 'other-device'] as const

export type CodePurpose = (typeof codePurposes)[number]
export type ProofPurpose = (typeof proofPurposes)[number]
export type CeremonyPurpose = (typeof ceremonyPurposes)[number]
export type Way = (typeof ways)[number]
export type CeremonyKind = 'create' | 'get'
