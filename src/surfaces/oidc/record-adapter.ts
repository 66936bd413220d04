// oidc-provider's records: they lie in our database, and change with the request as a whole.
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import type { Act } from '../../domain/act.ts'
import type { Deps } from '../../domain/deps.ts'
import {
  consumeRecord,
  deleteGrant,
  selectConsumption,
  type NewOidcRecord,
  type RecordName,
} from '../../domain/openid/records.ts'
import { seconds } from '../../kernel/clock.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { clientOf, packPayload, unpackPayload } from './record-payload.ts'
import { recordReuse } from './record-tokens.ts'
import { ownUnit } from './seams/own-request.ts'

const latest = Number.MAX_SAFE_INTEGER

export type AdapterDeps = Pick<Deps, 'db' | 'now'>

/** The adapter of every kind of record that has no rules of its own. */
export class RecordAdapter implements Adapter {
  protected readonly deps: AdapterDeps
  protected readonly kind: string

  constructor(deps: AdapterDeps, kind: string) {
    this.deps = deps
    this.kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    // A record that expires in this very second is stored, and never found.
    if (!Number.isFinite(expiresIn)) throw new TypeError(`a ${this.kind} has no lifetime`)
    const record = {
      ...this.nameOf(id),
      clientId: clientOf(payload),
      payload: packPayload(id, payload),
      // A client's own times may have fractions, and be as late as a number can be.
      expiresAt: Math.min(Math.ceil(this.deps.now() + expiresIn * seconds), latest),
    }
    this.store(record, payload)
  }

  /** Stores a record under no session. */
  protected store(record: NewOidcRecord, _payload: AdapterPayload): void {
    ownUnit().save(record)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const record = await ownUnit().find(this.nameOf(id))
    if (!record) return undefined
    const payload = unpackPayload(id, record.payload)
    const { consumedAt } = record
    if (consumedAt === null) return payload
    return { ...payload, consumed: Math.floor(consumedAt / seconds) }
  }

  /**
   * Lets the request stand only if the record is used by it. A second use, on whatever node, ends the
   * grant with all its tokens.
   */
  async consume(id: string): Promise<void> {
    const name = this.nameOf(id)
    const { grantHash = null } = (await ownUnit().find(name)) ?? {}
    ownUnit().require(async (act, hold) => {
      if (grantHash !== null && (await hold({ grantHash })) === null) {
        return new errors.InvalidGrant('its grant has ended')
      }
      if (await this.use(act, name)) return undefined
      const former = await selectConsumption(act.tx, name)
      if (former) recordReuse(act)
      if (grantHash !== null) await deleteGrant(act.tx, grantHash)
      return new errors.InvalidGrant('used already')
    })
  }

  /** Marks the record as used; false when it may not be used. */
  protected use({ tx, now }: Act, name: RecordName): Promise<boolean> {
    return consumeRecord(tx, name, now)
  }

  async destroy(id: string): Promise<void> {
    ownUnit().delete(this.nameOf(id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    ownUnit().endGrant(hashToken(grantId))
  }

  /** Nothing is found by its uid (session-mirror.ts). */
  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  protected nameOf(id: string): RecordName {
    return { kind: this.kind, idHash: hashToken(id) }
  }
}
