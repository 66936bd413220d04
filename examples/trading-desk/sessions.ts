// Who is signed in at the trading desk, in memory: a restart signs everybody out.
import { randomBytes } from 'node:crypto'
import type { Kind } from './order-checks.ts'

/** What the last sign-in or step-up told of its person. */
export interface Person {
  readonly sub: string
  readonly name: string
  readonly loginId: string
  /** How it was proven who this is: `phr` for a passkey. */
  readonly acr: string
  /** When it was proven, in milliseconds since 1970. */
  readonly provenAt: number
}

export interface Tokens {
  readonly access: string
  readonly refresh: string | null
  readonly id: string
  readonly accessEndsAt: number
}

/** An order that is being made; its id makes it happen once, however often it is sent. */
export interface PendingOrder {
  readonly id: string
  readonly kind: Kind
  /** What is sold; null for a withdrawal. */
  readonly code: string | null
  /** Yen, or shares. */
  readonly count: number
}

export interface DeskSession {
  readonly key: string
  /** The provider's name for this session: it tells us by that when it ends. */
  sid: string
  person: Person
  tokens: Tokens
  order: PendingOrder | null
  readonly endsAt: number
}

/** What is asked of a session that goes on, and the screen that asks. */
export interface Strength {
  readonly key: string
  readonly acr: string
  readonly maxAge: number
  readonly returnTo: string
}

/** One way to the sign-in and back, bound to the browser that began it. */
export interface Transaction {
  readonly browser: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Null for a sign-in; else what is asked of the session that goes on. */
  readonly stepUp: Strength | null
  readonly endsAt: number
}

const minutes = 60_000
const sessionLife = 12 * 60 * minutes
const transactionLife = 20 * minutes
const most = 10_000

export class Sessions {
  readonly #sessions = new Map<string, DeskSession>()
  readonly #transactions = new Map<string, Transaction>()

  find(key: string | undefined): DeskSession | undefined {
    const session = key === undefined ? undefined : this.#sessions.get(key)
    if (session && session.endsAt > Date.now()) return session
    if (session) this.#sessions.delete(session.key)
    return undefined
  }

  /** Always under a new key: a key that somebody planted in the browser is worth nothing. */
  begin(parts: Pick<DeskSession, 'sid' | 'person' | 'tokens'>): DeskSession {
    const endsAt = Date.now() + sessionLife
    const session = { ...parts, key: randomKey(), order: null, endsAt }
    makeRoom(this.#sessions)
    this.#sessions.set(session.key, session)
    return session
  }

  end({ key }: Pick<DeskSession, 'key'>): void {
    this.#sessions.delete(key)
  }

  /** Ends what the provider calls by this name. */
  endBySid(sid: string): void {
    for (const session of this.#sessions.values()) if (session.sid === sid) this.end(session)
  }

  keep(transaction: Omit<Transaction, 'endsAt'>): void {
    makeRoom(this.#transactions)
    const endsAt = Date.now() + transactionLife
    this.#transactions.set(transaction.state, { ...transaction, endsAt })
  }

  /** Takes a transaction, once, and only in the browser that began it. */
  take(state: string | null, browser: string | undefined): Transaction | undefined {
    const transaction = state === null ? undefined : this.#transactions.get(state)
    if (!transaction || transaction.browser !== browser) return undefined
    this.#transactions.delete(transaction.state)
    return transaction.endsAt > Date.now() ? transaction : undefined
  }
}

export function randomKey(): string {
  return randomBytes(32).toString('base64url')
}

/** Drops what is over, and the oldest when there is too much. */
function makeRoom(kept: Map<string, { readonly endsAt: number }>): void {
  for (const [key, { endsAt }] of kept) {
    if (endsAt > Date.now() && kept.size < most) continue
    kept.delete(key)
  }
}
