// Rows written past the product, whatever columns its version has: copies of rows that it wrote itself.
import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { isPostgresAddress } from '../src/kernel/db/address.ts'

export type Row = Readonly<Record<string, string | number | null>>

export interface Rows {
  /** The rows of a table in which a column has this value. */
  find(table: string, column: string, value: string): Promise<readonly Row[]>
  /** Inserts rows with all columns of the table, in one transaction. */
  insert(table: string, rows: readonly Row[]): Promise<void>
  count(table: string): Promise<number>
  /** The size of the whole database in bytes. */
  size(): Promise<number>
  /** The bytes that the server has written to its log so far; undefined where it has no server. */
  logged(): Promise<number | undefined>
  /** What the database does by itself in time: statistics, and a tidy log. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Opens a database that a server may be using. */
export function openRows(address: string): Promise<Rows> {
  return isPostgresAddress(address) ? openPostgres(address) : Promise.resolve(openSqlite(address))
}

function openSqlite(address: string): Rows {
  const db = new DatabaseSync(address, { timeout: 30_000 })
  // Seeds may be lost, and there are many of them.
  db.exec('pragma synchronous = off; pragma cache_size = -800000')
  db.exec('pragma wal_autocheckpoint = 100000')
  return {
    async find(table, column, value) {
      const rows = db.prepare(`select * from ${table} where ${column} = ?`).all(value)
      return rows.map((row) => ({ ...row }) as Row)
    },
    async insert(table, rows) {
      const names = Object.keys(rows[0] ?? {})
      const places = names.map(() => '?').join(', ')
      const sql = `insert into ${table} (${names.join(', ')}) values (${places})`
      db.exec('begin immediate')
      const statement = db.prepare(sql)
      for (const row of rows) statement.run(...names.map((name) => row[name] ?? null))
      db.exec('commit')
    },
    async count(table) {
      return Number(db.prepare(`select count(*) as count from ${table}`).get()?.['count'])
    },
    async size() {
      return statSync(address).size
    },
    logged: () => Promise.resolve(undefined),
    async settle() {
      db.exec('pragma wal_checkpoint(truncate)')
    },
    async close() {
      db.close()
    },
  }
}

async function openPostgres(address: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query('set synchronous_commit = off')
  return {
    async find(table, column, value) {
      return (await client.query<Row>(`select * from ${table} where ${column} = $1`, [value])).rows
    },
    async insert(table, rows) {
      const given = `json_populate_recordset(null::${table}, $1)`
      await client.query(`insert into ${table} select * from ${given}`, [JSON.stringify(rows)])
    },
    async count(table) {
      const { rows } = await client.query<Row>(`select count(*) as count from ${table}`)
      return Number(rows[0]?.['count'])
    },
    async size() {
      const question = 'select pg_database_size(current_database()) as bytes'
      return Number((await client.query<Row>(question)).rows[0]?.['bytes'])
    },
    async logged() {
      const question = `select pg_current_wal_insert_lsn() - '0/0' as bytes`
      return Number((await client.query<Row>(question)).rows[0]?.['bytes'])
    },
    async settle() {
      await client.query('analyze')
      await client.query('checkpoint')
    },
    close: () => client.end(),
  }
}
