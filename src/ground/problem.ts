// What a refused request answers: application/problem+json, RFC 9457.
import type { ProblemCode } from '../text/texts.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 421 | 429 | 503

/** Members that a problem adds to the ones every problem has; they are part of the public answer. */
export type ProblemExtras = Readonly<Record<string, unknown>>

/**
 * A refusal in the caller's words. `code` is public and stable, and finds the title and the detail in
 * the text catalogues; `extras` go into the answer; `cause` goes to the log only.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: ProblemStatus
  readonly extras: ProblemExtras

  constructor(
    code: ProblemCode,
    status: ProblemStatus,
    { extras = {}, cause }: { extras?: ProblemExtras; cause?: unknown } = {},
  ) {
    super(code, { cause })
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.extras = extras
  }
}

/** 429 with the wait in whole seconds, at least one; the answer carries it in `Retry-After` too. */
export function waitProblem(code: ProblemCode, milliseconds: number): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(milliseconds / 1000))
  return new Problem(code, 429, { extras: { retryAfterSeconds } })
}
