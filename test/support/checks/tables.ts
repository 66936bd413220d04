// What the database holds, whole: for rules that say what is never in it, or that nothing changed.
import type { TestContext } from 'node:test'
import { sql } from 'kysely'
import type { TestAccount, World } from '../world/world.ts'

type Row = Readonly<Record<string, unknown>>
export type Snapshot = Readonly<Record<string, readonly Row[]>>
type Waiting = Pick<TestContext, 'waitFor'>

/** All rows of all tables, in an order that stays. */
export async function snapshot({ deps: { db } }: World): Promise<Snapshot> {
  const tables = await db.introspection.getTables()
  const all: Record<string, readonly Row[]> = {}
  for (const { name } of tables.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(db)
    all[name] = rows.toSorted((one, other) =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
    )
  }
  return all
}

/** The cells, as `TABLE.COLUMN`, in which a text stands somewhere. */
export function cellsWith(all: Snapshot, text: string): readonly string[] {
  const cells = Object.entries(all).flatMap(([table, rows]) =>
    rows.flatMap((row) =>
      Object.entries(row)
        .filter(([, value]) => String(value).includes(text))
        .map(([column]) => `${table}.${column}`),
    ),
  )
  return [...new Set(cells)].toSorted()
}

type AccountTable = 'sessions' | 'sign_ins' | 'email_codes' | 'passkeys' | 'audit_events'

/** The rows of one table that belong to an account. */
export async function rowsOf(
  { deps: { db } }: World,
  table: AccountTable,
  { loginId }: TestAccount,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)}
    where account_id = (select id from accounts where login_id = ${loginId})`.execute(db)
  return rows
}

/** Everything in the database as one text, to look for what must not be in it. */
export async function databaseText(world: World): Promise<string> {
  return JSON.stringify(await snapshot(world))
}

/** Does the work and says which tables are not what they were; mails that were waiting have left before. */
export async function changedTables(
  world: World,
  t: Waiting,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  await outboxEmpty(world, t)
  const before = await snapshot(world)
  await work()
  const after = await snapshot(world)
  return Object.keys(after).filter(
    (table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]),
  )
}

/** Resolves when every mail has left the outbox, so that nothing more changes by itself. */
export async function outboxEmpty(world: World, t: Waiting): Promise<void> {
  const look = async () => {
    const waiting = await world.deps.db
      .selectFrom('outbox')
      .select('id')
      .where('sealed', 'is not', null)
      .execute()
    if (waiting.length > 0) throw new Error(`${waiting.length} mails are waiting`)
  }
  await t.waitFor(look, { timeout: 10_000 })
}
