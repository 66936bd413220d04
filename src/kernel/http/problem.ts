// The answer to a refused request: application/problem+json, RFC 9457.

/** The codes that the console alone answers: they stand in neither the customers' help nor docs/api.json. */
const consoleStatus = {
  not_allowed: 403,
  own_request: 403,
  request_closed: 409,
  nothing_to_do: 409,
  no_live_passkey: 409,
  passkey_in_force: 409,
  contract_ended: 409,
  checks_missing: 400,
  too_many_reveals: 429,
  too_many_requests: 429,
  too_many_searches: 429,
  too_many_checks: 429,
  case_open: 409,
  case_closed: 409,
  roles_not_allowed: 400,
  operator_known: 409,
  last_admins: 409,
  not_checkable: 409,
} as const satisfies Record<string, number>

const customerStatus = {
  invalid_request: 400,
  not_signed_in: 401,
  cross_site: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  too_large: 413,
  unsupported_media_type: 415,
  wrong_host: 421,
  busy: 503,

  no_sign_in: 404,
  wrong_step: 409,
  no_such_passkey: 404,
  sign_in_refused: 401,
  too_many_attempts: 429,
  too_many_codes: 429,
  code_wrong: 400,
  code_expired: 400,
  code_spent: 400,
  passkey_not_verified: 400,
  ceremony_expired: 400,
  sign_in_again: 403,
  passkey_needed: 403,
  proof_needed: 403,
  email_code_needed: 403,
  name_taken: 409,
  name_not_allowed: 400,
  too_many_passkeys: 409,
  passkey_known: 409,
  start_again: 409,
  no_passkey: 409,
  check_over: 409,
  digits_wrong: 400,
  password_wrong: 400,
  password_not_allowed: 400,
  password_change_needed: 403,
  activation_refused: 400,
  too_many_addresses: 429,
  too_many_stops: 429,
  stop_waits: 409,

  internal_error: 500,
} as const satisfies Record<string, number>

/** Every problem code with its HTTP status; both text catalogues have words for each. */
export const problemStatus = { ...customerStatus, ...consoleStatus } as const

type CustomerProblemCode = keyof typeof customerStatus
type ConsoleProblemCode = keyof typeof consoleStatus
export type ProblemCode = CustomerProblemCode | ConsoleProblemCode
/** All but `internal_error`, which is never thrown: it stands for an unexpected error. */
export type RefusalCode = Exclude<ProblemCode, 'internal_error'>

/** Members beside those that every problem has; they are part of the public answer. */
export type ProblemExtras = Readonly<Record<string, unknown>>

/**
 * A refusal. `code` is public and stable, and selects title and detail in the text catalogues; `extras`
 * go into the answer; `cause` goes to the log only.
 */
export class Problem extends Error {
  readonly code: RefusalCode
  readonly extras: ProblemExtras

  constructor(
    code: RefusalCode,
    { extras = {}, cause }: { extras?: ProblemExtras; cause?: unknown } = {},
  ) {
    super(code, { cause })
    this.name = 'Problem'
    this.code = code
    this.extras = extras
  }
}

/** For `catch`: returns a refusal as a value, and throws every other error on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

/** 429 with the wait in whole seconds, at least one; the answer carries it in `Retry-After` too. */
export function waitProblem(
  code:
    | 'too_many_attempts'
    | 'too_many_codes'
    | 'too_many_addresses'
    | 'too_many_stops'
    | 'too_many_reveals'
    | 'too_many_requests'
    | 'too_many_searches'
    | 'too_many_checks',
  milliseconds: number,
  extras: ProblemExtras = {},
): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(milliseconds / 1000))
  return new Problem(code, { extras: { ...extras, retryAfterSeconds } })
}
