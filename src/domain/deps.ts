// The dependencies of functions. Each function names those that it needs: `Pick<Deps, 'db' | 'now'>`.
import type { Logger } from 'pino'
import type { Clock } from '../kernel/clock.ts'
import type { Assets } from '../kernel/http/assets.ts'
import type { Language } from '../kernel/http/language.ts'
import type { Keys } from '../kernel/secrets.ts'
import type { Config } from '../settings/config.ts'
import type { KeepClosed } from './closings.ts'
import type { AnnouncementKind, Database, Tx } from './tables/tables.ts'

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
  /** Keeps what an act has closed beside the database; none where several nodes share that. */
  readonly keepClosed?: KeepClosed
  /** A write of the request that shares the commit of its act. */
  readonly alongside?: (tx: Tx) => Promise<void>
  /** Hears of what has been committed, for the metrics of a node. */
  readonly heard?: (happening: Happening) => void
}

/** An audit event or a hold, by its name and in fixed words. */
export interface Happening {
  readonly event: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** A site as a WebAuthn relying party. */
export interface RelyingParty {
  readonly origin: string
  readonly rpId: string
  /** The origins accepted in the answer to a ceremony. */
  readonly acceptedOrigins: readonly string[]
  readonly brand: { readonly name: string }
}

/** Slow on purpose: runs outside the server's threads and may refuse with 503 `busy`. */
export interface PasswordHasher {
  /** A PHC string with its own salt. Without an asker it takes its turn as one account of the system's own. */
  hash(password: string, asker?: Turn): Promise<string>
  verify(password: string, phc: string, asker: Turn): Promise<boolean>
  /** Runs `work` once one of the asker's few places is free; 503 `busy` instead when too many wait. */
  withPlace<T>(asker: Asker, work: () => Promise<T>): Promise<T>
}

/** Whose turn it is (rule 20). */
export type Turn = Pick<Asker, 'account' | 'turn'>

/** For whom a password is checked, so that one asker cannot take every place (rule 20). */
export interface Asker {
  /** Accounts take turns, so that many tries at one account do not delay the others. */
  readonly account: string
  /** `first` goes ahead of `last` and has places kept free: for known browsers. */
  readonly turn: 'first' | 'last'
  /** The keys that the try counts under while in hand, each with its limit on one node. */
  readonly most: ReadonlyMap<string, number>
}

/** The broker's message to everybody about to sign in; times are in milliseconds. */
export interface Announcement {
  readonly id: string
  readonly kind: AnnouncementKind
  readonly text: Readonly<Record<Language, string>>
  readonly from: number
  /** Null: until an operator removes it. */
  readonly until: number | null
}

export interface AnnouncementBoard {
  /** The announcements to show now. Never throws, and hardly ever waits for the database. */
  current(): Promise<readonly Announcement[]>
}
