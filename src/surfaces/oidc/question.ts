// A client may have to wait although the person is signed in: for a press on our own page, which no program
// and no other site can make.
import type { ActDeps } from '../../domain/act.ts'
import type { Client } from '../../domain/clients/client.ts'
import { hasConsent } from '../../domain/clients/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectRecord, upsertUnder } from '../../domain/openid/records.ts'
import type { Session } from '../../domain/sessions/session.ts'
import type { Caller } from '../../kernel/caller.ts'
import { longestLifetime } from '../../kernel/limits.ts'
import { isLoopback } from '../../kernel/loopback.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { giveConsent } from '../../operations/consents.ts'
import { promptsOf, type Parameters } from './strength.ts'

/**
 * `third-party`: may this client learn who the person is? `loopback`: a program on this device asks, and
 * any program there can claim to be the client (RFC 8252, §8.6). `account`: is it this account?
 */
export type Question = 'third-party' | 'loopback' | 'account'

type QuestionDeps = Pick<Deps, 'db' | 'now'>

const pressed = 'Pressed'

/** The question that this session has not answered yet for the client, or null. */
export async function unansweredQuestion(
  deps: QuestionDeps,
  session: Session,
  client: Client,
  parameters: Parameters,
): Promise<Exclude<Question, 'account'> | null> {
  const { db, now } = deps
  if (client.settings.thirdParty && !(await hasConsent(db, session.account.id, client.id))) {
    return 'third-party'
  }
  if (!isForLoopback(client, parameters)) return null
  return (await selectRecord(db, pressed, pressId(session, client), now())) ? null : 'loopback'
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
 * on a loopback question for the session. A press for a third party's program answers both.
 */
export async function notePress(
  deps: ActDeps,
  session: Session,
  client: Client,
  parameters: Parameters,
  question: Question,
  caller: Caller,
): Promise<void> {
  if (question === 'third-party') await giveConsent(deps, session.account.id, client, caller)
  if (question === 'account' || !isForLoopback(client, parameters)) return
  const record = {
    kind: pressed,
    idHash: pressId(session, client),
    clientId: client.id,
    payload: JSON.stringify({ clientId: client.id }),
    expiresAt: session.signedInAt + longestLifetime,
  }
  await upsertUnder(deps.db, record, { sessionId: session.id })
}

/**
 * Whether a program on this device receives the answer. A claimed https address is not one: the system
 * opens it in the client alone.
 */
export function isForLoopback({ kind }: Client, { redirect_uri: address }: Parameters): boolean {
  if (kind !== 'native' || typeof address !== 'string') return false
  return isLoopback(new URL(address).hostname)
}

function pressId({ id }: Session, client: Client): string {
  return hashToken(`pressed ${id} ${client.id}`)
}
