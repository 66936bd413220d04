// A pool over one or more PostgreSQL hosts that connects only to the writable one.
import { setTimeout as wait } from 'node:timers/promises'
import {
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely'
import pg from 'pg'
import { seconds } from '../clock.ts'
import { connectWithin, mostConnections } from '../limits.ts'
import { hostAddresses } from './address.ts'

/** The server's limits for one statement, for waiting on a lock, and for an idle transaction. */
const serverLimits = {
  statement_timeout: 5 * seconds,
  lock_timeout: 3 * seconds,
  idle_in_transaction_session_timeout: 10 * seconds,
}
/** If the server does not even report a timeout by then, its connection is abandoned. */
const answerWithin = 7 * seconds

// Milliseconds since 1970 and counts fit a number; by default the driver returns them as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

interface PostgresOptions {
  /** Called when a connection dies; the pool replaces it by itself. */
  readonly report: (error: Error) => void
  /** No time limit on statements: for migrations. */
  readonly patient: boolean
}

export function postgresDialect(address: string, options: PostgresOptions): PostgresDialect {
  return new PostgresDialect({ pool: new WritingHostPool(hostAddresses(address), options) })
}

class WritingHostPool implements PostgresPool {
  readonly options = {}
  readonly #pools: readonly pg.Pool[]
  #current = 0

  constructor(addresses: readonly string[], { report, patient }: PostgresOptions) {
    this.#pools = addresses.map((connectionString) => {
      const options: pg.PoolConfig & { verify: Verify } = {
        connectionString,
        max: mostConnections,
        connectionTimeoutMillis: 2 * seconds,
        keepAlive: true,
        ...(!patient && { query_timeout: answerWithin }),
        verify: verifyClient(patient ? {} : serverLimits),
      }
      const pool = new pg.Pool(options)
      // Without a listener a dying connection would end the process. Idle connections report to the
      // pool, those in use to their client.
      pool.on('error', report)
      pool.on('connect', (client) => client.on('error', report))
      return pool
    })
  }

  async connect(): Promise<PostgresPoolClient> {
    const until = Date.now() + (this.#pools.length > 1 ? connectWithin : 0)
    for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
      let failure: unknown
      for (const [turn] of this.#pools.entries()) {
        const index = (this.#current + turn) % this.#pools.length
        try {
          const client = await this.#pools[index]?.connect()
          this.#current = index
          if (client) return new WatchedClient(client)
        } catch (error) {
          failure = error
        }
      }
      if (Date.now() + pause > until) throw failure
      await wait(pause)
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()))
  }
}

/** Once a connection has timed out, it gets no further statement and is destroyed on release. */
class WatchedClient implements PostgresPoolClient {
  readonly #client: PostgresPoolClient
  #silence: Error | null = null

  constructor(client: PostgresPoolClient) {
    this.#client = client
  }

  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(statement: string | PostgresCursor<R>, parameters: readonly unknown[] = []) {
    if (typeof statement !== 'string') return this.#client.query(statement)
    return this.#ask<R>(statement, parameters)
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy || this.#silence !== null)
  }

  async #ask<R>(statement: string, parameters: readonly unknown[]) {
    if (this.#silence) throw this.#silence
    try {
      return await this.#client.query<R>(statement, parameters)
    } catch (error) {
      if (error instanceof Error && error.message === 'Query read timeout') this.#silence = error
      throw error
    }
  }
}

type Verify = (client: pg.ClientBase, done: (error?: Error) => void) => void

/** Sets the limits by a statement, as a pooler in between may refuse them as start-up parameters. */
function verifyClient(limits: Readonly<Record<string, number>>): Verify {
  const calls = Object.entries(limits).map(
    ([name, milliseconds]) => `, set_config('${name}', '${milliseconds}', false)`,
  )
  const question = `select pg_is_in_recovery() as standby${calls.join('')}`
  return (client, done) => {
    client
      .query<{ standby: boolean }>(question)
      .then(
        ({ rows }) => done(rows[0]?.standby ? new Error('this host is a standby') : undefined),
        done,
      )
  }
}
