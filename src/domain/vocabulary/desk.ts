// Domain words of the support desk, stored in the database as they are.

export const operatorRoles = ['agent', 'approver', 'admin', 'auditor'] as const
export type OperatorRole = (typeof operatorRoles)[number]

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
export type RequestAct = AccountAct | OperatorAct

/** Whose act it is: an agent's and an approver's, or two admins'. */
export type RequestKind = 'account' | 'operator'

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
