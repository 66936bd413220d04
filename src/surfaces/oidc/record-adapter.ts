// oidc-provider's records, kept in our database.
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import type { Deps } from '../../domain/deps.ts'
import {
  consumeRecord,
  deleteGrant,
  deleteRecord,
  selectConsumption,
  selectRecord,
  upsertRecord,
  type NewOidcRecord,
} from '../../domain/openid/records.ts'
import { seconds } from '../../kernel/clock.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { clientOf, packPayload, unpackPayload } from './record-payload.ts'

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
      kind: this.kind,
      idHash: hashToken(id),
      clientId: clientOf(payload),
      payload: packPayload(id, payload),
      expiresAt: this.deps.now() + expiresIn * seconds,
    }
    await this.store(record, payload)
  }

  /** Stores a record under no session. */
  protected async store(record: NewOidcRecord, _payload: AdapterPayload): Promise<void> {
    await upsertRecord(this.deps.db, { ...record, sessionId: null })
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { db, now } = this.deps
    const record = await selectRecord(db, this.kind, hashToken(id), now())
    if (!record) return undefined
    const payload = unpackPayload(id, record.payload)
    const { consumedAt } = record
    if (consumedAt === null) return payload
    return { ...payload, consumed: Math.floor(consumedAt / seconds) }
  }

  /** Marks the record as used. A second use, on whatever node, ends the grant with all its tokens. */
  async consume(id: string): Promise<void> {
    const { db, now } = this.deps
    const idHash = hashToken(id)
    if (await consumeRecord(db, this.kind, idHash, now())) return
    const record = await selectConsumption(db, this.kind, idHash)
    if (record?.grantHash) await deleteGrant(db, record.grantHash)
    throw new errors.InvalidGrant('used already')
  }

  async destroy(id: string): Promise<void> {
    await deleteRecord(this.deps.db, this.kind, hashToken(id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await deleteGrant(this.deps.db, hashToken(grantId))
  }

  /** Nothing is found by its uid (session-mirror.ts). */
  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined)
  }
}
