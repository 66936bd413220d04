// What functions are given to work with. Each takes the ones it names: `Pick<Deps, 'db' | 'now'>`.
import type { Logger } from 'pino'
import type { Clock } from '../kernel/clock.ts'
import type { Assets } from '../kernel/http/assets.ts'
import type { Language } from '../kernel/http/language.ts'
import type { Keys } from '../kernel/secrets.ts'
import type { Config } from '../settings/config.ts'
import type { AnnouncementKind, Database } from './tables/tables.ts'

export interface Deps {
  readonly config: Config
  readonly site: RelyingParty
  readonly db: Database
  readonly now: Clock
  readonly keys: Keys
  readonly hasher: PasswordHasher
  readonly assets: Assets
  readonly announcements: AnnouncementBoard
  /** Tells the mail sender that a transaction with a mail has committed. */
  readonly wakeSender: () => void
  readonly log: Logger
}

/** A site as the rules see it: for whom it asks for passkeys, and whose pages may answer. */
export interface RelyingParty {
  readonly origin: string
  readonly rpId: string
  /** The origins that an answer to a ceremony may come from. */
  readonly acceptedOrigins: readonly string[]
  readonly brand: { readonly name: string }
}

/** Slow on purpose: runs outside of the server's own threads and may refuse with 503 `busy`. */
export interface PasswordHasher {
  /** A PHC string with its own salt. */
  hash(password: string): Promise<string>
  verify(password: string, phc: string, asker: Pick<Asker, 'account' | 'turn'>): Promise<boolean>
  /** Does this once the asker has a place, one of few; 503 `busy`, and it is not done, when too many wait. */
  withPlace<T>(asker: Asker, work: () => Promise<T>): Promise<T>
}

/** For whom a password is checked, so that nobody takes the places of all (rule 20). */
export interface Asker {
  /** Accounts take turns: who asks much waits for the own tries, not everybody for them. */
  readonly account: string
  /** `first` before those who wait, with places kept free for it: for known browsers. */
  readonly turn: 'first' | 'last'
  /** What the try counts under while it is in hand, and how many may be so at once, on one node. */
  readonly most: ReadonlyMap<string, number>
}

/** What the broker tells everybody who is about to sign in; times are milliseconds. */
export interface Announcement {
  readonly id: string
  readonly kind: AnnouncementKind
  readonly text: Readonly<Record<Language, string>>
  readonly from: number
  /** Null: until somebody removes it. */
  readonly until: number | null
}

export interface AnnouncementBoard {
  /** What is to be shown now. It never throws, and hardly ever waits for the database. */
  current(): Promise<readonly Announcement[]>
}
