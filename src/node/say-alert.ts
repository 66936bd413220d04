import type { Logger } from 'pino'
import type { Happening } from '../domain/deps.ts'

/** Writes an alert of the support desk into the log, by a fixed name; nothing else that happened. */
export function sayAlert(log: Logger, { event, detail }: Happening): void {
  if (event === 'alert')
    log.warn({ alert: detail }, 'the support desk: a supervisor should see this')
}
