// All commands of `npm run sekisho -- COMMAND`, and what a command's end means to a shell.
import { isUnavailable } from './kernel/db/unavailable.ts'
import { Problem, type ProblemCode } from './kernel/http/problem.ts'
import { readCommands } from './settings/config.ts'
import { ConfigError, type Environment } from './settings/environment.ts'
import { databaseFault } from './settings/faults.ts'
import { unknownSettings } from './settings/unknown.ts'
import {
  done,
  misused,
  Refusal,
  refused,
  UsageError,
  type Answer,
  type Command,
  type ExitStatus,
  type Terminal,
} from './surfaces/cli/command.ts'
import { openings } from './surfaces/cli/openings.ts'
import { withoutRuntimeWarning } from './surfaces/oidc/seams/runtime-warning.ts'
import { problemWords } from './text/problem-words.ts'
import { texts } from './text/texts.ts'

const accounts = () => import('./surfaces/cli/accounts.ts')
const contracts = () => import('./surfaces/cli/contracts.ts')
const announcements = () => import('./surfaces/cli/announcements.ts')
const backups = () => import('./surfaces/cli/backup.ts')
const clients = () => import('./surfaces/cli/clients.ts')
const operators = () => import('./surfaces/cli/operators.ts')
const passkeys = () => import('./surfaces/cli/passkeys.ts')
const receipts = () => import('./surfaces/cli/receipts.ts')
const keys = () => import('./surfaces/cli/keys.ts')
const server = () => withoutRuntimeWarning(() => import('./surfaces/cli/serve.ts'))

// A command loads only what it needs: most answer without the server, and the server starts without them.
const commands = {
  serve: async () => (await server()).serve,
  demo: async () => (await withoutRuntimeWarning(() => import('./surfaces/demo/demo.ts'))).demo,
  console: async () => (await import('./surfaces/cli/console.ts')).consoleCommand,
  migrate: async () => (await server()).migrate,
  'accounts add': async () => (await accounts()).add,
  'accounts show': async () => (await accounts()).show,
  'accounts lock': async () => (await accounts()).lock,
  'accounts unlock': async () => (await accounts()).unlock,
  'accounts close': async () => (await contracts()).close,
  'accounts reopen': async () => (await contracts()).reopen,
  'accounts erase': async () => (await contracts()).erase,
  'accounts set-password': async () => (await accounts()).setPassword,
  'accounts set-email': async () => (await accounts()).setEmail,
  'announcements set': async () => (await announcements()).set,
  'announcements list': async () => (await announcements()).list,
  'announcements remove': async () => (await announcements()).remove,
  backup: async () => (await backups()).backup,
  restore: async () => (await backups()).restore,
  'clients add': async () => (await clients()).add,
  'clients list': async () => (await clients()).list,
  'clients change': async () => (await clients()).change,
  'clients remove': async () => (await clients()).remove,
  doctor: async () => (await import('./surfaces/cli/doctor/doctor.ts')).doctor,
  'help-texts': async () => (await import('./surfaces/cli/help-texts.ts')).print,
  'keys revoke': async () => (await keys()).revoke,
  'keys rotate': async () => (await keys()).rotate,
  'letters export': async () => (await import('./surfaces/cli/letters.ts')).exportCodes,
  'mail undelivered': async () => (await import('./surfaces/cli/mail.ts')).undelivered,
  'operators add': async () => (await operators()).add,
  'operators keys': async () => (await receipts()).keys,
  'operators list': async () => (await operators()).list,
  'operators remove': async () => (await operators()).remove,
  'passkeys list': async () => (await passkeys()).list,
  'passkeys remove': async () => (await passkeys()).remove,
  'requests verify': async () => (await receipts()).verify,
  'secrets rotate': async () => (await import('./surfaces/cli/secrets.ts')).rotate,
  'sessions end': async () => (await import('./surfaces/cli/sessions.ts')).end,
  'trail trim': async () => (await import('./surfaces/cli/trail.ts')).trim,
} as const satisfies Readonly<Record<string, () => Promise<Command>>>

type Name = keyof typeof commands

/** Of every command: a command without a row is an error of types. */
const openingOf: Readonly<Record<Name, (typeof openings)[keyof typeof openings]>> = openings

/** The pages' texts of these problems address customers. */
const forOperators: Partial<Record<ProblemCode, string>> = {
  not_found: 'there is no account with this login ID',
  last_admins: 'fewer than two other admins have a passkey: let another enrol first',
  operator_known: 'the account is another operator’s: nobody is two operators',
  no_such_passkey: 'the account has no passkey with this ID that is not removed already',
}

/** What a run of the program has around it. */
export interface Caller extends Omit<Terminal, 'tell'> {
  /** A line on standard output. */
  readonly say: (line: string) => void
}

/**
 * Runs the command that the words begin with, and tells in words what it answers, or why it does not. With
 * `--json` among the words that is one line of JSON, whatever the command is and however it ends.
 */
export async function runCommand(given: readonly string[], caller: Caller): Promise<ExitStatus> {
  const words = given.filter((word) => word !== '--json')
  const isJson = words.length < given.length
  const { env, say, complain } = caller
  const tell = ({ found, words: lines }: Answer) =>
    isJson ? say(JSON.stringify(found)) : lines.forEach((line) => say(line))
  const terminal: Terminal = {
    env,
    // Opened by the commands that read it, and by no other.
    get input() {
      return caller.input
    },
    tell,
    complain,
  }
  const { name, args } = readName(joinDashed(words))
  try {
    if (name === '') throw new UsageError('which command?')
    refuseRestricted(name, env)
    const command: Command = await commands[name]()
    if (!command.logs) {
      for (const { says } of unknownSettings(env)) complain(says)
    }
    const answer = await command.run(args, terminal)
    if (typeof answer === 'number') return answer
    tell(answer)
    return answer.status ?? done
  } catch (error) {
    const { status, ...why } = await whyNot(error, name)
    if (isJson) say(JSON.stringify({ error: why }))
    else for (const line of [why.message, ...(why.usage ?? [])]) complain(line)
    return status
  }
}

/** One ID in 64 begins with a dash, which is taken for an option unless it is joined to the one before. */
function joinDashed(words: readonly string[]): readonly string[] {
  return words.reduce<readonly string[]>((joined, word) => {
    const last = joined.at(-1)
    const isValue = /^-[^-]/.test(word) && last !== undefined && /^--[a-z-]+$/.test(last)
    return isValue ? [...joined.slice(0, -1), `${last}=${word}`] : [...joined, word]
  }, [])
}

/** The name of the command that the words begin with, or an empty one, and the words after it. */
function readName(words: readonly string[]): { name: Name | ''; args: readonly string[] } {
  const names = [words.slice(0, 2).join(' '), words[0] ?? '']
  const name = names.find((one): one is Name => Object.hasOwn(commands, one)) ?? ''
  return { name, args: words.slice(name.split(' ').length) }
}

/** Before anything is read or opened: a command that opens something is for two persons, at the console. */
function refuseRestricted(name: Name, env: Environment): void {
  const opening = openingOf[name]
  if (opening === null || 'first' in opening) return
  if (readCommands(env) === 'all') return
  const says = `SEKISHO_COMMANDS is restricted: this ${opening.says}, for which the console needs two persons`
  throw new Refusal('restricted', says)
}

interface WhyNot {
  readonly status: ExitStatus
  /** Stays as it is when the message is worded better. */
  readonly code: string
  readonly message: string
  readonly setting?: string
  readonly usage?: readonly string[]
}

async function whyNot(error: unknown, name: Name | ''): Promise<WhyNot> {
  if (error instanceof UsageError) {
    const names = name === '' ? (Object.keys(commands) as Name[]) : [name]
    const usage = await Promise.all(names.map(usageOf))
    return { status: misused, code: 'usage', message: error.message, usage }
  }
  return { status: refused, ...reasonOf(error) }
}

async function usageOf(name: Name): Promise<string> {
  const { usage }: Command = await commands[name]()
  return `usage: sekisho ${name} ${usage}`.trim()
}

function reasonOf(error: unknown): Omit<WhyNot, 'status'> {
  const fault = isUnavailable(error) ? databaseFault(error) : null
  const config = error instanceof ConfigError ? error : fault
  if (config) return { code: 'setting', message: config.message, setting: config.setting }
  if (error instanceof Refusal) return { code: error.code, message: error.message }
  if (error instanceof Problem) {
    const { code } = error
    return { code, message: forOperators[code] ?? problemWords(texts.en, code, 'operators').title }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'internal_error', message }
}
