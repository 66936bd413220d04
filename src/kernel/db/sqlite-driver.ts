// Kysely's driver: transactions and single writes take turns on one connection, and reads go at once.
import {
  SelectQueryNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import { mostLogPages } from '../limits.ts'
import { SqliteCheckpoints } from './sqlite-checkpoints.ts'
import { SqliteFile } from './sqlite-file.ts'
import { SharedWriter, type Group } from './sqlite-group.ts'

/** What is deleted is overwritten, in pages that are written anyway: else it stays in the file. */
const writing = `pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = fast;
  pragma wal_autocheckpoint = ${mostLogPages}`

export class SqliteDriver implements Driver {
  readonly #path: string
  readonly #checkpoints: SqliteCheckpoints
  readonly #file: SqliteFile
  readonly #writer: SharedWriter
  readonly #waited: (milliseconds: number) => void
  #reader: SqliteFile | undefined

  constructor(
    path: string,
    report: (error: Error) => void,
    waited: (milliseconds: number) => void = () => {},
  ) {
    this.#waited = waited
    this.#path = path
    this.#checkpoints = new SqliteCheckpoints(path, report)
    this.#file = new SqliteFile(path, writing)
    this.#writer = new SharedWriter(this.#file, {
      report,
      committed: (transactions) => this.#checkpoints.committed(transactions),
    })
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Lease> {
    return new Lease(this.#writer, () => this.#settled(), this.#waited)
  }

  async beginTransaction(lease: Lease): Promise<void> {
    await lease.begin()
  }

  async commitTransaction(lease: Lease): Promise<void> {
    await lease.end('release')
  }

  async rollbackTransaction(lease: Lease): Promise<void> {
    await lease.end('undo')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#checkpoints.stop()
    this.#reader?.close()
    this.#file.close()
  }

  /** A connection that sees all that is committed, and nothing else. */
  #settled(): SqliteFile {
    if (!this.#file.isTransaction) return this.#file
    this.#reader ??= new SqliteFile(this.#path, 'pragma query_only = on')
    return this.#reader
  }
}

/** What Kysely takes for a connection: for a while the member of a group, and bound to that one. */
class Lease implements DatabaseConnection {
  readonly #writer: SharedWriter
  readonly #settled: () => SqliteFile
  readonly #waited: (milliseconds: number) => void
  #group: Group | null = null

  constructor(
    writer: SharedWriter,
    settled: () => SqliteFile,
    waited: (milliseconds: number) => void,
  ) {
    this.#writer = writer
    this.#settled = settled
    this.#waited = waited
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#group) return this.#writer.execute(this.#group, query)
    // A select never writes on SQLite. What is no select may read all the same, as written SQL.
    if (SelectQueryNode.is(query.query)) return this.#settled().execute(query)
    const group = await this.begin()
    try {
      return this.#writer.execute(group, query)
    } catch (error) {
      await this.end('undo')
      throw error
    } finally {
      await this.end('release')
    }
  }

  streamQuery(): never {
    throw new Error('nothing asks for a result in pieces')
  }

  async begin(): Promise<Group> {
    const asked = performance.now()
    this.#group = await this.#writer.enter()
    this.#waited(performance.now() - asked)
    return this.#group
  }

  /** Kysely rolls back when a commit has failed: by then it is over. */
  async end(how: 'release' | 'undo'): Promise<void> {
    const group = this.#group
    this.#group = null
    if (group) await this.#writer.leave(group, how)
  }
}
