import type { Act } from '../act.ts'
import type { Client } from '../clients/client.ts'
import { findClient } from '../clients/store.ts'
import type { Deps } from '../deps.ts'
import { holder, type Hold } from './hold-owner.ts'
import {
  deleteGrant,
  deleteRecord,
  saveRecords,
  selectRecord,
  type NewOidcRecord,
  type OidcRecord,
  type RecordName,
} from './records.ts'

/** Must hold for anything to be kept. Throws to undo all; returns a refusal to keep what it wrote itself. */
type Condition = (act: Act, hold: Hold) => Promise<Error | undefined>

/**
 * What one request of OpenID Connect changes. It is collected while the library answers, and written in
 * one transaction before the answer leaves; no transaction is open meanwhile. A look sees the request's own
 * changes, and reads each row once.
 */
export class UnitOfWork {
  readonly #deps: Pick<Deps, 'db' | 'now'>
  readonly #clients = new Map<string, Promise<Client | undefined>>()
  readonly #read = new Map<string, Promise<OidcRecord | undefined>>()
  readonly #conditions: Condition[] = []
  readonly #endedGrants = new Set<string>()
  /** By kind and id: the records that are saved, and the names of those that are deleted. */
  readonly #records = new Map<string, NewOidcRecord | RecordName>()
  readonly #writes: ((act: Act) => unknown)[] = []

  constructor(deps: Pick<Deps, 'db' | 'now'>) {
    this.#deps = deps
  }

  get isEmpty(): boolean {
    const { size } = this.#records
    return size + this.#endedGrants.size + this.#conditions.length + this.#writes.length === 0
  }

  findClient(id: string): Promise<Client | undefined> {
    return once(this.#clients, id, () => findClient(this.#deps.db, id))
  }

  /** A live record, as the request has left it. */
  async find({ kind, idHash }: RecordName): Promise<OidcRecord | undefined> {
    const { db, now } = this.#deps
    const key = keyOf({ kind, idHash })
    const own = this.#records.get(key)
    const record = own
      ? 'payload' in own && own.expiresAt > now() && { ...unused, ...own }
      : await once(this.#read, key, () => selectRecord(db, kind, idHash, now()))
    if (!record) return undefined
    const grantHash = kind === 'Grant' ? idHash : record.grantHash
    return grantHash !== null && this.#endedGrants.has(grantHash) ? undefined : record
  }

  save(record: NewOidcRecord): void {
    this.#records.set(keyOf(record), record)
  }

  delete(name: RecordName): void {
    this.#records.set(keyOf(name), name)
  }

  /** Ends a grant with its codes and tokens. */
  endGrant(grantHash: string): void {
    this.#endedGrants.add(grantHash)
  }

  /** The conditions are asked in the order of the calls, before anything else is written. */
  require(condition: Condition): void {
    this.#conditions.push(condition)
  }

  /** Adds what else is written within the transaction, such as the events of the request. */
  within(write: (act: Act) => unknown): void {
    this.#writes.push(write)
  }

  /**
   * Writes all of it, or returns why nothing is kept. Throws `not_signed_in` when what a client is given
   * has no live session any more.
   */
  async write(act: Act): Promise<Error | undefined> {
    const hold = holder(act.tx)
    for (const condition of this.#conditions) {
      const refusal = await condition(act, hold)
      if (refusal) return refusal
    }
    const records = [...this.#records.values()]
    await saveRecords(
      act.tx,
      records.filter((one) => 'payload' in one),
      hold,
    )
    for (const grantHash of this.#endedGrants) await deleteGrant(act.tx, grantHash)
    for (const one of records) if (!('payload' in one)) await deleteRecord(act.tx, one)
    for (const write of this.#writes) await write(act)
    return undefined
  }
}

const unused = {
  ...{ consumedAt: null, usedBy: null, continuedBy: null },
  ...{ grantHash: null, parentHash: null },
} as const

function keyOf({ kind, idHash }: RecordName): string {
  return `${kind} ${idHash}`
}

/** The value that was looked up before, else the one that `look` finds. */
function once<T>(known: Map<string, Promise<T>>, key: string, look: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? look()
  known.set(key, value)
  return value
}
