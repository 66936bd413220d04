// What one transaction sends to PostgreSQL, in few round trips.
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { isOutdatedStatement } from './unavailable.ts'
import { isUnread } from './unread.ts'

/** The names of statements, the same on every connection of a pool. */
export class StatementNames {
  readonly #most: number
  readonly #names = new Map<string, string>()
  #given = 0

  constructor(most: number) {
    this.#most = most
  }

  /** A connection parses and plans a text with a name once; beyond the limit, '' is none. */
  of(text: string): string {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= this.#most) return known ?? ''
    this.#given += 1
    const name = `s${this.#given}`
    this.#names.set(text, name)
    return name
  }

  /** Gives every text a name that no connection has heard yet. */
  renew(): void {
    this.#names.clear()
  }
}

/**
 * A connection in pg's pipeline mode. `begin` leaves with the first statement after it, or not at all;
 * unread statements leave with the commit. One that the server answers with a rollback throws.
 */
export class Session implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #names: StatementNames
  readonly #unread: Promise<unknown>[] = []
  #begins = false
  #failure: unknown

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    text: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new TypeError('a pipeline has no cursors')
    return this.#ask<R>(text, values)
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy)
  }

  async #ask<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const empty = this.#begins && (text === 'commit' || text === 'rollback')
    const nothing: PostgresQueryResult<R> = { command: 'COMMIT', rowCount: 0, rows: [] }
    if (text === 'begin' || empty) {
      this.#begins = !empty
      return nothing
    }
    const answer = this.#send<R>(text, values)
    if (isUnread(values)) {
      // Thrown by the commit; after a rollback nobody asks.
      answer.catch(() => {})
      this.#unread.push(answer)
      return nothing
    }
    if (text !== 'commit') return answer
    const [{ command }] = await Promise.all([answer, ...this.#unread])
    // PostgreSQL answers the commit of a failed transaction by a rollback, without an error.
    if (command === 'COMMIT') return nothing
    throw this.#failure ?? new Error('the transaction was not committed')
  }

  async #send<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const query = { name: this.#names.of(text), text, values: [...values] }
    try {
      const results: unknown = await (this.#begins ? this.#begin(query) : this.#client.query(query))
      // With `begin` before it there are two.
      return (Array.isArray(results) ? results.at(-1) : results) as PostgresQueryResult<R>
    } catch (error) {
      if (isOutdatedStatement(error)) this.#names.renew()
      this.#failure ??= error
      throw error
    }
  }

  #begin(first: pg.QueryConfig): Promise<unknown> {
    this.#begins = false
    const { connection } = this.#client
    // Only what is sent in parts has its Sync at the end: a statement does not run after a `begin` that failed.
    const inParts = { ...first, queryMode: 'extended' }
    connection.stream.cork()
    try {
      connection.parse({ name: '', text: 'begin', types: [] }, true)
      connection.bind({}, true)
      connection.execute({}, true)
      return this.#client.query(inParts)
    } finally {
      connection.stream.uncork()
    }
  }
}
