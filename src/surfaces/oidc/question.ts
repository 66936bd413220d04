// A client may have to wait although the person is signed in: for a press on our own page, which no program
// and no other site can make.
import type { Client } from '../../domain/clients/client.ts'
import { hasConsent } from '../../domain/clients/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { pressedClient, type RecordName } from '../../domain/openid/records.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isLoopback } from '../../kernel/loopback.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { longestLifetime } from '../../limits/sessions.ts'
import { giveConsent } from '../../operations/openid/consents.ts'
import { ownUnit } from './seams/own-request.ts'
import { promptsOf, type Parameters } from './strength.ts'

/**
 * `third-party`: may this client learn who the person is? `loopback`: a program on this device asks, and
 * any program there can claim to be the client (RFC 8252, §8.6). `account`: is it this account?
 */
export type Question = 'third-party' | 'loopback' | 'account'

type QuestionDeps = Pick<Deps, 'db'>

/** The question that this session has not answered yet for the client, or null. */
export async function unansweredQuestion(
  { db }: QuestionDeps,
  session: Session,
  client: Client,
  parameters: Parameters,
): Promise<Exclude<Question, 'account'> | null> {
  if (client.settings.thirdParty && !(await hasConsent(db, session.account.id, client.id))) {
    return 'third-party'
  }
  if (!isForLoopback(client, parameters)) return null
  return (await ownUnit().find(pressName(session, client))) ? null : 'loopback'
}

/** The question of an interaction: one that is open, or one that the client's `prompt` asks anew; or null. */
export async function questionToAsk(
  deps: QuestionDeps,
  session: Session,
  client: Client,
  parameters: Parameters,
  begunAt: number,
): Promise<Question | null> {
  const prompts = promptsOf(parameters)
  const open = await unansweredQuestion(deps, session, client, parameters)
  if (open) return open
  if (prompts.includes('consent')) {
    if (client.settings.thirdParty) return 'third-party'
    if (isForLoopback(client, parameters)) return 'loopback'
  }
  // A person who signed in under this very request has chosen the account.
  return prompts.includes('select_account') && session.signedInAt < begunAt ? 'account' : null
}

/**
 * Keeps the answer to the question that was pressed, and to no other: a consent for the account, a press
 * on a loopback question for the session. A press for a third party's program answers both. None stands
 * without the session (rule 33).
 */
export function notePress(
  session: Session,
  client: Client,
  parameters: Parameters,
  question: Question,
): void {
  ownUnit().require(async (act, hold) => {
    if (question === 'third-party') await giveConsent(act, session.account.id, client)
    if ((await hold({ sessionId: session.id })) === null) throw new Problem('not_signed_in')
    return undefined
  })
  if (question === 'account' || !isForLoopback(client, parameters)) return
  ownUnit().save({
    ...pressName(session, client),
    clientId: client.id,
    payload: JSON.stringify({ clientId: client.id }),
    sessionId: session.id,
    expiresAt: session.signedInAt + longestLifetime,
  })
}

/**
 * Whether a program on this device receives the answer. A claimed https address is not one: the system
 * opens it in the client alone.
 */
export function isForLoopback({ kind }: Client, { redirect_uri: address }: Parameters): boolean {
  if (kind !== 'native' || typeof address !== 'string') return false
  return isLoopback(new URL(address).hostname)
}

function pressName({ id }: Session, client: Client): RecordName {
  return { kind: pressedClient, idHash: hashToken(`pressed ${id} ${client.id}`) }
}
