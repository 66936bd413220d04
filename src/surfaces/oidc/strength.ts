// Rule 24: an authorization request is never answered with less than it asked for.
import { factorNames, factors } from '../../domain/factors/factors.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { seconds } from '../../kernel/clock.ts'

/** From the weakest up: a client that asks for one accepts those after it. */
export const acrValues: readonly string[] = factorNames.map((name) => factors[name].acr)

/** The strength that an authorization request asks for. */
interface StrengthRequest {
  readonly acrValues: readonly string[]
  readonly maxAge: number | null
  /** With `prompt=login`: the proof must be later, in milliseconds since 1970. */
  readonly provenAfter: number | null
  /** When the request began to wait for a person. Any later proof is young enough (rule 34). */
  readonly begunAt: number | null
}

export type Parameters = Readonly<Record<string, unknown>>

/** The values of `prompt`, such as `login` and `consent`. */
export function promptsOf({ prompt }: Parameters): readonly string[] {
  return wordsOf(prompt)
}

/** Reads `acr_values`, `max_age` and `prompt` (OpenID Connect Core 1.0, §3.1.2.1). */
export function readStrength(parameters: Parameters, begunAt: number | null): StrengthRequest {
  const maxAge = parameters['max_age']
  return {
    acrValues: wordsOf(parameters['acr_values']),
    maxAge: maxAge === undefined || maxAge === null ? null : Number(maxAge) * seconds,
    provenAfter: promptsOf(parameters).includes('login') ? begunAt : null,
    begunAt,
  }
}

/** Whether a session meets the request without another proof. */
export function fits(
  { acr, provenAt }: Pick<Session, 'acr' | 'provenAt'>,
  { acrValues: asked, maxAge, provenAfter, begunAt }: StrengthRequest,
  now: number,
): boolean {
  if (asked.length > 0 && !asked.some((value) => reaches(acr, value))) return false
  const isOld = maxAge !== null && now - provenAt > maxAge
  if (isOld && (begunAt === null || provenAt < begunAt)) return false
  return provenAfter === null || provenAt >= provenAfter
}

/** Whether only a passkey can meet the request. */
export function needsPasskey({ acrValues: asked }: StrengthRequest): boolean {
  const others = factorNames.filter((name) => name !== 'passkey').map((name) => factors[name].acr)
  return asked.length > 0 && !asked.some((value) => others.some((acr) => reaches(acr, value)))
}

/** Whether any sign-in can meet the request. */
export function canBeMet({ acrValues: asked }: StrengthRequest): boolean {
  return asked.length === 0 || asked.some((value) => acrValues.includes(value))
}

function reaches(acr: string, asked: string): boolean {
  const wanted = acrValues.indexOf(asked)
  return wanted !== -1 && acrValues.indexOf(acr) >= wanted
}

function wordsOf(value: unknown): readonly string[] {
  return String(value ?? '')
    .split(' ')
    .filter(Boolean)
}
