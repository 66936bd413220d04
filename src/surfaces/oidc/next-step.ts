// Where an authorization request stands that waits for its person: each of its ways ends (rule 34).
import type { Client } from '../../domain/clients/client.ts'
import type { Deps } from '../../domain/deps.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { seconds } from '../../kernel/clock.ts'
import { readJwtPart } from './jwt-part.ts'
import { findQuestion, type Question } from './question.ts'
import { canBeMet, fits, promptsOf, readStrength, type Parameters } from './strength.ts'

/** What of an interaction decides on its next step. */
interface Waiting {
  readonly iat: number
  readonly params: Parameters
  /** Who was signed in when it began. */
  readonly session?: { readonly accountId?: string | undefined } | undefined
}

type NextStep =
  | { readonly step: 'sign-in' | 'sign-in-again' | 'prove' | 'finish' }
  | { readonly step: 'press'; readonly question: Question }
  | { readonly step: 'refuse'; readonly error: Refusal }

type Refusal = 'login_required' | 'unmet_authentication_requirements'

/** What an interaction needs next, with the session that the browser has now. */
export async function nextStep(
  deps: Pick<Deps, 'db' | 'now'>,
  waiting: Waiting,
  client: Client,
  session: Session | null,
): Promise<NextStep> {
  const { params } = waiting
  const begunAt = waiting.iat * seconds
  const asked = readStrength(params, begunAt)
  if (!canBeMet(asked)) return { step: 'refuse', error: 'unmet_authentication_requirements' }
  if (!session) return { step: 'sign-in' }
  if (!isWanted(waiting, session)) {
    const maySignIn = mayChangePerson(params) && session.signedInAt < begunAt
    return maySignIn ? { step: 'sign-in-again' } : { step: 'refuse', error: 'login_required' }
  }
  if (!fits(session, asked, deps.now())) return { step: 'prove' }
  const question = await findQuestion(deps, session, client, params, begunAt)
  return question === null ? { step: 'finish' } : { step: 'press', question }
}

/** Whether the application leaves it to the person as whom they sign in. */
export function mayChangePerson(parameters: Parameters): boolean {
  return promptsOf(parameters).some((prompt) => prompt === 'login' || prompt === 'select_account')
}

/** A hint names the person; without one it is who the request began with, unless that may change. */
function isWanted({ params, session: begun }: Waiting, { account }: Session): boolean {
  const hinted = hintedAccount(params)
  if (hinted !== undefined) return hinted === account.id
  return !begun?.accountId || begun.accountId === account.id || mayChangePerson(params)
}

/** Whose sign-in `id_token_hint` asks for; the library has verified it before it came here. */
function hintedAccount({ id_token_hint: hint }: Parameters): string | undefined {
  const { sub } = readJwtPart(String(hint ?? ''), 1)
  return typeof sub === 'string' ? sub : undefined
}
