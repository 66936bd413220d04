// Fills the tables that grow, for what plans and times depend on: distinct texts, times in a row.
import type { DatabaseSync } from 'node:sqlite'
import type pg from 'pg'

/** Tables that have as many rows as a broker has clients, keys or announcements: a scan of them is short. */
const short =
  /^(announcements|clients|client_logos|installation|logout_waits|oidc_keys|kysely_\w+|pg_\w+|sqlite_\w+)$/

/** Tables that have as many rows as a support desk has members. Others refer to them, so they are filled up to it. */
const ofDesk = /^(operators|operator_passkeys|operator_sessions|enrolment_codes)$/
const mostOfDesk = 300

export const grows = (table: string) => !short.test(table) && !ofDesk.test(table)

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly mayBeNull: boolean
}

/** A row's value as SQL, of the row's number `i`. */
function valueOf({ column, type, mayBeNull }: Column): string {
  const value =
    column === 'second_factor'
      ? `'email'`
      : /^(kind|event|purpose)$/.test(column)
        ? `'k' || i % 9`
        : type === 'text'
          ? `'r' || i`
          : type === 'bigint'
            ? `1000000 + i`
            : `i % 5`
  return mayBeNull ? `case when i % 2 = 0 then ${value} end` : value
}

/** Statements that insert rows up to this number, those that are there already left alone. */
function insertsOf(columns: readonly Column[], series: string): readonly string[] {
  const tables = [...Map.groupBy(columns, ({ table }) => table)].filter(
    ([table]) => !short.test(table),
  )
  return tables.map(([table, own]) => {
    const names = own.map(({ column }) => column).join(', ')
    const values = own.map(valueOf).join(', ')
    const some = ofDesk.test(table) ? `i <= ${mostOfDesk}` : 'true'
    return `insert into ${table} (${names}) select ${values} from ${series} where ${some} on conflict do nothing`
  })
}

export function seedSqlite(db: DatabaseSync, rows: number): void {
  const columns = db
    .prepare(
      `select m.name as "table", c.name as "column", lower(c.type) as type,
         c."notnull" = 0 and c.pk = 0 as mayBeNull
       from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'`,
    )
    .all() as unknown as (Omit<Column, 'mayBeNull'> & { mayBeNull: number })[]
  const series = `(with recursive n(i) as (values (1) union all select i + 1 from n where i < ${rows})
    select i from n)`
  db.exec('pragma foreign_keys = off; pragma synchronous = off; begin')
  for (const insert of insertsOf(
    columns.map((column) => ({ ...column, mayBeNull: column.mayBeNull === 1 })),
    series,
  )) {
    db.exec(insert)
  }
  db.exec('commit; pragma foreign_keys = on; analyze')
}

export async function seedPostgres(client: pg.Client, rows: number): Promise<void> {
  const { rows: columns } = await client.query<Column>(
    `select table_name as table, column_name as column, data_type as type,
       is_nullable = 'YES' as "mayBeNull"
     from information_schema.columns where table_schema = 'public' order by ordinal_position`,
  )
  await client.query('set session_replication_role = replica')
  for (const insert of insertsOf(columns, `generate_series(1, ${rows}) i`)) {
    await client.query(insert)
  }
  await client.query('set session_replication_role = origin')
  await client.query('analyze')
  // As for disks without a head: a scan of so few rows then costs what one of a million costs by default.
  await client.query('set random_page_cost = 1.1')
}
