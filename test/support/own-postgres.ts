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
      spawn(process.execPath, [script], {
        // Into the tests' own folder a server of another user, as root starts it, must not look.
        env: { ...process.env, TMPDIR: '/tmp' },
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
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

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.stdin.end()
    await ended
  }

  async #started(): Promise<void> {
    const ended = once(this.#process, 'exit').then(() => Promise.reject(new Error('no server')))
    const [url] = (await Promise.race([once(this.#lines, 'line'), ended])) as [string]
    this.#url = url
    const [row] = await ask(url, `select pg_read_file('postmaster.pid') as text`)
    this.#group = Number(row?.['text']?.split('\n')[0])
  }
}

/** Ends every connection to a database, as a fail-over or an administrator does. */
export async function endConnections(address: string): Promise<void> {
  const others = 'where datname = current_database() and pid <> pg_backend_pid()'
  await ask(address, `select pg_terminate_backend(pid) from pg_stat_activity ${others}`)
}

async function ask(url: string, question: string): Promise<Readonly<Record<string, string>>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Readonly<Record<string, string>>>(question)).rows
  } finally {
    await client.end()
  }
}
