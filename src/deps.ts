// What functions are given to work with. Each takes the ones it names: `Pick<Deps, 'db' | 'now'>`.
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Assets } from './ground/assets.ts'
import type { Clock } from './ground/clock.ts'
import type { Keys } from './ground/secrets.ts'
import type { Database } from './storage/tables.ts'

export interface Deps {
  readonly config: Config
  readonly db: Database
  readonly now: Clock
  readonly keys: Keys
  readonly hasher: PasswordHasher
  readonly assets: Assets
  /** Tells the mail sender that a transaction with a mail has committed. */
  readonly wakeSender: () => void
  readonly log: Logger
}

/** Slow on purpose: runs outside of the server's own threads and may refuse with 503 `busy`. */
export interface PasswordHasher {
  /** A PHC string with its own salt. */
  hash(password: string): Promise<string>
  /** `first` before those who wait, with places kept free for it: for known browsers (rule 20). */
  verify(password: string, phc: string, turn?: 'first' | 'last'): Promise<boolean>
}
