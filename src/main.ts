// The command line: `npm run sekisho -- COMMAND`.
import { Problem, type ProblemCode } from './kernel/http/problem.ts'
import { ConfigError } from './settings/environment.ts'
import * as accounts from './surfaces/cli/accounts.ts'
import * as announcements from './surfaces/cli/announcements.ts'
import * as clients from './surfaces/cli/clients.ts'
import { complain, misused, refused, UsageError, type Command } from './surfaces/cli/command.ts'
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

async function main(words: readonly string[]): Promise<number> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) =>
    Object.hasOwn(commands, one),
  )
  const command = name === undefined ? undefined : commands[name]
  if (name === undefined || !command) return explain('which command?', Object.keys(commands))
  try {
    return await command.run(words.slice(name.split(' ').length), process.env)
  } catch (error) {
    if (error instanceof UsageError) return explain(error.message, [name])
    if (error instanceof ConfigError) complain(error.message)
    else if (error instanceof Problem)
      complain(forOperators[error.code] ?? texts.en.problems[error.code].title)
    else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return refused
  }
}

function explain(what: string, names: readonly string[]): number {
  complain(what)
  for (const name of names) complain(`usage: sekisho ${name} ${commands[name]?.usage ?? ''}`.trim())
  return misused
}

process.exitCode = await main(process.argv.slice(2))
