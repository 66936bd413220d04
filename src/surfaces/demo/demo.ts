// `npm start`: Sekisho and all that it needs, to be tried out on one machine only.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { minutes } from '../../kernel/clock.ts'
import { isLoopback } from '../../kernel/loopback.ts'
import { defaultHold } from '../../limits/accounts.ts'
import { startConsole, type RunningConsole } from '../../node/console.ts'
import { openLog } from '../../node/log.ts'
import { startNode } from '../../node/node.ts'
import { readConfig, readMailConfig, type Config } from '../../settings/config.ts'
import { ConfigError, type Environment } from '../../settings/environment.ts'
import type { SettingName } from '../../settings/settings.ts'
import { inWords } from '../../text/in-words.ts'
import {
  done,
  readOptions,
  Refusal,
  type Answer,
  type Command,
  type ExitStatus,
  type Terminal,
} from '../cli/command.ts'
import { untilSignal } from '../cli/until-asked.ts'
import { prepareDemoAccounts, type DemoAccount } from './accounts.ts'
import { showMailbox } from './mailbox-page.ts'
import { startMailbox, type Mailbox } from './mailbox.ts'
import { prepareDemoOperators, type DemoOperator } from './operators.ts'
import { startTradingDesk, type RunningDesk } from './trading-desk.ts'

const defaultDatabase = 'data/demo.sqlite'
const defaultDeskPort = 3200

export const demo: Command = {
  usage: '',
  async run(args, terminal) {
    readOptions(args, [])
    const mailbox = await startMailbox()
    try {
      return await runDemo(mailbox, terminal)
    } finally {
      await mailbox.stop()
    }
  },
}

async function runDemo(mailbox: Mailbox, { env, tell, complain }: Terminal): Promise<ExitStatus> {
  const settings = demoSettings(env, mailbox.smtpUrl)
  const config = readConfig(settings)
  const [elsewhere] = Object.entries(placesOf(config)).filter(
    ([, host]) => host !== undefined && !isLoopback(host),
  )
  if (elsewhere) {
    const [setting] = elsewhere
    throw new Refusal('not_loopback', `${setting}: the demo runs on a loopback address only`)
  }
  await using stack = new AsyncDisposableStack()
  const node = await startNode({
    config,
    mail: readMailConfig(settings),
    use: 'demo',
    log: openLog(env['SEKISHO_DEMO_LOG'] ?? 'warn'),
    extraPages: [['/demo/mailbox', showMailbox(mailbox)]],
  })
  stack.defer(() => node.stop())
  const file = beside(config.database, 'demo-accounts.json')
  const accounts = await prepareDemoAccounts(node.deps, file)
  const port = Number(env['SEKISHO_DEMO_DESK_PORT'] || defaultDeskPort)
  const deskFile = beside(config.database, 'demo-trading-desk.json')
  const desk = await startTradingDesk(node.deps, { port, file: deskFile })
  if (desk) stack.defer(() => desk.stop())
  else complain(withoutDesk(port))
  const supportDesk = await startSupportDesk(config, complain)
  if (supportDesk) stack.defer(() => supportDesk.stop())
  // That they are made by command is no news here.
  const { heard: _, ...quietly } = node.deps
  const operatorsFile = beside(config.database, 'demo-operators.json')
  const operators = await prepareDemoOperators(quietly, operatorsFile)
  const asked = untilSignal()
  tell(welcome(config, { accounts, operators, desk, supportDesk }))
  await asked
  return done
}

type Place = Extract<SettingName, `SEKISHO_${string}${'HOST' | 'ORIGIN'}`>

/** The hosts of all listeners and origins, by setting: without a row for each, this does not compile. */
function placesOf({ origin, host, console, operations, telephone }: Config) {
  return {
    SEKISHO_ORIGIN: new URL(origin).hostname,
    SEKISHO_HOST: host,
    SEKISHO_CONSOLE_ORIGIN: new URL(console.origin).hostname,
    SEKISHO_CONSOLE_HOST: console.host,
    SEKISHO_OPERATIONS_HOST: operations?.host,
    SEKISHO_TELEPHONE_HOST: telephone?.host,
  } satisfies Record<Place, string | undefined>
}

/** The console of customer support; null when it cannot listen, as when its port is taken. */
async function startSupportDesk(
  config: Config,
  complain: Terminal['complain'],
): Promise<RunningConsole | null> {
  const log = openLog('warn')
  try {
    return await startConsole({ config, use: 'demo', log })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    complain(`The console did not start (${error.message}), and the demo goes on without it.
Another port: SEKISHO_CONSOLE_PORT=${config.console.port + 1} npm start`)
    return null
  }
}

function demoSettings(env: Environment, smtpUrl: string): Environment {
  const database = env['SEKISHO_DATABASE'] || defaultDatabase
  const port = env['SEKISHO_PORT'] || '3000'
  const ownSecret = env['SEKISHO_SECRET'] || env['SEKISHO_SECRET_FILE']
  return {
    SEKISHO_ORIGIN: `http://localhost:${port}`,
    SEKISHO_BRAND: 'Sekisho 証券',
    SEKISHO_SUPPORT_PHONE: '0120-000-000',
    SEKISHO_CONSOLE_ORIGIN: `http://localhost:${env['SEKISHO_CONSOLE_PORT'] || '3100'}`,
    SEKISHO_LINK_HOME: '/',
    // A broker has pages of its own for these.
    SEKISHO_LINK_TERMS: '/help',
    SEKISHO_LINK_PRECAUTIONS: '/help',
    SEKISHO_LINK_MAINTENANCE: '/help',
    // Three minutes, so that a withdrawal can be tried before and after the hold.
    SEKISHO_HOLD_HOURS: '0.05',
    ...env,
    SEKISHO_DATABASE: database,
    ...(!ownSecret && { SEKISHO_SECRET: keptSecret(beside(database, 'demo-secret')) }),
    SEKISHO_SMTP_URL: smtpUrl,
    SEKISHO_SMTP_URL_FILE: undefined,
    SEKISHO_MAIL_FROM: 'Sekisho 証券 <no-reply@example.jp>',
  }
}

function keptSecret(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const secret = randomBytes(32).toString('base64url')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** A PostgreSQL database has no folder, so its demo keeps files beside the default database. */
function beside(database: string, name: string): string {
  return join(dirname(/^postgres/.test(database) ? defaultDatabase : database), name)
}

function withoutDesk(port: number): string {
  return `The trading desk did not start on port ${port}, and the demo goes on without it.
Another port: SEKISHO_DEMO_DESK_PORT=${port + 1} npm start`
}

interface Started {
  readonly accounts: readonly DemoAccount[]
  readonly operators: readonly DemoOperator[]
  readonly desk: RunningDesk | null
  readonly supportDesk: RunningConsole | null
}

function welcome(
  { origin, database, holdMilliseconds, console: { origin: consoleOrigin } }: Config,
  { accounts, operators, desk, supportDesk }: Started,
): Answer {
  const found = {
    ...{ origin, mailbox: `${origin}/demo/mailbox`, desk: desk?.origin ?? null, accounts },
    console: supportDesk && consoleOrigin,
    operators,
  }
  const words = `
Sekisho demo: ${origin}

  Sign in here:   ${origin}/sign-in
  Read the mail:  ${found.mailbox}

  login ID    password             name
${accounts.map(lineOf).join('\n')}

After a first passkey, the account has a hold of ${Math.round(holdMilliseconds / minutes)} minutes here (${inWords(defaultHold, 'en')} by default).

No Windows Hello, Touch ID or phone at hand? Chromium and Chrome have a virtual one:
  DevTools → ⋮ → More tools → WebAuthn → Enable virtual authenticator environment → Add
  (ctap2, internal, with resident keys and user verification). Keep DevTools open.

${supportDesk ? supportWords(consoleOrigin, operators) : ''}
The commands, for who runs the machine:
  export SEKISHO_DATABASE=${database} SEKISHO_SECRET_FILE=${beside(database, 'demo-secret')}
  npm run sekisho -- passkeys list --login-id ${accounts[0]?.loginId ?? 'ID'}

Stop with Ctrl-C. The data stays in ${dirname(beside(database, 'x'))}/.
`
  return { found, words: desk ? [`\n取引画面: ${desk.origin}`, words] : [words] }
}

function supportWords(origin: string, operators: readonly DemoOperator[]): string {
  return `Customer support: ${origin}
  Enrol each operator at ${origin}/enrol, in a browser profile of their own: an agent asks, an approver approves.

  operator      role      enrolment code
${operators.map(operatorLine).join('\n')}

  Adding an operator takes two admins; the second one by command: operators add --name NAME --roles admin
`
}

function operatorLine({ name, roles, code }: DemoOperator): string {
  // Japanese letters are as wide as two others.
  const width = [...name].reduce((sum, letter) => sum + (letter > '\u2fff' ? 2 : 1), 0)
  const says = code ?? 'enrolled: signs in with a passkey'
  return `  ${name}${' '.repeat(Math.max(0, 12 - width))}  ${roles.join().padEnd(8)}  ${says}`
}

function lineOf({ loginId, password, displayName }: DemoAccount): string {
  return `  ${loginId.padEnd(10)}  ${password.padEnd(19)}  ${displayName}`
}
