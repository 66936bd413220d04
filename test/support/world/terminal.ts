import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { runCommand, type Caller } from '../../../src/commands.ts'
import type { Environment } from '../../../src/settings/environment.ts'

export interface CommandResult {
  readonly status: number
  readonly output: string
  readonly errors: string
}

/** `npm run sekisho -- …` in this process, with these settings and no others. */
export async function runHere(
  words: readonly string[],
  env: Environment,
  input = '',
): Promise<CommandResult> {
  const said = { output: '', errors: '' }
  const caller: Caller = {
    env,
    input: Readable.from([Buffer.from(input)]),
    say: (line) => void (said.output += `${line}\n`),
    complain: (line) => void (said.errors += `${line}\n`),
  }
  return { status: await runCommand(words, caller), ...said }
}

/** What a command says to a program: an object that holds what it found, or why it was not done. */
export interface Told {
  readonly status: number
  readonly found: { readonly [name: string]: unknown }
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly setting?: string
    readonly usage?: readonly string[]
  }
}

/** The same with `--json`: it says one line of JSON and nothing else, however it ends. */
export async function askHere(
  words: readonly string[],
  env: Environment,
  input = '',
): Promise<Told> {
  const { status, output, errors } = await runHere([...words, '--json'], env, input)
  assert.equal(errors, '', words.join(' '))
  assert.match(output, /^\{.*\}\n$/, words.join(' '))
  const found = JSON.parse(output) as Told['found'] & Pick<Told, 'error'>
  return { status, found, ...(found.error && { error: found.error }) }
}
