// All commands of `npm run sekisho -- COMMAND`, and what a command's end means to a shell.
import { isUnavailable } from './kernel/db/unavailable.ts'
import { Problem, type ProblemCode } from './kernel/http/problem.ts'
import { ConfigError } from './settings/environment.ts'
import { databaseFault } from './settings/faults.ts'
import { unknownSettings } from './settings/unknown.ts'
import {
  misused,
  refuse,
  UsageError,
  type Command,
  type ExitStatus,
  type Terminal,
} from './surfaces/cli/command.ts'
import { withoutRuntimeWarning } from './surfaces/oidc/seams/runtime-warning.ts'
import { texts } from './text/texts.ts'

const accounts = () => import('./surfaces/cli/accounts.ts')
const announcements = () => import('./surfaces/cli/announcements.ts')
const backups = () => import('./surfaces/cli/backup.ts')
const clients = () => import('./surfaces/cli/clients.ts')
const passkeys = () => import('./surfaces/cli/passkeys.ts')
const keys = () => import('./surfaces/cli/keys.ts')
const server = () => withoutRuntimeWarning(() => import('./surfaces/cli/serve.ts'))

// A command loads only what it needs: most answer without the server, and the server starts without them.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await server()).serve,
  demo: async () => (await withoutRuntimeWarning(() => import('./surfaces/demo/demo.ts'))).demo,
  migrate: async () => (await server()).migrate,
  'accounts add': async () => (await accounts()).add,
  'accounts show': async () => (await accounts()).show,
  'accounts lock': async () => (await accounts()).lock,
  'accounts unlock': async () => (await accounts()).unlock,
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
  'mail undelivered': async () => (await import('./surfaces/cli/mail.ts')).undelivered,
  'passkeys list': async () => (await passkeys()).list,
  'passkeys remove': async () => (await passkeys()).remove,
  'secrets rotate': async () => (await import('./surfaces/cli/secrets.ts')).rotate,
  'sessions end': async () => (await import('./surfaces/cli/sessions.ts')).end,
}

/** The pages' texts of these problems address customers. */
const forOperators: Partial<Record<ProblemCode, string>> = {
  not_found: 'there is no account with this login ID',
  no_such_passkey: 'the account has no passkey with this ID that is not removed already',
}

/** Runs the command that the words begin with; whatever fails is said to the terminal. */
export async function runCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) =>
    Object.hasOwn(commands, one),
  )
  const load = name === undefined ? undefined : commands[name]
  if (name === undefined || !load) {
    return explain(terminal, 'which command?', Object.keys(commands))
  }
  try {
    const command = await load()
    if (!command.logs) {
      for (const { says } of unknownSettings(terminal.env)) terminal.complain(says)
    }
    return await command.run(words.slice(name.split(' ').length), terminal)
  } catch (error) {
    if (error instanceof UsageError) return explain(terminal, error.message, [name])
    return refuse(terminal, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  const fault = isUnavailable(error) ? databaseFault(error) : null
  if (fault) return fault.message
  if (error instanceof Problem) {
    return forOperators[error.code] ?? texts.en.problems[error.code].title
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function explain(
  { complain }: Terminal,
  what: string,
  names: readonly string[],
): Promise<ExitStatus> {
  complain(what)
  for (const name of names) {
    complain(`usage: sekisho ${name} ${(await commands[name]?.())?.usage ?? ''}`.trim())
  }
  return misused
}
