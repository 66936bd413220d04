// The purposes of codes, proofs and ceremonies: domain words, stored in the database as they are.

export type CodePurpose = 'sign-in' | 'passkey-registration'
export type ProofPurpose = 'register' | 'switch' | 'step-up'
export type CeremonyKind = 'create' | 'get'
export type CeremonyPurpose = 'sign-in' | 'registration' | ProofPurpose
