// The purposes of codes, proofs and ceremonies: domain words, stored in the database as they are.

export const codePurposes = ['sign-in', 'passkey-registration'] as const
export const proofPurposes = ['register', 'switch', 'step-up'] as const
export const ceremonyPurposes = ['sign-in', 'registration', ...proofPurposes] as const

export type CodePurpose = (typeof codePurposes)[number]
export type ProofPurpose = (typeof proofPurposes)[number]
export type CeremonyPurpose = (typeof ceremonyPurposes)[number]
export type CeremonyKind = 'create' | 'get'
