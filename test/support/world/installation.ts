// An installation whose nodes are processes of their own: to be killed, starved and watched.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { addAccount } from '../../../src/operations/support/add-account.ts'
import { readConfig, type Config } from '../../../src/settings/config.ts'
import type { Environment } from '../../../src/settings/environment.ts'
import { withDatabase, type CommandDeps } from '../../../src/surfaces/cli/command.ts'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../authenticator/software-authenticator.ts'
import { HttpClient, type HttpClientOptions } from './http-client.ts'
import { codeOf, startMailReceiver, type Mail, type MailReceiver } from './mail-receiver.ts'
import type { DatabaseKind, TestDatabase } from './postgres.ts'
import { passwordProcesses } from './processes.ts'
import { randomLetters } from './random-letters.ts'
import { settingsOf } from './settings.ts'
import { runHere, type CommandResult } from './terminal.ts'
import { expectStatus, type TestAccount } from './world.ts'

const root = new URL('../../..', import.meta.url).pathname
const run = promisify(execFile)

export interface InstallationOptions {
  readonly env?: Environment
}

export class Installation {
  readonly origin = 'http://localhost:3000'
  readonly database: TestDatabase
  readonly config: Config
  mail: MailReceiver
  readonly processes: ServeProcess[] = []
  readonly #env: Environment

  private constructor(
    database: TestDatabase,
    mail: MailReceiver,
    { env = {} }: InstallationOptions,
  ) {
    this.database = database
    this.mail = mail
    this.#env = {
      ...settingsOf(this.origin, database, mail),
      ...env,
    }
    this.config = readConfig(this.#env)
  }

  static async create(
    kind: Pick<DatabaseKind, 'create'>,
    options: InstallationOptions = {},
  ): Promise<Installation> {
    return new Installation(await kind.create(), await startMailReceiver(), options)
  }

  /** Starts `serve`, with words before it such as those of a shell, and waits until it listens. */
  async serve(env: Environment = {}, within: readonly string[] = []): Promise<ServeProcess> {
    const words = [...within, process.execPath, 'src/main.ts', 'serve']
    const child = spawn(words[0] ?? '', words.slice(1), {
      cwd: root,
      env: { ...process.env, ...this.#env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const served = new ServeProcess(child)
    this.processes.push(served)
    await served.listening
    return served
  }

  /** The database and the rest, as a command has them. */
  inside<T>(work: (deps: CommandDeps) => Promise<T>): Promise<T> {
    return withDatabase({ env: this.#env }, work)
  }

  /** Runs `npm run sekisho -- …` beside the nodes, with their settings. */
  command(words: readonly string[]): Promise<CommandResult> {
    return runHere(words, this.#env)
  }

  async addAccounts(count: number): Promise<TestAccount[]> {
    return this.inside((deps) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const loginId = `user-${randomLetters(12)}`
          const password = `correct horse ${randomBytes(4).toString('hex')}`
          const email = `${loginId}@example.jp`
          const account = { loginId, email, password, displayName: '田中 花子' }
          const added = await addAccount(deps, account, { name: 'test', reason: 'test' })
          if (typeof added === 'string') throw new Error(added)
          return account
        }),
      ),
    )
  }

  client({ url }: Pick<ServeProcess, 'url'>, options: HttpClientOptions = {}): HttpClient {
    return new HttpClient(url, { origin: this.origin, ...options })
  }

  authenticator(): SoftwareAuthenticator {
    return createAuthenticator({ origin: this.origin, rpId: this.config.rpId })
  }

  async nextCode({ email }: TestAccount, timeoutMs = 10_000): Promise<string> {
    const isCode = (mail: Mail) => mail.to.includes(email) && mail.subject.endsWith('コード')
    return codeOf(await this.mail.next(isCode, timeoutMs))
  }

  async signIn(account: TestAccount, client: HttpClient): Promise<HttpClient> {
    const { loginId, password } = account
    expectStatus(await client.post('/api/sign-in', { loginId, password }), 200)
    const code = await this.nextCode(account)
    expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
    return client
  }

  async drop(): Promise<void> {
    for (const served of this.processes) await served.kill('SIGKILL')
    await this.mail.stop()
    await this.database.drop()
  }
}

/** One `serve` in a process of its own. */
export class ServeProcess {
  readonly log: string[] = []
  readonly listening: Promise<void>
  readonly ended: Promise<number | string>
  readonly #child: ChildProcess
  #port = 0

  constructor(child: ChildProcess) {
    this.#child = child
    this.ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
    const heard = Promise.withResolvers<void>()
    this.listening = heard.promise
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface(stream).on('line', (line) => {
        this.log.push(line)
        const port = /"port":(\d+),"msg":"listening"/.exec(line)?.[1]
        if (!port) return
        this.#port = Number(port)
        heard.resolve()
      })
    }
    void this.ended.then((how) => heard.reject(new Error(`ended (${how}): ${this.log.join('\n')}`)))
    this.listening.catch(() => {})
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Resident memory in megabytes. */
  async memory(): Promise<number> {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(this.pid)])
    return Number(stdout) / 1024
  }

  /** The process that hashes passwords; waits for it. */
  async passwordProcess(): Promise<number> {
    for (let look = 0; look < 200; look += 1) {
      const [pid] = await passwordProcesses(this.pid)
      if (pid) return pid
      await wait(20)
    }
    throw new Error('there is no password process')
  }

  /** Sends a signal and waits for the end; returns how it ended. */
  async kill(signal: NodeJS.Signals): Promise<number | string> {
    if (this.isRunning) this.#child.kill(signal)
    return this.ended
  }

  /** The log lines that say that something of ours failed. */
  failures(): string[] {
    return this.log.filter((line) =>
      /"code":"internal_error"|^\s*(Error|\w+Error:|node:)/.test(line),
    )
  }
}
