// An installation of a checkout: a database of its own, a mail server, and one `serve` on the server's core.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import type { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HttpClient } from '../test/support/world/http-client.ts'
import { startMailReceiver, type MailReceiver } from '../test/support/world/mail-receiver.ts'
import type { OwnPostgres } from '../test/support/world/own-postgres.ts'
import { databases } from '../test/support/world/postgres.ts'
import { passwordProcesses } from '../test/support/world/processes.ts'
import { settingsOf } from '../test/support/world/settings.ts'
import type { Checkout } from './checkout.ts'
import { cpuOf, writtenBy } from './machine.ts'
import type { DatabaseName } from './options.ts'
import { profilerOptions } from './profile.ts'
import { openRows, type Rows } from './rows.ts'
import { Served } from './served.ts'

export const origin = 'http://localhost:3000'
const consoleOrigin = 'http://localhost:3100'

export interface Ground {
  readonly checkout: Checkout
  /** The server, where it is PostgreSQL. */
  readonly postgres: OwnPostgres | undefined
  /** The folder for the profile of its `serve`, if one is wanted. */
  readonly profile: string | undefined
}

export interface CpuTime {
  /** The process that answers; with a console both. */
  readonly app: number
  /** The one that hashes passwords for it. */
  readonly hashing: number
  /** All processes of PostgreSQL; SQLite works in the process that answers. */
  readonly database: number
}

export class Installation {
  readonly label: string
  readonly database: DatabaseName
  readonly mail: MailReceiver
  readonly rows: Rows
  readonly profile: string | undefined
  /** How many things it has done for us so far. */
  done = 0
  readonly #ground: Ground
  readonly #env: NodeJS.ProcessEnv
  readonly #folder: string
  readonly #stack: AsyncDisposableStack
  #served: Served
  #console: Served | undefined

  private constructor(
    ground: Ground,
    parts: {
      env: NodeJS.ProcessEnv
      folder: string
      mail: MailReceiver
      rows: Rows
      served: Served
      stack: AsyncDisposableStack
    },
  ) {
    this.label = ground.checkout.label
    this.database = ground.postgres ? 'postgres' : 'sqlite'
    this.mail = parts.mail
    this.rows = parts.rows
    this.profile = ground.profile
    this.#ground = ground
    this.#env = parts.env
    this.#folder = parts.folder
    this.#served = parts.served
    this.#stack = parts.stack
  }

  /** Starts one; `stack` ends it, also when it has come only half of the way. */
  static async start(ground: Ground, stack: AsyncDisposableStack): Promise<Installation> {
    const { checkout, postgres, profile } = ground
    const own = stack.use(new AsyncDisposableStack())
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-bench-'))
    own.defer(() => rmSync(folder, { recursive: true, force: true }))
    const kind = postgres ?? databases.find(({ name }) => name === 'sqlite')
    const database = await kind?.create()
    if (!database) throw new Error('there is no database')
    own.defer(() => database.drop())
    const mail = await startMailReceiver()
    own.defer(() => mail.stop())
    const inherited = Object.entries(process.env).filter(([name]) => !/^(SEKISHO|NODE)_/.test(name))
    const env = {
      ...Object.fromEntries(inherited),
      ...(profile !== undefined && { NODE_OPTIONS: profilerOptions(profile) }),
      NODE_ENV: 'production',
      ...settingsOf(origin, database, mail),
    }
    const log = join(folder, 'serve.log')
    const served = await Served.start(checkout, env, log, (stop) => own.defer(stop))
    const rows = await openRows(database.address)
    own.defer(() => rows.close())
    return new Installation(ground, { env, folder, mail, rows, served, stack: own })
  }

  get served(): Served {
    return this.#served
  }

  /** Whether its checkout has the support desk's console. */
  get hasConsole(): boolean {
    return existsSync(join(this.#ground.checkout.folder, 'src', 'node', 'console.ts'))
  }

  /** Starts the console beside `serve`, on the same database and core. */
  async startConsole(): Promise<void> {
    const env = { ...this.#env, SEKISHO_CONSOLE_ORIGIN: consoleOrigin, SEKISHO_CONSOLE_PORT: '0' }
    const log = join(this.#folder, 'console.log')
    const defer = (stop: () => Promise<void>) => void this.#stack.defer(stop)
    this.#console = await Served.start(this.#ground.checkout, env, log, defer, 'console')
  }

  /** A new browser at the console, which was started. */
  deskBrowser(agent: Agent): HttpClient {
    if (!this.#console) throw new Error('there is no console')
    return new HttpClient(this.#console.url, { origin: consoleOrigin, agent, surface: 'console' })
  }

  /** A new browser on connections that are kept, as a proxy's are. */
  browser(agent: Agent): HttpClient {
    return new HttpClient(this.#served.url, { origin, agent })
  }

  /** Runs `sekisho WORDS` of its checkout and returns what it printed; a busy database is asked again. */
  command(words: readonly string[], input = ''): string {
    const { NODE_OPTIONS: _, ...env } = this.#env
    const cwd = this.#ground.checkout.folder
    const options = { cwd, env, input, encoding: 'utf8' } as const
    for (let tries = 1; ; tries += 1) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['src/main.ts', ...words],
        options,
      )
      if (status === 0) return stdout
      if (tries === 5 || !stderr.includes('busy')) throw new Error(`${words.join(' ')}: ${stderr}`)
    }
  }

  /** Starts `serve` again on the same database, after it was stopped. */
  async start(): Promise<void> {
    const log = join(this.#folder, 'serve.log')
    this.#served = await Served.start(this.#ground.checkout, this.#env, log, (stop) =>
      this.#stack.defer(stop),
    )
  }

  /** What its processes have used so far: CPU in microseconds, and bytes written by the database. */
  async used(): Promise<{ readonly cpu: CpuTime; readonly written: number }> {
    const { pid } = this.#served
    const answering = [pid, ...(this.#console ? [this.#console.pid] : [])]
    const hashing = await passwordProcesses(pid)
    const [server, ...others] = (await this.#ground.postgres?.processes()) ?? []
    const ended = server === undefined ? 0 : cpuOf([server], { children: true })
    return {
      cpu: { app: cpuOf(answering), hashing: cpuOf(hashing), database: ended + cpuOf(others) },
      written:
        (await this.rows.logged()) ?? answering.reduce((sum, one) => sum + writtenBy(one), 0),
    }
  }

  /** Stops it and removes everything. */
  stop(): Promise<void> {
    return this.#stack.disposeAsync()
  }
}
