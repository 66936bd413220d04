// One connection for looking at a database, which neither makes nor changes anything in it.
import { DatabaseSync } from 'node:sqlite'
import { seconds } from '../clock.ts'
import { driverAddress, isPostgresAddress } from './address.ts'

type Row = Readonly<Record<string, unknown>>

export interface Asker extends AsyncDisposable {
  readonly dialect: 'sqlite' | 'postgres'
  ask(question: string): Promise<readonly Row[]>
  /** The server's process as it was told at the beginning: a pooler tells one that it has made up. */
  readonly toldProcess: number | null
}

const connectsWithin = 3 * seconds
const answersWithin = 5 * seconds

/** Opens one host of PostgreSQL, or a SQLite file that is there. */
export async function openAsker(address: string): Promise<Asker> {
  return isPostgresAddress(address) ? askPostgres(address) : askSqlite(address)
}

function askSqlite(path: string): Asker {
  const file = new DatabaseSync(path, { timeout: 1 * seconds })
  return {
    ...{ dialect: 'sqlite', toldProcess: null },
    ask: async (question) => file.prepare(question).all(),
    async [Symbol.asyncDispose]() {
      file.close()
    },
  }
}

async function askPostgres(address: string): Promise<Asker> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: driverAddress(address),
    connectionTimeoutMillis: connectsWithin,
    query_timeout: answersWithin,
  })
  // What ends it is thrown by the next question.
  client.on('error', () => {})
  await client.connect()
  return {
    dialect: 'postgres',
    ask: async (question) => (await client.query<Row>(question)).rows,
    toldProcess: processOf(client),
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** What pg's client has, and its types have not. */
function processOf(client: object): number | null {
  const { processID } = client as { readonly processID?: unknown }
  return typeof processID === 'number' ? processID : null
}
