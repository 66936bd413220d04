// Where operators are signed in: 15 minutes idle, 10 hours at most (rule 37).
import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { operatorIdle, operatorLongest } from '../../limits/operators.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { operatorColumns, readOperator, type OperatorSession } from './operator.ts'

interface NewOperatorSession {
  readonly id: string
  readonly tokenHash: string
  readonly operatorId: string
  readonly passkeyId: string
  readonly browser: string | null
  readonly system: string | null
  readonly now: number
}

export async function insertOperatorSession(tx: Tx, session: NewOperatorSession): Promise<void> {
  await tx
    .insertInto('operator_sessions')
    .values({
      id: session.id,
      token_hash: session.tokenHash,
      operator_id: session.operatorId,
      passkey_id: session.passkeyId,
      browser: session.browser,
      system: session.system,
      signed_in_at: session.now,
      proven_at: session.now,
      last_seen_at: session.now,
    })
    .execute()
}

/** The session of a token, with its operator as the roles stand now. */
export async function selectOperatorSession(
  db: Database | Tx,
  tokenHash: string,
  now: number,
): Promise<OperatorSession | undefined> {
  const row = await live.first(db, {
    tokenHash,
    idleSince: now - operatorIdle,
    signedInSince: now - operatorLongest,
  })
  if (!row) return undefined
  const { sessionId, passkeyId, signedInAt, provenAt, lastSeenAt, ...operator } = row
  return {
    ...{ id: sessionId, operator: readOperator(operator), passkeyId },
    ...{ signedInAt, provenAt, lastSeenAt },
  }
}

interface LiveAt {
  readonly tokenHash: string
  readonly idleSince: number
  readonly signedInSince: number
}

const live = statement((db: Database, { tokenHash, idleSince, signedInSince }: LiveAt) =>
  db
    .selectFrom('operator_sessions')
    .innerJoin('operators', 'operators.id', 'operator_sessions.operator_id')
    .select(operatorColumns)
    .select([
      'operator_sessions.id as sessionId',
      'operator_sessions.passkey_id as passkeyId',
      'operator_sessions.signed_in_at as signedInAt',
      'operator_sessions.proven_at as provenAt',
      'operator_sessions.last_seen_at as lastSeenAt',
    ])
    .where('operator_sessions.token_hash', '=', tokenHash)
    .where('operator_sessions.last_seen_at', '>', idleSince)
    .where('operator_sessions.signed_in_at', '>', signedInSince)
    .where('operators.closed_at', 'is', null),
)

/** Holds a session's row, so that it stays live in the act; undefined when it has ended. */
export async function holdOperatorSession(
  tx: Tx,
  id: string,
  now: number,
): Promise<{ readonly provenAt: number } | undefined> {
  return tx
    .selectFrom('operator_sessions')
    .select('proven_at as provenAt')
    .where('id', '=', id)
    .where('last_seen_at', '>', now - operatorIdle)
    .where('signed_in_at', '>', now - operatorLongest)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function updateOperatorSeen(
  db: Database | Tx,
  id: string,
  now: number,
): Promise<void> {
  await seen.run(db, { id, now })
}

const seen = statement((db: Database, { id, now }: { id: string; now: number }) =>
  db
    .updateTable('operator_sessions')
    .set({ last_seen_at: now })
    .where('id', '=', id)
    .where('last_seen_at', '<', now),
)

/** Notes a fresh proof, under a new token; false when the session has ended. */
export async function updateOperatorProof(
  tx: Tx,
  id: string,
  { tokenHash, now }: { readonly tokenHash: string; readonly now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('operator_sessions')
    .set({ token_hash: tokenHash, proven_at: now, last_seen_at: now })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Uses up a session's proof, or the sign-in that counts as one. */
export async function useOperatorProof(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('operator_sessions').set({ proven_at: 0 }).where('id', '=', id).execute()
}

/** When each operator with a live session was last seen. */
export async function selectPresent(
  db: Database | Tx,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await present.all(db, {
    idleSince: now - operatorIdle,
    signedInSince: now - operatorLongest,
  })
  return new Map(rows.map(({ operatorId, lastSeenAt }) => [operatorId, Number(lastSeenAt)]))
}

const present = statement(
  (db: Database, { idleSince, signedInSince }: { idleSince: number; signedInSince: number }) =>
    db
      .selectFrom('operator_sessions')
      .select(({ fn }) => ['operator_id as operatorId', fn.max('last_seen_at').as('lastSeenAt')])
      .where('last_seen_at', '>', idleSince)
      .where('signed_in_at', '>', signedInSince)
      .groupBy('operator_id'),
)

/** When each operator was last seen in a session that is not swept yet. */
export async function selectLastSeen(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('operator_sessions')
    .select(({ fn }) => ['operator_id as operatorId', fn.max('last_seen_at').as('lastSeenAt')])
    .groupBy('operator_id')
    .execute()
  return new Map(rows.map(({ operatorId, lastSeenAt }) => [operatorId, Number(lastSeenAt)]))
}

/** Ends one session; false when it had ended. */
export async function deleteOperatorSession(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('operator_sessions')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Ends the session of a token, as another one replaces it. */
export async function deleteReplacedOperatorSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('operator_sessions').where('token_hash', '=', tokenHash).execute()
}

/** Ends an operator's sessions. */
export async function deleteOperatorSessions(tx: Tx, operatorId: string): Promise<void> {
  await tx.deleteFrom('operator_sessions').where('operator_id', '=', operatorId).execute()
}

/** Ends every session of the console; a desk has few. */
export async function deleteAllOperatorSessions(tx: Tx): Promise<void> {
  await tx.deleteFrom('operator_sessions').execute()
}

/** Deletes a batch of the sessions that were last seen before a time; returns how many. */
export function deleteOperatorSessionsBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'operator_sessions',
    key: ['id'],
    where: sql`last_seen_at <= ${time}`,
    by: 'last_seen_at',
  })
}
