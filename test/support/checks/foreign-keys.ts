// A foreign key whose columns no index has makes each change of the row that it refers to a scan.
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { DatabaseKind } from '../world/postgres.ts'

/** `TABLE.COLUMN` of the foreign keys without an index over all rows that begins with the column. */
export async function foreignKeysWithoutIndex(
  { name }: DatabaseKind,
  address: string,
): Promise<readonly string[]> {
  return name === 'sqlite' ? onSqlite(address) : onPostgres(address)
}

function onSqlite(address: string): readonly string[] {
  using db = new DatabaseSync(address)
  const rows = db
    .prepare(
      `select m.name || '.' || f."from" as key from sqlite_schema m, pragma_foreign_key_list(m.name) f
       where m.type = 'table' and not exists (
         select 1 from pragma_index_list(m.name) l, pragma_index_info(l.name) i
         where l.partial = 0 and i.seqno = 0 and i.name = f."from"
       )`,
    )
    .all()
  return rows.map(({ key }) => String(key))
}

async function onPostgres(address: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const { rows } = await client.query<{ key: string }>(
      `select c.conrelid::regclass || '.' || a.attname as key
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'f' and not exists (
         select 1 from pg_index i
         where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1] and i.indpred is null
       )`,
    )
    return rows.map(({ key }) => key)
  } finally {
    await client.end()
  }
}
