// All commands of `npm run sekisho -- COMMAND`, and what a command's end means to a shell.
import { Problem, type ProblemCode } from './kernel/http/problem.ts'
import { ConfigError } from './settings/environment.ts'
import * as accounts from './surfaces/cli/accounts.ts'
import * as announcements from './surfaces/cli/announcements.ts'
import * as clients from './surfaces/cli/clients.ts'
import {
  misused,
  refuse,
  UsageError,
  type Command,
  type ExitStatus,
  type Terminal,
} from './surfaces/cli/command.ts'
import * as helpTexts from './surfaces/cli/help-texts.ts'
import * as keys from './surfaces/cli/keys.ts'
import * as mail from './surfaces/cli/mail.ts'
import * as passkeys from './surfaces/cli/passkeys.ts'
import { texts } from './text/texts.ts'

// Only the commands that need the server load it, so that the others answer at once.
const commands: Readonly<Record<string, Command>> = {
  serve: { usage: '', run: async (...given) => (await loadServe()).serve.run(...given) },
  demo: { usage: '', run: async (...given) => (await loadDemo()).demo.run(...given) },
  migrate: { usage: '', run: async (...given) => (await loadServe()).migrate.run(...given) },
  'accounts add': accounts.add,
  'accounts show': accounts.show,
  'accounts lock': accounts.lock,
  'accounts unlock': accounts.unlock,
  'accounts set-password': accounts.setPassword,
  'accounts set-email': accounts.setEmail,
  'announcements set': announcements.set,
  'announcements list': announcements.list,
  'announcements remove': announcements.remove,
  'clients add': clients.add,
  'clients list': clients.list,
  'clients change': clients.change,
  'clients remove': clients.remove,
  'help-texts': helpTexts.print,
  'keys revoke': keys.revoke,
  'keys rotate': keys.rotate,
  'mail undelivered': mail.undelivered,
  'passkeys list': passkeys.list,
  'passkeys remove': passkeys.remove,
}

/** The pages' texts of these problems address customers. */
const forOperators: Partial<Record<ProblemCode, string>> = {
  not_found: 'there is no account with this login ID',
  no_such_passkey: 'the account has no passkey with this ID that is not removed already',
}

const loadServe = () => import('./surfaces/cli/serve.ts')
const loadDemo = () => import('./surfaces/demo/demo.ts')

/** Runs the command that the words begin with; whatever fails is said to the terminal. */
export async function runCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) =>
    Object.hasOwn(commands, one),
  )
  const command = name === undefined ? undefined : commands[name]
  if (name === undefined || !command) {
    return explain(terminal, 'which command?', Object.keys(commands))
  }
  try {
    return await command.run(words.slice(name.split(' ').length), terminal)
  } catch (error) {
    if (error instanceof UsageError) return explain(terminal, error.message, [name])
    return refuse(terminal, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (error instanceof Problem) {
    return forOperators[error.code] ?? texts.en.problems[error.code].title
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function explain({ complain }: Terminal, what: string, names: readonly string[]): ExitStatus {
  complain(what)
  for (const name of names) complain(`usage: sekisho ${name} ${commands[name]?.usage ?? ''}`.trim())
  return misused
}
