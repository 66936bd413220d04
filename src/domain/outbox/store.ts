import { sql, type Insertable, type NotNull } from 'kysely'
import { minutes } from '../../kernel/clock.ts'
import { deleteBatch, inBatch } from '../tables/batch.ts'
import { countUpTo } from '../tables/count.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'

export type OutboxRow = Tables['outbox']

/** Mails that expire contain a code; the others are notices. Neither lane waits for the other. */
export type LaneName = 'codes' | 'notices'

export type NewMail = Insertable<OutboxRow>

export function mailsInsertion(tx: Tx, rows: readonly NewMail[]) {
  return tx.insertInto('outbox').values(rows)
}

/** A mail postponed for longer was postponed by a clock that has since been set back. */
const putOffByWrongClock = 5 * minutes

/** Mails of a lane that are due, the longest waiting first. */
export async function selectDue(
  db: Database,
  lane: LaneName,
  now: number,
  most: number,
): Promise<OutboxRow[]> {
  return dueMailsQuery(db, lane, now, most).execute()
}

/** Every node runs this query every second, so it has to find its few rows by an index. */
export function dueMailsQuery(db: Database, lane: LaneName, now: number, most: number) {
  const waiting = db
    .selectFrom('outbox')
    .selectAll()
    .where('sealed', 'is not', null)
    .where('expires_at', lane === 'codes' ? 'is not' : 'is', null)
    .orderBy('next_try_at')
    .limit(most)
  const due = waiting.where('next_try_at', '<=', now)
  const putOff = waiting.where('next_try_at', '>', now + putOffByWrongClock)
  return db
    .selectFrom(due.as('due'))
    .selectAll()
    .unionAll(db.selectFrom(putOff.as('put_off')).selectAll())
    .orderBy('next_try_at')
    .limit(most)
}

/** Mails of a lane that wait, those after `last` in the order of their next tries. */
export function selectWaitingAfter(
  tx: Tx,
  lane: LaneName,
  last: Pick<OutboxRow, 'next_try_at' | 'id'>,
  most: number,
): Promise<OutboxRow[]> {
  return waitingMails(tx, lane)
    .selectAll()
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('next_try_at', 'id'), '>', tuple(last.next_try_at, last.id)),
    )
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Unless the mail has left meanwhile. */
export function mailResealing(tx: Tx, { id, sealed }: OutboxRow, anew: string) {
  return tx
    .updateTable('outbox')
    .set({ sealed: anew })
    .where('id', '=', id)
    .where('sealed', '=', sealed)
}

/** The time since which a lane's longest waiting mail is due; null when none is. */
export async function selectDueSince(
  db: Database,
  lane: LaneName,
  now: number,
): Promise<number | null> {
  const row = await waitingMails(db, lane)
    .select('next_try_at')
    .where('next_try_at', '<=', now)
    .limit(1)
    .executeTakeFirst()
  return row?.next_try_at ?? null
}

/** How many mails of a lane wait, due or not, counted up to `most`. */
export function countWaiting(db: Database, lane: LaneName, most: number): Promise<number> {
  return countUpTo(db, waitingMails(db, lane).select('next_try_at as at'), most)
}

function waitingMails(db: Database, lane: LaneName) {
  return db
    .selectFrom('outbox')
    .where('sealed', 'is not', null)
    .where('expires_at', lane === 'codes' ? 'is not' : 'is', null)
    .orderBy('next_try_at')
}

/** Takes one due mail for this node, at the latest until `leaseUntil`; false when another node was first. */
export async function claimMail(
  db: Database,
  row: OutboxRow,
  leaseUntil: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ next_try_at: leaseUntil, tries: row.tries + 1, renewals: 0 })
    .where('id', '=', row.id)
    .where('tries', '=', row.tries)
    .where('sealed', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Wipes the content of a mail that was sent, whoever has it in hand by now. */
export async function markSent(db: Database, id: string, at: number): Promise<void> {
  await db.updateTable('outbox').set({ sealed: null, sent_at: at }).where('id', '=', id).execute()
}

/** A mail as a sender's claim has left it. */
export interface ClaimedMail {
  readonly id: string
  readonly tries: number
}

/** A mail that a sender has claimed, as of its latest renewal. */
export interface MailInHand extends ClaimedMail {
  readonly renewals: number
}

/** Says that a mail is still in hand; false when another node has taken it. */
export async function renewMail(db: Database, { id, tries }: ClaimedMail): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ renewals: sql`renewals + 1` })
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('renewals', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** More than the nodes of an installation have hands. */
const mostInHand = 500

/** The mails that any sender has in hand. */
export async function selectInHand(db: Database): Promise<readonly MailInHand[]> {
  return db
    .selectFrom('outbox')
    .select(['id', 'tries', 'renewals'])
    .where('sealed', 'is not', null)
    .where('renewals', '>=', 0)
    .$narrowType<{ renewals: NotNull }>()
    .orderBy('renewals')
    .limit(mostInHand)
    .execute()
}

/** Makes a mail due at `now` that its sender has not renewed since it was seen so. */
export async function releaseMail(db: Database, mail: MailInHand, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ renewals: null, next_try_at: now })
    .where('id', '=', mail.id)
    .where('tries', '=', mail.tries)
    .where('renewals', '=', mail.renewals)
    .execute()
}

/** What came of a failed try, unless the mail has left meanwhile or another node has taken it. */
function afterFailure(db: Database | Tx, { id, tries }: ClaimedMail) {
  return db
    .updateTable('outbox')
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('sealed', 'is not', null)
}

/** The mail waits for its next try. */
export async function postponeMail(
  db: Database,
  mail: ClaimedMail,
  {
    nextTryAt,
    refusedSince,
    refusedForGood,
  }: { nextTryAt: number; refusedSince: number | null; refusedForGood: boolean },
): Promise<void> {
  await afterFailure(db, mail)
    .set({
      next_try_at: nextTryAt,
      renewals: null,
      refused_since: refusedSince,
      ...(refusedForGood && { refusals: sql`refusals + 1` }),
    })
    .execute()
}

/** Wipes the content of a mail whose time was over before it could be sent. */
export async function markExpired(db: Database, mail: ClaimedMail): Promise<void> {
  await afterFailure(db, mail).set({ sealed: null }).execute()
}

/** Wipes the content, and puts the mail on the list of undelivered ones; false when it has left or was taken. */
export async function markUndelivered(
  tx: Tx,
  mail: ClaimedMail,
  { at, reason }: { at: number; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await afterFailure(tx, mail)
    .set({ sealed: null, undelivered_at: at, undelivered_reason: reason })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Wipes the content of mails that came too late; returns how many. */
export async function wipeExpired(db: Database, now: number): Promise<number> {
  const where = sql`sealed is not null and expires_at <= ${now}`
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ sealed: null })
    .where(inBatch({ table: 'outbox', key: ['id'], where, by: 'expires_at' }))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Wipes the mails with codes that wait for an account. */
export async function wipeCodesOf(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ sealed: null })
    .where('account_id', '=', accountId)
    .where('sealed', 'is not', null)
    .where('expires_at', 'is not', null)
    .execute()
}

/** Deletes the mails that wait for accounts, all or of a kind, and those on the list of undelivered ones. */
export async function deleteMailsOf(tx: Tx, ids: readonly string[], kind?: string): Promise<void> {
  const all = tx
    .deleteFrom('outbox')
    .where('account_id', 'in', ids)
    .where((row) => row.or([row('sealed', 'is not', null), row('undelivered_at', 'is not', null)]))
  await (kind === undefined ? all : all.where('kind', '=', kind)).execute()
}

export function deleteWiped(db: Database, createdBefore: number): Promise<number> {
  const where = sql`sealed is null and undelivered_at is null and created_at < ${createdBefore}`
  return deleteBatch(db, { table: 'outbox', key: ['id'], where, by: 'created_at' })
}

export function deleteUndelivered(db: Database, givenUpBefore: number): Promise<number> {
  return deleteBatch(db, {
    table: 'outbox',
    key: ['id'],
    where: sql`undelivered_at < ${givenUpBefore}`,
    by: 'undelivered_at',
  })
}
