import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { permissionLifetime } from '../../limits/passkeys.ts'
import type { Act } from '../act.ts'
import type { Acr } from '../factors/factors.ts'
import { deleteBatch, inBatch } from '../tables/batch.ts'
import type { Database, Flag, Tx } from '../tables/tables.ts'
import type { ProofPurpose } from '../vocabulary/purposes.ts'
import type { SessionEndReason } from '../vocabulary/reasons.ts'
import { insertEnded } from './ended.ts'

interface NewSession {
  readonly id: string
  readonly tokenHash: string
  readonly accountId: string
  readonly acr: Acr
  readonly provenWith: string | null
  readonly browser: string | null
  readonly system: string | null
  readonly newBrowser: Flag
  readonly factorSince: number | null
  readonly passwordBreached: Flag
  readonly now: number
}

export const sessionInsertion = statement((db: Database, session: NewSession) =>
  db.insertInto('sessions').values({
    id: session.id,
    token_hash: session.tokenHash,
    account_id: session.accountId,
    acr: session.acr,
    proven_with: session.provenWith,
    browser: session.browser,
    system: session.system,
    signed_in_at: session.now,
    proven_at: session.now,
    last_seen_at: session.now,
    new_browser: session.newBrowser,
    factor_since: session.factorSince,
    password_breached: session.passwordBreached,
  }),
)

export async function updateLastSeen(
  db: Database | Tx,
  sessionId: string,
  now: number,
): Promise<void> {
  await seen.run(db, { sessionId, now })
}

const seen = statement((db: Database, { sessionId, now }: { sessionId: string; now: number }) =>
  db
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now),
)

interface Proof {
  readonly tokenHash: string
  readonly acr: Acr
  readonly passkeyId: string
  readonly factorSince: number
  readonly now: number
  readonly purpose: ProofPurpose
  readonly factorsVersion: number
}

export async function updateProof(tx: Tx, sessionId: string, proof: Proof): Promise<boolean> {
  const kept = proof.purpose === 'step-up'
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({
      token_hash: proof.tokenHash,
      acr: proof.acr,
      proven_at: proof.now,
      proven_with: proof.passkeyId,
      factor_since: proof.factorSince,
      last_seen_at: proof.now,
      proof_purpose: kept ? null : proof.purpose,
      proof_at: kept ? null : proof.now,
      proof_version: kept ? null : proof.factorsVersion,
    })
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Stores a proof by a code, for `change`: it opens that alone, and the strength of the session stays what it was
 * (rule 8).
 */
export async function updateCodeProof(
  { tx, now }: Act,
  sessionId: string,
  tokenHash: string,
  factorsVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({ token_hash: tokenHash, last_seen_at: now })
    .set({ proof_purpose: 'change', proof_at: now, proof_version: factorsVersion })
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Lets a session go on whose password was breached; false when it has ended, or goes on already. */
export async function takeBreached(tx: Tx, sessionId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({ password_breached: 0 })
    .where('id', '=', sessionId)
    .where('password_breached', '=', 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Whether `takeProof` would find the proof. Holds the session's row, so that the answer stays true in the act. */
export async function holdProof(
  { tx, now }: Act,
  sessionId: string,
  purpose: ProofPurpose,
  factorsVersion: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('proof_purpose', '=', purpose)
    .where('proof_at', '>', now - permissionLifetime)
    .where('proof_version', '=', factorsVersion)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Uses up a proof; false when there is none, or when it is older than the factors' last change. */
export async function takeProof(
  { tx, now }: Act,
  sessionId: string,
  purpose: ProofPurpose,
  factorsVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({ proof_purpose: null, proof_at: null, proof_version: null })
    .where('id', '=', sessionId)
    .where('proof_purpose', '=', purpose)
    .where('proof_at', '>', now - permissionLifetime)
    .where('proof_version', '=', factorsVersion)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Grants the permission to register one passkey; returns its expiry. */
export async function grantPermission(
  { tx, now }: Act,
  sessionId: string,
  factorsVersion: number,
): Promise<number> {
  const until = now + permissionLifetime
  await tx
    .updateTable('sessions')
    .set({ register_until: until, register_version: factorsVersion })
    .where('id', '=', sessionId)
    .execute()
  return until
}

/** Whether the session may register a passkey now. Holds its row, so that the answer stays true in the act. */
export async function holdPermission(
  { tx, now }: Act,
  sessionId: string,
  factorsVersion: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('register_until', '>', now)
    .where('register_version', '=', factorsVersion)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Uses the permission up that `holdPermission` found. */
export async function takePermission({ tx }: Act, sessionId: string): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ register_until: null, register_version: null })
    .where('id', '=', sessionId)
    .execute()
}

/** Charges one try at a code; returns the number charged so far, or null when none is left (rule 14). */
export async function chargeSessionTry(
  tx: Tx,
  sessionId: string,
  most: number,
): Promise<number | null> {
  const row = await tx
    .updateTable('sessions')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('id', '=', sessionId)
    .where('code_tries', '<', most)
    .returning('code_tries')
    .executeTakeFirst()
  return row?.code_tries ?? null
}

export async function refundSessionTry(tx: Tx, sessionId: string): Promise<void> {
  await tx
    .updateTable('sessions')
    .set((eb) => ({ code_tries: eb('code_tries', '-', 1) }))
    .where('id', '=', sessionId)
    .execute()
}

const endedColumns = ['id', 'account_id', 'token_hash'] as const

/**
 * Ends the sessions of one account at once (rule 23), optionally `only` one or all `except` one, queues the
 * logouts of their clients, and keeps the reason for their browsers. Returns how many ended.
 */
export async function deleteSessions(
  { tx, now }: Act,
  accountId: string,
  why: SessionEndReason,
  { only, except }: { only?: string; except?: string } = {},
): Promise<number> {
  let query = tx.deleteFrom('sessions').where('account_id', '=', accountId)
  if (only !== undefined) query = query.where('id', '=', only)
  if (except !== undefined) query = query.where('id', '<>', except)
  return insertEnded(tx, await query.returning(endedColumns).execute(), { now, why })
}

/** Ends the session of a token, as another one replaces it. */
export async function deleteReplaced({ tx, now }: Act, tokenHash: string): Promise<void> {
  const ended = await tx
    .deleteFrom('sessions')
    .where('token_hash', '=', tokenHash)
    .returning(endedColumns)
    .execute()
  await insertEnded(tx, ended, { now, why: 'replaced' })
}

/** Ends a batch of all the sessions there are, for support; returns the account of each. */
export async function deleteSomeSessions({ tx, now }: Act): Promise<readonly string[]> {
  const batch = inBatch({ table: 'sessions', key: ['id'], where: sql`id > ''`, by: 'id' })
  const some = tx.deleteFrom('sessions').where(batch)
  const ended = await some.returning(endedColumns).execute()
  await insertEnded(tx, ended, { now, why: 'support' })
  return ended.map(({ account_id }) => account_id)
}

/**
 * Deletes sessions whose time lies between `after` and `before`, but for those with live grants, so that a
 * lock can end these (rule 23); returns how many. Each time has an index of its own.
 */
export async function deleteSessionsBefore(
  db: Database,
  time: 'last_seen_at' | 'signed_in_at',
  { after, before, now }: { after: number; before: number; now: number },
): Promise<number> {
  const column = sql.ref(time)
  const where = sql`${column} > ${after} and ${column} <= ${before} and not exists (
    select 1 from oidc_records
    where kind = 'Grant' and session_id = sessions.id and expires_at > ${now}
  )`
  return deleteBatch(db, { table: 'sessions', key: ['id'], where, by: time })
}
