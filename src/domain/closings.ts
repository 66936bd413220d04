// What has to stay closed after a restore, in a file outside the database: a backup does not know what came
// after it. A line of JSON each, with ids alone.
import { existsSync, readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { z } from 'zod'
import { appendPrivately } from '../kernel/db/private-file.ts'
import { ConfigError } from '../settings/environment.ts'
import { liftableLevels } from './vocabulary/life.ts'
import { lockReasons } from './vocabulary/reasons.ts'

const common = { at: z.number(), account: z.string() }

const closing = z.discriminatedUnion('what', [
  z.object({
    ...common,
    what: z.literal('passkey removed'),
    passkey: z.string(),
    /** Whether the account had no other then. */
    last: z.boolean(),
  }),
  z.object({ ...common, what: z.literal('passkey suspended'), passkey: z.string() }),
  z.object({ ...common, what: z.literal('passkey resumed'), passkey: z.string() }),
  z.object({ ...common, what: z.literal('account locked'), by: z.enum(lockReasons) }),
  z.object({ ...common, what: z.literal('account reopened') }),
  z.object({ ...common, what: z.literal('account stopped'), level: z.enum(liftableLevels) }),
  z.object({ ...common, what: z.literal('stop lifted') }),
  z.object({ ...common, what: z.literal('account closed') }),
  z.object({ ...common, what: z.literal('account erased') }),
])

const ofOperator = { at: z.number(), operator: z.string() }

const operatorClosing = z.discriminatedUnion('what', [
  z.object({ ...ofOperator, what: z.literal('operator closed') }),
  /** The passkeys of before have ended. */
  z.object({ ...ofOperator, what: z.literal('operator enrolled') }),
  z.object({ ...ofOperator, what: z.literal('operator roles'), roles: z.array(z.string()) }),
])

export type Closing = z.infer<typeof closing>
/** What was taken from an operator of the console. */
export type OperatorClosing = z.infer<typeof operatorClosing>

export type KeepClosed = (closings: readonly (Closing | OperatorClosing)[]) => Promise<void>

/**
 * Keeps closings in a file, if there is to be one: on disk before the act is answered. Where that fails the
 * act stands; the log says so, or else a ConfigError is thrown.
 */
export function closingsIn(
  file: string | null,
  log?: Pick<Logger, 'error'>,
): { readonly keepClosed?: KeepClosed } {
  if (file === null) return {}
  return {
    async keepClosed(closings) {
      try {
        // Whatever a line before it that broke off ends with.
        const lines = closings.map((one) => `\n${JSON.stringify(one)}\n`)
        await appendPrivately(file, lines.join(''))
      } catch (cause) {
        const says = `the change is made, but ${file} cannot be written: mend that and make a backup now, as a restore of an older one undoes the change`
        if (!log) throw new ConfigError('SEKISHO_CLOSINGS', says)
        const error = new Error(says, { cause })
        log.error({ err: error }, 'a closing is not kept outside the database')
      }
    },
  }
}

interface Kept {
  readonly closings: readonly Closing[]
  readonly operators: readonly OperatorClosing[]
  /** Lines that nobody understands: one that broke off, say. */
  readonly unread: number
}

/** The closings in a file; null where there is none. */
export function readClosings(file: string | null): Kept | null {
  if (file === null || !existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const values = lines.map(parsed)
  const closings = values.flatMap((value) => closing.safeParse(value).data ?? [])
  const operators = values.flatMap((value) => operatorClosing.safeParse(value).data ?? [])
  return { closings, operators, unread: lines.length - closings.length - operators.length }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
