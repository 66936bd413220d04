// A PostgreSQL server of a test's own, which may be stopped, started and frozen while nodes use it.
import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import pg from 'pg'
import { createDatabaseOn, type DatabaseKind, type TestDatabase } from './postgres.ts'
import { signalIfThere } from './processes.ts'

const script = new URL('../../../scripts/postgres.mjs', import.meta.url).pathname

export class OwnPostgres implements DatabaseKind {
  readonly name = 'postgres'
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  readonly #lines: Interface
  #url = ''
  #server = 0

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#process = child
    this.#lines = createInterface(child.stdout)
  }

  /**
   * A new server, with all that it keeps in this folder, into which every user has to see; `settings`
   * (`name=value`) go before those of tests.
   */
  static async launch(
    folder = '/tmp',
    settings: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<OwnPostgres> {
    const server = new OwnPostgres(
      spawn(process.execPath, [script, ...settings], {
        // Into the tests' own folder a server of another user, as root starts it, must not look.
        env: { ...process.env, ...env, TMPDIR: folder },
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    )
    await server.#started()
    return server
  }

  /**
   * A hot standby of this server, which reaches it by this URL; this one is stopped while all that is in it
   * is copied.
   */
  async standby(settings: readonly string[] = [], url = this.#url): Promise<OwnPostgres> {
    const [row] = await ask(this.#url, `select current_setting('data_directory') as folder`)
    const env = { SEKISHO_STANDBY_OF: url, SEKISHO_STANDBY_DATA: row?.['folder'] ?? '' }
    return this.stopped(() => OwnPostgres.launch('/tmp', settings, env))
  }

  get url(): string {
    return this.#url
  }

  /** Asks it something, in no database of a test's. */
  ask(question: string): Promise<Readonly<Record<string, string>>[]> {
    return ask(this.#url, question)
  }

  create(): Promise<TestDatabase> {
    return createDatabaseOn(this.#url)
  }

  /** Ends all connections and refuses new ones while the work lasts. */
  async stopped<T>(work: () => Promise<T>): Promise<T> {
    const stopped = once(this.#lines, 'line')
    this.#process.stdin.write('stop\n')
    await stopped
    try {
      return await work()
    } finally {
      const started = this.#started()
      this.#process.stdin.write('start\n')
      await started
    }
  }

  /** Connections stay, and nothing is answered any more while the work lasts. */
  async frozen<T>(work: () => Promise<T>): Promise<T> {
    // One that is begun later cannot begin.
    const pids = await this.processes()
    const signal = (name: NodeJS.Signals) => {
      for (const pid of pids) signalIfThere(pid, name)
    }
    signal('SIGSTOP')
    try {
      return await work()
    } finally {
      signal('SIGCONT')
    }
  }

  /** The end of its machine: all of it stands still at one moment, and is gone. */
  async kill(): Promise<void> {
    const pids = await this.processes()
    for (const pid of pids) signalIfThere(pid, 'SIGSTOP')
    const stopped = once(this.#lines, 'line')
    this.#process.stdin.write('kill\n')
    await stopped
    for (const pid of pids.slice(1)) signalIfThere(pid, 'SIGKILL')
  }

  /** The server and its children: a backend is a process, and a group, of its own. */
  async processes(): Promise<readonly number[]> {
    const children = await promisify(execFile)('pgrep', ['-P', String(this.#server)])
    return [this.#server, ...children.stdout.trim().split('\n').map(Number)]
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
    this.#server = Number(row?.['text']?.split('\n')[0])
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
