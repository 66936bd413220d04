// What the doctor finds: one sentence of what is, and where something is wrong, one of what to do.

import { seconds } from '../../../kernel/clock.ts'

export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'fault'
  readonly says: string
  /** What to do about it. */
  readonly cure?: string
}

/** A group of checks. What it throws is a fault of it. */
export interface Check {
  readonly name: string
  run(): Promise<readonly Finding[]>
}

/** Runs a group; no check hangs, whatever it waits for. */
export async function examine({ name, run }: Check, milliseconds: number): Promise<Finding[]> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`no answer within ${milliseconds / seconds} seconds`)),
    milliseconds,
  )
  try {
    return [...(await Promise.race([run(), late.promise]))]
  } catch (error) {
    return [{ check: name, state: 'fault', says: reasonOf(error), cure: 'see operate.md' }]
  } finally {
    clearTimeout(timer)
  }
}

/** The words of an error, without its stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: unknown }
  const isSaid = typeof code !== 'string' || error.message.includes(code)
  const [line = ''] = error.message.split('\n')
  return isSaid ? line : `${line} (${code})`.trim()
}
