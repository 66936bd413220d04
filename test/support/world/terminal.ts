import { Readable } from 'node:stream'
import { runCommand } from '../../../src/commands.ts'
import type { Environment } from '../../../src/settings/environment.ts'
import type { Terminal } from '../../../src/surfaces/cli/command.ts'

export interface CommandResult {
  readonly status: number
  readonly output: string
  readonly errors: string
}

/** A terminal in this process, which keeps what is said to it. */
export function terminalOf(env: Environment, input = '') {
  const said = { output: '', errors: '' }
  const terminal: Terminal = {
    env,
    input: Readable.from([Buffer.from(input)]),
    say: (line) => void (said.output += `${line}\n`),
    complain: (line) => void (said.errors += `${line}\n`),
  }
  return { ...terminal, said }
}

/** `npm run sekisho -- …` in this process, with these settings and no others. */
export async function runHere(
  words: readonly string[],
  env: Environment,
  input = '',
): Promise<CommandResult> {
  const terminal = terminalOf(env, input)
  const status = await runCommand(words, terminal)
  return { status, ...terminal.said }
}
