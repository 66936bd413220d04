// What one transaction sends to PostgreSQL, in few round trips.
import { hash } from 'node:crypto'
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { isOutdatedStatement } from './unavailable.ts'
import { isUnread } from './unread.ts'

/**
 * The names of statements. A name is made from its text, so that it never means another one: behind a pooler
 * a server's connection outlives a restart, and serves several nodes.
 */
export class StatementNames {
  readonly #most: number
  readonly #names = new Map<string, string>()
  #generation = 0
  /** The connections that run every statement as its name says. */
  #fit = new WeakSet<pg.ClientBase>()

  constructor(most: number) {
    this.#most = most
  }

  /** A connection parses and plans a text with a name once; beyond the limit, '' is none. */
  of(text: string): string {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= this.#most) return known ?? ''
    const name = `s${this.#generation}${hash('sha256', text, 'base64url').slice(0, 20)}`
    this.#names.set(text, name)
    return name
  }

  /** Takes a new connection in. */
  add(client: pg.ClientBase): void {
    this.#fit.add(client)
  }

  /** False for a connection that has to go, as it was dropped or has parsed outdated names. */
  fits(client: pg.ClientBase): boolean {
    return this.#fit.has(client)
  }

  drop(client: pg.ClientBase): void {
    this.#fit.delete(client)
  }

  /** Gives every text a new name, unless the connection that found names outdated is itself outdated. */
  renew(client: pg.ClientBase): void {
    if (!this.fits(client)) return
    this.#names.clear()
    this.#generation += 1
    this.#fit = new WeakSet()
  }
}

/** What pg's connection has, and its types have not: the texts by their names. */
interface ParsedStatements {
  readonly parsedStatements: Readonly<Record<string, string>>
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

  release(destroy = false): void {
    this.#client.release(destroy || !this.#names.fits(this.#client))
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
    const mistakesBegin = this.#begins && !this.#hasParsed(query.name)
    try {
      const results: unknown = await (this.#begins ? this.#begin(query) : this.#client.query(query))
      // With `begin` before it there are two.
      return (Array.isArray(results) ? results.at(-1) : results) as PostgresQueryResult<R>
    } catch (error) {
      if (isOutdatedStatement(error)) this.#names.renew(this.#client)
      if (mistakesBegin) this.#names.drop(this.#client)
      // What comes after a failure is refused for it, and hides its cause.
      throw (this.#failure ??= error)
    }
  }

  /** Whether pg need not parse it. It takes a parsed `begin` for the statement behind, which may fail yet. */
  #hasParsed(name: string): boolean {
    const { parsedStatements } = this.#client.connection as pg.Connection & ParsedStatements
    return name === '' || parsedStatements[name] !== undefined
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
