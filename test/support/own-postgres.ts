// A PostgreSQL server of a test's own, which may be stopped, started and frozen while nodes use it.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import pg from 'pg'
import { createDatabaseOn, type DatabaseKind, type TestDatabase } from './postgres.ts'

const script = new URL('../../scripts/postgres.mjs', import.meta.url).pathname

export class OwnPostgres implements DatabaseKind {
  readonly name = 'postgres'
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  readonly #lines: Interface
  #url = ''
  #group = 0

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#process = child
    this.#lines = createInterface(child.stdout)
  }

  static async launch(): Promise<OwnPostgres> {
    const server = new OwnPostgres(
      spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] }),
    )
    await server.#started()
    return server
  }

  create(): Promise<TestDatabase> {
    return createDatabaseOn(this.#url)
  }

  /** Ends all connections and refuses new ones. */
  async stop(): Promise<void> {
    const stopped = once(this.#lines, 'line')
    this.#process.stdin.write('stop\n')
    await stopped
  }

  async start(): Promise<void> {
    const started = this.#started()
    this.#process.stdin.write('start\n')
    await started
  }

  /** Connections stay, and nothing is answered any more. */
  freeze(): void {
    process.kill(-this.#group, 'SIGSTOP')
  }

  thaw(): void {
    process.kill(-this.#group, 'SIGCONT')
  }

  /** Ends every connection but the one that asks for it, as a fail-over does. */
  async endConnections(): Promise<void> {
    await this.#ask(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()',
    )
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.stdin.end()
    await ended
  }

  async #started(): Promise<void> {
    const [url] = (await once(this.#lines, 'line')) as [string]
    this.#url = url
    const [row] = await this.#ask(`select pg_read_file('postmaster.pid') as text`)
    this.#group = Number(row?.['text']?.split('\n')[0])
  }

  async #ask(question: string): Promise<Readonly<Record<string, string>>[]> {
    const client = new pg.Client({ connectionString: this.#url })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query<Readonly<Record<string, string>>>(question)).rows
    } finally {
      await client.end()
    }
  }
}
