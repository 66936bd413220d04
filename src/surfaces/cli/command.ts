// A command of `npm run sekisho --`: its options, its input, what it answers, and its exit status.
import { userInfo } from 'node:os'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { pino } from 'pino'
import type { ActDeps } from '../../domain/act.ts'
import { closingsIn } from '../../domain/closings.ts'
import type { Deps } from '../../domain/deps.ts'
import { ChildHasher } from '../../domain/password/hasher.ts'
import { openDatabase } from '../../domain/tables/database.ts'
import { deriveKeys } from '../../kernel/secrets.ts'
import { readConfig } from '../../settings/config.ts'
import type { Environment } from '../../settings/environment.ts'

export const done: 0 = 0
export const refused: 1 = 1
export const misused: 2 = 2

export type ExitStatus = typeof done | typeof refused | typeof misused

/** What a command found or did: for programs, and in words. Whoever asked for `--json` sees the first alone. */
export interface Answer {
  /** One object of JSON in the API's words: times by ISO 8601 in UTC, null where there is none. */
  readonly found: object
  /** The lines of the result. */
  readonly words: readonly string[]
  /** `done` if absent. */
  readonly status?: ExitStatus
}

/** What a command has around it: its settings, what is piped to it, and where it says something. */
export interface Terminal {
  readonly env: Environment
  readonly input: AsyncIterable<Uint8Array>
  /** For a command that goes on after its answer; the others return it. */
  readonly tell: (answer: Answer) => void
  /** A line that says what is wrong, beside the answer. */
  readonly complain: (line: string) => void
}

export interface Command {
  /** The words after the command's name, as the usage shows them, without `--json`, which each takes. */
  readonly usage: string
  /** It says on a log of its own what is wrong with its settings. */
  readonly logs?: true
  /** Its answer, or its status alone when there is nothing more to tell. Throws what is refused. */
  run(args: readonly string[], terminal: Terminal): Promise<Answer | ExitStatus>
}

/** The arguments of a command are wrong; the message names them. */
export class UsageError extends Error {}

/** The command may not be: a stable code for programs, and why. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string, why: string, cause?: unknown) {
    super(why, cause === undefined ? {} : { cause })
    this.name = 'Refusal'
    this.code = code
  }
}

type Options = NonNullable<ParseArgsConfig['options']>

/** The values of `--name VALUE` options, required but for the `optional` ones; throws UsageError. */
export function readOptions<const N extends string, const O extends string = never>(
  args: readonly string[],
  names: readonly N[],
  flags: readonly string[] = [],
  optional: readonly O[] = [],
): Record<N, string> & Partial<Record<O, string>> {
  const options: Options = {}
  for (const name of [...names, ...optional]) options[name] = { type: 'string' }
  for (const flag of flags) options[flag] = { type: 'boolean' }
  const values = parse(args, options)
  const missing = [...names, ...flags].filter((name) => !String(values[name] ?? '').trim())
  if (missing.length > 0)
    throw new UsageError(`missing: ${missing.map((one) => `--${one}`).join(' ')}`)
  return Object.fromEntries(
    [...names, ...optional].filter((name) => name in values).map((name) => [name, values[name]]),
  ) as Record<N, string> & Partial<Record<O, string>>
}

/** Whether each `--flag` is there, and the values of the options that are. */
export function readFlags<const N extends string, const O extends string = never>(
  args: readonly string[],
  flags: readonly N[],
  optional: readonly O[] = [],
): Record<N, boolean> & Partial<Record<O, string>> {
  const options: Options = {}
  for (const flag of flags) options[flag] = { type: 'boolean', default: false }
  for (const name of optional) options[name] = { type: 'string' }
  return parse(args, options) as Record<N, boolean> & Partial<Record<O, string>>
}

function parse(args: readonly string[], options: Options): Record<string, unknown> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The one line that was piped to the command. */
export async function readPasswordLine({ input }: Pick<Terminal, 'input'>): Promise<string> {
  const bytes = Buffer.concat(await Array.fromAsync(input))
  const lines = bytes
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  if (lines.length !== 1 || lines[0] === '')
    throw new UsageError('stdin: one line with the password')
  return lines[0] ?? ''
}

/** A name that sudo may give, and nothing that could pass for more than a name. */
const sudoer = /^[\w.@\\-]{1,64}$/

/**
 * The system user, whom the audit trail names as the actor of a command. What sudo says of who asked it stands
 * before the user and never in place of it: whoever sets the environment may say what she likes there.
 */
export function systemUser(): string {
  const user = processUser()
  const asker = process.env['SUDO_USER'] ?? ''
  return sudoer.test(asker) ? `${asker} (by sudo as ${user})` : user
}

function processUser(): string {
  try {
    return userInfo().username
  } catch {
    // In a container the user may be a number that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}

export type CommandDeps = ActDeps & Pick<Deps, 'hasher'>

/**
 * Opens the database that the settings name, or the one at `address` with the same settings, a demo's too,
 * for as long as `work` takes. It is migrated as they say, unless `migrates` does.
 */
export async function withDatabase<T>(
  { env }: Pick<Terminal, 'env'>,
  work: (deps: CommandDeps) => Promise<T>,
  { address, migrates }: { address?: string; migrates?: boolean } = {},
): Promise<T> {
  const config = readConfig(env)
  const keys = deriveKeys(...config.secrets)
  const db = await openDatabase({
    address: address ?? config.database,
    prepared: config.prepared,
    migrates: migrates ?? config.migrates,
    keys,
    use: 'either',
  })
  const hasher = new ChildHasher(pino({ level: 'silent' }))
  // A database under another name is not in use yet.
  const kept = address === undefined ? closingsIn(config.closings) : {}
  try {
    // A command sends no mail: the nodes' senders look into the outbox every second.
    return await work({ config, db, hasher, keys, now: Date.now, wakeSender: () => {}, ...kept })
  } finally {
    hasher.stop()
    await db.destroy()
  }
}
