// The next step of an authorization request that waits for a person. Every path ends (rule 34).
import type { Client } from '../../domain/clients/client.ts'
import type { Deps } from '../../domain/deps.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { seconds } from '../../kernel/clock.ts'
import { readJwtPart } from './jwt-part.ts'
import { questionToAsk, type Question } from './question.ts'
import { canBeMet, fits, promptsOf, readStrength, type Parameters } from './strength.ts'

/** The members of an interaction that decide on its next step. */
interface Waiting {
  readonly iat: number
  readonly params: Parameters
  /** The account that was signed in when the interaction began. */
  readonly session?: { readonly accountId?: string | undefined } | undefined
}

type NextStep =
  | { readonly step: 'sign-in' | 'sign-in-again' | 'prove' | 'finish' }
  | { readonly step: 'press'; readonly question: Question }
  | { readonly step: 'refuse'; readonly error: Refusal }

type Refusal = 'login_required' | 'unmet_authentication_requirements'

/** The step that an interaction needs next, given the session that the browser has now. */
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
  const question = await questionToAsk(deps, session, client, params, begunAt)
  return question === null ? { step: 'finish' } : { step: 'press', question }
}

/** Whether the client lets the person sign in with another account. */
export function mayChangePerson(parameters: Parameters): boolean {
  return promptsOf(parameters).some((prompt) => prompt === 'login' || prompt === 'select_account')
}

/**
 * Whether the session is of the account that the client wants: the one of its hint, else the one that was
 * signed in when the interaction began, unless the client lets the person change it.
 */
function isWanted({ params, session: begun }: Waiting, { account }: Session): boolean {
  const hinted = hintedAccount(params)
  if (hinted !== undefined) return hinted === account.id
  return !begun?.accountId || begun.accountId === account.id || mayChangePerson(params)
}

/** The account that `id_token_hint` names. The library has verified the hint by now. */
function hintedAccount({ id_token_hint: hint }: Parameters): string | undefined {
  const { sub } = readJwtPart(String(hint ?? ''), 1)
  return typeof sub === 'string' ? sub : undefined
}
