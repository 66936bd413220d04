// A pool over one or more PostgreSQL hosts that connects only to the writable one.
import { setTimeout as wait } from 'node:timers/promises'
import {
  PostgresAdapter,
  PostgresDialect,
  sql,
  type Kysely,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely'
import pg from 'pg'
import { seconds } from '../clock.ts'
import { connectWithin, mostConnections } from '../limits.ts'
import { driverAddress, hostAddresses } from './address.ts'
import { Session, StatementNames } from './postgres-session.ts'
import { passesByItself } from './unavailable.ts'

/** The server's limits for one statement, for waiting on a lock, and for an idle transaction. */
const serverLimits = {
  statement_timeout: 5 * seconds,
  lock_timeout: 3 * seconds,
  idle_in_transaction_session_timeout: 10 * seconds,
}
/** Less than the second after which PostgreSQL looks for a deadlock, and might end what a node does. */
const migrationWaits = 0.4 * seconds

/** If the server does not even report a timeout by then, the driver destroys the connection. */
const answerWithin = 7 * seconds

/** For each connection. The product has fewer, but for lists of every length. */
const keptStatements = 500

// Milliseconds since 1970 and counts fit a number; by default the driver returns them as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

interface PostgresOptions {
  /** Called when a connection dies; the pool replaces it by itself. */
  readonly report: (error: Error) => void
  /** Hears how many milliseconds each transaction or single statement waited for a connection. */
  readonly waited?: (milliseconds: number) => void
  /** No time limit on statements: for migrations. */
  readonly patient: boolean
  /** Whether statements are kept under names; a pooler in between may not know them. */
  readonly prepared: boolean
}

export function postgresDialect(address: string, options: PostgresOptions): PostgresDialect {
  return new PoolableDialect({ pool: new WritingHostPool(hostAddresses(address), options) })
}

class PoolableDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new PoolableAdapter()
  }
}

/**
 * Kysely's own lock stays with the connection, which a pooler gives to others when the migration has ended. Once a
 * migration has it, the nodes that go on meanwhile wait for it and not it for them.
 */
class PoolableAdapter extends PostgresAdapter {
  override async acquireMigrationLock(tx: Kysely<unknown>): Promise<void> {
    // The key of Kysely's lock: nodes of the versions before wait for ours, and ours for theirs.
    await sql`select pg_advisory_xact_lock(3853314791062309107)`.execute(tx)
    await sql`select set_config('lock_timeout', ${String(migrationWaits)}, true)`.execute(tx)
  }

  override async releaseMigrationLock(): Promise<void> {}
}

class WritingHostPool implements PostgresPool {
  readonly options = {}
  readonly #pools: readonly pg.Pool[]
  readonly #names: StatementNames
  readonly #startsNow: boolean
  readonly #waited: (milliseconds: number) => void
  #current = 0

  constructor(
    addresses: readonly string[],
    { report, waited = () => {}, patient, prepared }: PostgresOptions,
  ) {
    this.#waited = waited
    this.#names = new StatementNames(prepared ? keptStatements : 0)
    this.#startsNow = patient
    this.#pools = addresses.map((address) => {
      const options: pg.PoolConfig & { verify: Verify } = {
        connectionString: driverAddress(address),
        max: mostConnections,
        connectionTimeoutMillis: 2 * seconds,
        keepAlive: true,
        // What is sent while an answer is awaited leaves at once, as `begin` does with what follows it.
        pipeline: true,
        ...(!patient && { query_timeout: answerWithin }),
        verify: verifyClient(patient ? {} : serverLimits),
      }
      const pool = new pg.Pool(options)
      // Without a listener a dying connection would end the process. Each reports it itself; of an idle one
      // the pool says it again, with all that the driver knows of the connection.
      pool.on('error', () => {})
      pool.on('connect', (client) => {
        client.on('error', report)
        this.#names.add(client)
      })
      return pool
    })
  }

  async connect(): Promise<PostgresPoolClient> {
    const asked = performance.now()
    const until = Date.now() + (this.#pools.length > 1 ? connectWithin : 0)
    for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
      const failures: unknown[] = []
      for (const [turn] of this.#pools.entries()) {
        const index = (this.#current + turn) % this.#pools.length
        try {
          const client = await this.#pools[index]?.connect()
          this.#current = index
          if (!client) continue
          this.#waited(performance.now() - asked)
          return new Session(client, this.#names)
        } catch (error) {
          failures.push(error)
        }
      }
      // What one host refuses another may grant, in a moment. The start says at once what does not pass.
      const canPass = failures.some((one) => passesByItself(one, this.#startsNow))
      if (!canPass || Date.now() + pause > until) throw mostTelling(failures)
      await wait(pause)
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()))
  }
}

/** Of several hosts, the one that answers says more than those that do not, and a standby says least. */
function mostTelling(failures: readonly unknown[]): unknown {
  const states = failures.filter((one) => /^\d[0-9A-Z]{4}$/.test(codeOf(one)))
  const others = failures.filter(
    (one) => !(one instanceof Error && /is a standby$/.test(one.message)),
  )
  return states[0] ?? others[0] ?? failures[0]
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code)
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
