// A pool over one or more PostgreSQL hosts: connections come only from the one that takes writes.
import { setTimeout as wait } from 'node:timers/promises'
import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'

const connectWithin = 10_000

// Milliseconds since 1970 and counts fit a number; the driver would hand them over as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export function isPostgresAddress(address: string): boolean {
  return /^postgres(ql)?:\/\//.test(address)
}

/** `report` hears of connections that died while idle; the pool replaces them by itself. */
export function postgresDialect(address: string, report: (error: Error) => void): PostgresDialect {
  return new PostgresDialect({ pool: new WritingHostPool(hostAddresses(address), report) })
}

/** One address for each host of `postgres://user@one:5432,two/name`. */
export function hostAddresses(address: string): string[] {
  const [, start = '', hosts = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(address) ?? []
  return hosts.split(',').map((host) => start + host + rest)
}

class WritingHostPool implements PostgresPool {
  readonly options = {}
  readonly #pools: readonly pg.Pool[]
  #current = 0

  constructor(addresses: readonly string[], report: (error: Error) => void) {
    this.#pools = addresses.map((connectionString) => {
      const options: pg.PoolConfig & { verify: typeof refuseStandby } = {
        connectionString,
        max: 20,
        connectionTimeoutMillis: 2000,
        verify: refuseStandby,
      }
      const pool = new pg.Pool(options)
      // Without a listener a connection that dies would end the process: idle ones are heard of by
      // the pool, those in use by the client.
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
          if (client) return client
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

function refuseStandby(client: pg.ClientBase, done: (error?: Error) => void): void {
  client
    .query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
    .then(
      ({ rows }) => done(rows[0]?.standby ? new Error('this host is a standby') : undefined),
      done,
    )
}
