// What `npm run bench` is asked for.
import { parseArgs } from 'node:util'

export interface Options {
  /** The names of workloads. */
  readonly only: readonly string[]
  readonly databases: readonly DatabaseName[]
  readonly rounds: number
  /** How long one round of one row lasts. */
  readonly seconds: number
  /** Few rows, few clients, moments instead of seconds: shows that it works, and measures nothing. */
  readonly short: boolean
  /** Another folder to measure instead of this one. */
  readonly checkout: string | undefined
  /** A commit, or the folder of a checkout, that is measured beside it in alternation. */
  readonly compare: string | undefined
  /** Writes a CPU profile of each server and sums it up. */
  readonly profile: boolean
}

export type DatabaseName = 'sqlite' | 'postgres'

export const usage = `usage: npm run bench -- [--only NAME,…] [--database sqlite|postgres] [--rounds N]
  [--seconds N] [--short] [--compare COMMIT|FOLDER] [--checkout FOLDER] [--profile]`

/** Throws an Error with one line that says which option is wrong; `names` are those of the workloads. */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      database: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      short: { type: 'boolean', default: false },
      checkout: { type: 'string' },
      compare: { type: 'string' },
      profile: { type: 'boolean', default: false },
    },
  })
  const { short, checkout, compare, profile } = values
  return {
    ...{ short, checkout, compare, profile },
    only: readNames(values.only, names),
    databases: readDatabases(values.database),
    rounds: readNumber('rounds', values.rounds ?? (short ? '1' : '5'), Number.isInteger),
    seconds: readNumber('seconds', values.seconds ?? (short ? '0.5' : '4'), Number.isFinite),
  }
}

function readNames(text: string | undefined, names: readonly string[]): readonly string[] {
  const asked = text?.split(',').map((name) => name.trim()) ?? names
  const unknown = asked.filter((name) => !names.includes(name))
  if (unknown.length === 0) return asked
  throw new Error(`--only: there is no ${unknown.join(', ')}, only ${names.join(', ')}`)
}

function readDatabases(text: string | undefined): readonly DatabaseName[] {
  if (text === undefined) return ['sqlite', 'postgres']
  if (text !== 'sqlite' && text !== 'postgres') {
    throw new Error(`--database: ${text} is neither sqlite nor postgres`)
  }
  return [text]
}

function readNumber(name: string, text: string, isGood: (value: number) => boolean): number {
  const value = Number(text)
  if (!(isGood(value) && value > 0)) throw new Error(`--${name}: ${text} is not a number above 0`)
  return value
}
