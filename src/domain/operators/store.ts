import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { OperatorRole } from '../vocabulary/desk.ts'
import { operatorColumns, readOperator, writeRoles, type DeskOperator } from './operator.ts'

/** An operator, closed ones too. */
export async function selectOperator(
  db: Database | Tx,
  id: string,
): Promise<DeskOperator | undefined> {
  const row = await byId.first(db, { id })
  return row && readOperator(row)
}

const byId = statement((db: Database, { id }: { id: string }) =>
  db.selectFrom('operators').select(operatorColumns).where('id', '=', id),
)

/** Holds the row: other transactions that hold or change it wait. */
export async function holdOperator(tx: Tx, id: string): Promise<DeskOperator> {
  const row = await held.first(tx, { id })
  if (!row) throw new TypeError('operators are never deleted')
  return readOperator(row)
}

const held = statement((db: Database, { id }: { id: string }) =>
  db.selectFrom('operators').select(operatorColumns).where('id', '=', id).forNoKeyUpdate(),
)

/**
 * Holds the rows of some operators, in the one order in which `holdOpenOperators` holds all: no two acts wait for
 * each other.
 */
export async function holdOperators(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .selectFrom('operators')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/**
 * Holds an operator whose right the act depends on, as it stands now and not as the session was read (rule 9): after
 * the account, where there is one. Throws as `requireWorking`.
 */
export async function holdWorkingOperator(
  tx: Tx,
  id: string,
  roles: readonly OperatorRole[],
): Promise<DeskOperator> {
  const operator = await holdOperator(tx, id)
  requireWorking(operator, roles)
  return operator
}

/** Throws 403 `not_allowed` for an operator who is closed, or has none of the roles; null asks for none. */
export function requireWorking(
  { closedAt, roles: own }: Pick<DeskOperator, 'closedAt' | 'roles'>,
  roles: readonly OperatorRole[] | null,
): void {
  const has = roles === null || roles.some((role) => own.includes(role))
  if (closedAt !== null || !has) throw new Problem('not_allowed')
}

/** The operator of the handle that a passkey answers with. */
export async function selectOperatorByHandle(
  db: Database | Tx,
  userHandle: string,
): Promise<DeskOperator | undefined> {
  const row = await byHandle.first(db, { userHandle })
  return row && readOperator(row)
}

const byHandle = statement((db: Database, { userHandle }: { userHandle: string }) =>
  db.selectFrom('operators').select(operatorColumns).where('user_handle', '=', userHandle),
)

/** All operators, those at work first, by name. A desk has few, and none is ever deleted. */
export async function selectOperators(db: Database | Tx): Promise<readonly DeskOperator[]> {
  const rows = await db.selectFrom('operators').select(operatorColumns).execute()
  return rows
    .map(readOperator)
    .toSorted((one, other) =>
      one.closedAt === other.closedAt
        ? compare(one.name, other.name) || compare(one.id, other.id)
        : (one.closedAt ?? 0) - (other.closedAt ?? 0),
    )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

/** Those who are not closed. */
export async function selectOpenOperators(db: Database | Tx): Promise<readonly DeskOperator[]> {
  const rows = await open.all(db, {})
  return rows.map(readOperator)
}

const open = statement((db: Database) => openOperators(db))

/** Holds the rows of all who are not closed, in one order, so that no two acts take the last admins away. */
export async function holdOpenOperators(tx: Tx): Promise<readonly DeskOperator[]> {
  const rows = await openOperators(tx).forNoKeyUpdate().execute()
  return rows.map(readOperator)
}

function openOperators(db: Database) {
  return db
    .selectFrom('operators')
    .select(operatorColumns)
    .where('closed_at', 'is', null)
    .orderBy('id')
}

/** False when the operator's customer account is that of another one who is not closed. */
export async function insertOperator(tx: Tx, operator: DeskOperator): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('operators')
    .values({
      id: operator.id,
      name: operator.name,
      contact: operator.contact,
      user_handle: operator.userHandle,
      roles: writeRoles(operator.roles),
      account_id: operator.accountId,
      version: operator.version,
      created_at: operator.createdAt,
      closed_at: operator.closedAt,
    })
    .onConflict((conflict) =>
      conflict.column('account_id').where('closed_at', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Makes void what was begun with the operator's earlier passkeys or roles. */
export async function incrementOperatorVersion(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('operators')
    .set({ version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function updateRoles(
  tx: Tx,
  id: string,
  roles: readonly OperatorRole[],
): Promise<void> {
  await tx
    .updateTable('operators')
    .set({ roles: writeRoles(roles), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function updateClosed(tx: Tx, id: string, now: number): Promise<void> {
  await tx
    .updateTable('operators')
    .set({ closed_at: now, version: sql`version + 1` })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute()
}
