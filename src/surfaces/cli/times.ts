// Moments as an operator writes them.
import { UsageError } from './command.ts'

/** The value of an option. The zone is required, as the machine's own may differ from the broker's. */
export function readTime(option: string, text: string): number {
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const time = hasZone ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new UsageError(`--${option} takes a time with its zone, such as 2026-01-10T06:00+09:00`)
}
