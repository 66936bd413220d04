// What a code, a proof and a ceremony are for: words of the domain, which the database keeps as they stand.

export type CodePurpose = 'sign-in' | 'passkey-registration'
export type ProofPurpose = 'register' | 'switch' | 'step-up'
export type CeremonyKind = 'create' | 'get'
export type CeremonyPurpose = 'sign-in' | 'registration' | ProofPurpose
