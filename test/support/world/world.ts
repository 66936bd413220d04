// A whole installation for a test: a database, a mail server, one or more nodes, and a clock to move.
import { pino } from 'pino'
import { startConsole, type RunningConsole } from '../../../src/node/console.ts'
import { startNode, type NodeOptions, type RunningNode } from '../../../src/node/node.ts'
import { addAccount } from '../../../src/operations/support/add-account.ts'
import { readConfig, readMailConfig, type Config } from '../../../src/settings/config.ts'
import type { Environment } from '../../../src/settings/environment.ts'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../authenticator/software-authenticator.ts'
import { watchForBeside } from '../checks/beside.ts'
import { createBegun, password, rememberHash, secret } from './begun.ts'
import { undeclaredInLog } from './declared.ts'
import { HttpClient, type Answer, type HttpClientOptions } from './http-client.ts'
import {
  codeOf,
  hasSubject,
  startMailReceiver,
  type Mail,
  type MailReceiver,
} from './mail-receiver.ts'
import type { DatabaseKind, TestDatabase } from './postgres.ts'
import { freePort } from './processes.ts'
import { randomLetters } from './random-letters.ts'
import { runHere, type CommandResult } from './terminal.ts'

const takeBesides = watchForBeside()

export interface TestAccount {
  readonly loginId: string
  readonly email: string
  readonly password: string
  readonly displayName: string
}

export interface WorldOptions {
  readonly origin?: string
  /** At its own origin, on the real clock, which libraries and browsers live by. */
  readonly reachable?: boolean
  /** Settings beside those that every test needs. */
  readonly env?: Environment | undefined
  /** The clock stands still and is moved by `advance`; false takes the real one. */
  readonly stillClock?: boolean
  /** Where the still clock stands at first; `now` is when the world begins, and not when its file was read. */
  readonly startsAt?: Date | 'now'
  readonly manualFolder?: NodeOptions['manualFolder']
  /** How long requests may take to come in, where a test cannot wait for it. */
  readonly patience?: NodeOptions['patience']
}

interface Ground {
  readonly database: TestDatabase
  readonly mail: MailReceiver
  readonly env: Environment
  readonly config: Config
}

export class World {
  readonly nodes: RunningNode[] = []
  /** The console, where a test has started one; it may have several processes too. */
  readonly consoles: RunningConsole[] = []
  /** Every log line of every node, as text. */
  readonly log: string[] = []
  readonly #kind: DatabaseKind
  readonly #options: WorldOptions
  #ground: Ground | undefined
  #origin: string
  #time: number

  /** Nothing is there before `begin`. */
  constructor(kind: DatabaseKind, options: WorldOptions = {}) {
    const { origin = 'http://localhost:3000', startsAt } = options
    this.#origin = origin
    this.#kind = kind
    this.#options = options
    // In the past, so that a command, which lives in real time, comes after what the test did before.
    const past = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
    this.#time = startsAt instanceof Date ? startsAt.getTime() : past
  }

  static async start(kind: DatabaseKind, options: WorldOptions = {}): Promise<World> {
    const world = new World(kind, options)
    await world.begin()
    return world
  }

  async begin(): Promise<void> {
    if (this.#options.startsAt === 'now') this.#time = Date.now()
    const [database, mail] = await Promise.all([createBegun(this.#kind), startMailReceiver()])
    const port = this.#options.reachable ? await freePort() : 0
    if (port > 0) this.#origin = `http://localhost:${port}`
    const env = {
      SEKISHO_ORIGIN: this.#origin,
      SEKISHO_DATABASE: database.address,
      SEKISHO_MIGRATE: 'never',
      SEKISHO_SECRET: secret,
      SEKISHO_PORT: String(port),
      SEKISHO_SMTP_URL: mail.url,
      SEKISHO_MAIL_FROM: 'Sekisho <no-reply@example.jp>',
      SEKISHO_SUPPORT_PHONE: '0120-000-000',
      ...this.#options.env,
    }
    this.#ground = { database, mail, env, config: readConfig(env) }
    await this.startNode()
  }

  get origin(): string {
    return this.#origin
  }

  get config(): Config {
    return this.#begun.config
  }

  get database(): TestDatabase {
    return this.#begun.database
  }

  get mail(): MailReceiver {
    return this.#begun.mail
  }

  get now(): number {
    const { reachable = false, stillClock = !reachable } = this.#options
    return stillClock ? this.#time : Date.now()
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds
  }

  /** The first node's insides, for what no call of the API can show or prepare. */
  get deps(): RunningNode['deps'] {
    return this.#node(0).deps
  }

  /** Another node, whose settings may differ. */
  async startNode(changes: Environment = {}): Promise<RunningNode> {
    const log = pino({ base: null }, { write: (line: string) => void this.log.push(line) })
    const env = { ...this.#begun.env, ...changes }
    const mail = readMailConfig(env)
    const now = () => this.now
    const { patience, manualFolder } = this.#options
    const node = await startNode({
      ...{ config: readConfig(env), mail, use: 'serve', log, now },
      ...{ patience, manualFolder },
    })
    this.nodes.push(node)
    return node
  }

  /** The support desk's console beside the nodes, on the same clock. */
  async startConsole(changes: Environment = {}): Promise<RunningConsole> {
    const log = pino(
      { base: { surface: 'console' } },
      { write: (line: string) => void this.log.push(line) },
    )
    const port = this.#options.reachable ? await freePort() : 0
    const reached = { SEKISHO_CONSOLE_ORIGIN: `http://localhost:${port}` }
    const env = {
      ...this.#begun.env,
      SEKISHO_CONSOLE_PORT: String(port),
      ...(port > 0 && reached),
      ...changes,
    }
    const { patience } = this.#options
    const started = await startConsole({
      ...{ config: readConfig(env), use: 'serve', log, now: () => this.now, patience },
    })
    this.consoles.push(started)
    return started
  }

  url(node = 0): string {
    return `http://127.0.0.1:${this.#node(node).port}`
  }

  /** A new browser, connected to one of the nodes. */
  client(options: HttpClientOptions & { node?: number } = {}): HttpClient {
    const { node = 0, ...rest } = options
    return new HttpClient(this.url(node), { origin: this.origin, ...rest })
  }

  authenticator(
    options: Partial<Parameters<typeof createAuthenticator>[0]> = {},
  ): SoftwareAuthenticator {
    return createAuthenticator({ origin: this.origin, rpId: this.config.rpId, ...options })
  }

  async addAccount(
    loginId = `user-${randomLetters(8)}`,
    displayName = '田中 花子',
  ): Promise<TestAccount> {
    const account = {
      loginId,
      email: `${loginId}@example.jp`,
      password,
      displayName,
    }
    const deps = { ...this.deps, hasher: rememberHash(this.deps.hasher) }
    const added = await addAccount(deps, account, { name: 'test', reason: 'test' })
    if (typeof added === 'string') throw new Error(added)
    return account
  }

  /** The next mail to an account that no test has taken yet. */
  async nextMail(account: TestAccount, subject?: string): Promise<Mail> {
    return this.mail.next(
      (mail) => mail.to.includes(account.email) && (!subject || hasSubject(mail, subject)),
    )
  }

  async nextCode(account: TestAccount): Promise<string> {
    const isCode = (mail: Mail) =>
      mail.to.includes(account.email) && mail.subject.endsWith('コード')
    return codeOf(await this.mail.next(isCode))
  }

  /** Signs a new browser in with the code by e-mail. */
  async signIn(account: TestAccount, client = this.client()): Promise<HttpClient> {
    const { loginId, password } = account
    expectStatus(await client.post('/api/sign-in', { loginId, password }), 200)
    const code = await this.nextCode(account)
    expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
    return client
  }

  /** Runs `npm run sekisho -- …` as an operator would, with the settings of the nodes. */
  async command(
    words: readonly string[],
    input = '',
    changes: Environment = {},
  ): Promise<CommandResult> {
    const result = await runHere(words, { ...this.#begun.env, ...changes }, input)
    this.#time = Math.max(this.#time, Date.now())
    return result
  }

  async stop(): Promise<void> {
    await Promise.all([...this.nodes, ...this.consoles].map((one) => one.stop()))
    await this.#ground?.mail.stop()
    await this.#ground?.database.drop()
    const held = this.log.filter((line) => line.includes('awaits more than the database'))
    const complaints = [...undeclaredInLog(this.log), ...held, ...takeBesides()]
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  }

  get #begun(): Ground {
    if (!this.#ground) throw new Error('the world has not begun')
    return this.#ground
  }

  #node(index: number): RunningNode {
    const node = this.nodes[index]
    if (!node) throw new Error(`there is no node ${index}`)
    return node
  }
}

/** The answer's body, when its status is the expected one; else an error that shows it. */
export function expectStatus<B>(answer: Answer<B>, status: number): B {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text.slice(0, 500)}`)
  }
  return answer.body
}

/** The stable code of a refusal, when its status is the expected one. */
export function expectProblem(answer: Answer, status: number): string {
  const body = expectStatus(answer, status) as { code?: unknown }
  if (!answer.headers['content-type']?.startsWith('application/problem+json')) {
    throw new Error(`expected a problem, got ${answer.headers['content-type']}`)
  }
  return String(body.code)
}
