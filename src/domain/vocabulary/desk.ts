// Domain words of the support desk, stored in the database as they are.

export const operatorRoles = ['agent', 'approver', 'admin', 'auditor'] as const
export type OperatorRole = (typeof operatorRoles)[number]
/** Who may look at accounts, and at what is asked for them. */
export const accountReaders = [
  'agent',
  'approver',
  'auditor',
] as const satisfies readonly OperatorRole[]

/** What is dangerous to an account: a request by an agent, an approval by an approver. */
export const accountActs = [
  'remove-passkey',
  'resume-passkey',
  'reopen',
  'reopen-many',
  'change-email',
  'activation-code',
  'end-hold',
] as const
/** What makes operators: a request by one admin, an approval by another. */
export const operatorActs = ['add-operator', 'change-roles', 'enrolment-code'] as const

export type AccountAct = (typeof accountActs)[number]
export type OperatorAct = (typeof operatorActs)[number]

/** All that is asked for. */
export const requestActs = [...accountActs, ...operatorActs] as const
export type RequestAct = (typeof requestActs)[number]

/** Whose act it is: an agent's and an approver's, or two admins'. */
export const requestKinds = ['account', 'operator'] as const
export type RequestKind = (typeof requestKinds)[number]

/** The ceremonies of operators' passkeys; challenges name them by their place. An approval has its own (rule 39). */
export const operatorCeremonies = ['enrolment', 'sign-in', 'proof', 'further-passkey'] as const
export type OperatorCeremony = (typeof operatorCeremonies)[number]

/** `approved`: it waits for `takes_effect_at`; `lapsed` is said of what waits too long or was outrun. */
export const requestStates = [
  'waiting',
  'approved',
  'done',
  'refused',
  'withdrawn',
  'cancelled',
  'lapsed',
] as const
export type RequestState = (typeof requestStates)[number]

/** What a supervisor should see. */
export const alertKinds = [
  'many-by-pair',
  'request-at-night',
  'recovered-then-changed',
  'reveal-without-ticket',
  'too-many-requests',
  'too-many-calls',
  'too-many-searches',
  'too-many-reveals',
  'own-account',
  'operator-by-command',
  'operator-counter',
  'caller-said-no',
  'holder-cancelled',
  'many-stops',
  'case-opened',
  'case-taken-over',
  'case-closed',
] as const
export type AlertKind = (typeof alertKinds)[number]

/** What an operator looked for or at; each is recorded (rule 41). */
export const lookKinds = ['search', 'reveal', 'export'] as const
export type LookKind = (typeof lookKinds)[number]

/** What stays masked until it is asked for with a reason and a ticket. */
export const revealedFields = ['displayName', 'email'] as const
export type RevealedField = (typeof revealedFields)[number]

/** How an account stands, as the desk sees it. */
export const accountStates = ['open', 'locked', 'closed', 'erased'] as const
export type AccountState = (typeof accountStates)[number]
