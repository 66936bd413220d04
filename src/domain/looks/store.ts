import type { Insertable } from 'kysely'
import { deskPage } from '../../limits/desk.ts'
import { readableBy, type MayHaveAccount } from '../accounts/own-account.ts'
import { fromTheEnd, type Place } from '../tables/place.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'
import type { LookKind } from '../vocabulary/desk.ts'

export async function insertLook(tx: Tx, look: Insertable<Tables['looks']>): Promise<void> {
  await tx.insertInto('looks').values(look).execute()
}

interface Window {
  readonly kind: LookKind
  readonly since: number
  readonly most: number
}

/** When the oldest of an operator's latest `most` looks since a moment was; null if there were fewer. */
export async function selectFullSince(
  tx: Tx,
  operatorId: string,
  { kind, since, most }: Window,
): Promise<number | null> {
  const rows = await tx
    .selectFrom('looks')
    .select('at')
    .where('operator_id', '=', operatorId)
    .where('kind', '=', kind)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  return rows.length < most ? null : (rows.at(-1)?.at ?? null)
}

/** Whether an operator has asked for another account's data with this ticket since a moment. */
export async function wasTicketOfAnother(
  tx: Tx,
  look: { readonly operatorId: string; readonly ticket: string; readonly accountId: string },
  since: number,
): Promise<boolean> {
  const other = await tx
    .selectFrom('looks')
    .select('id')
    .where('ticket', '=', look.ticket)
    .where('operator_id', '=', look.operatorId)
    .where('at', '>', since)
    .where('account_id', '<>', look.accountId)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

/** Wipes what operators wrote about an account. */
export async function wipeLooksAt(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('looks')
    .set({ reason: null, ticket: null })
    .where('account_id', '=', accountId)
    .where((row) => row.or([row('reason', 'is not', null), row('ticket', 'is not', null)]))
    .execute()
}

interface Look {
  readonly id: string
  readonly at: number
  readonly kind: LookKind
  readonly operatorId: string
  readonly operatorName: string
  readonly accountId: string | null
  readonly found: number | null
  readonly fields: string | null
  readonly reason: string | null
  readonly ticket: string | null
}

/**
 * What operators looked for or at before a place, as far as the reader may see it, the latest first; one more than a
 * page, where there are more.
 */
export async function selectLooks(
  db: Database,
  reader: MayHaveAccount,
  kind: LookKind,
  before: Place | null,
  most: number = deskPage + 1,
): Promise<readonly Look[]> {
  const { at, id } = before ?? fromTheEnd
  return db
    .selectFrom('looks')
    .innerJoin('operators', 'operators.id', 'looks.operator_id')
    .select(['looks.id as id', 'at', 'kind', 'looks.account_id as accountId', 'found', 'fields'])
    .select(['reason', 'ticket', 'operators.id as operatorId', 'operators.name as operatorName'])
    .where('kind', '=', kind)
    .where(readableBy(reader, 'looks.account_id'))
    .where((row) => row(row.refTuple('looks.at', 'looks.id'), '<', row.tuple(at, id)))
    .orderBy('at', 'desc')
    .orderBy('looks.id', 'desc')
    .limit(most)
    .execute()
}
