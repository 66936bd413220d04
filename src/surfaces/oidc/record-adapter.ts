// oidc-provider's records, kept in our database and under our sessions.
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import type { Deps } from '../../domain/deps.ts'
import {
  consumeRecord,
  deleteGrant,
  deleteRecord,
  hasGrant,
  insertRecordOnce,
  selectConsumption,
  selectRecord,
  upsertRecord,
  upsertUnder,
  type NewOidcRecord,
} from '../../domain/openid/records.ts'
import { seconds } from '../../kernel/clock.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { clientOf, packPayload, unpackPayload } from './record-payload.ts'
import { ownSession } from './seams/own-request.ts'

export type AdapterDeps = Pick<Deps, 'db' | 'now'>

/** The adapter of every kind of record that has no rules of its own. */
export class RecordAdapter implements Adapter {
  readonly #deps: AdapterDeps
  readonly #kind: string

  constructor(deps: AdapterDeps, kind: string) {
    this.#deps = deps
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { db, now } = this.#deps
    // A record that expires in this very second is stored, and never found.
    if (!Number.isFinite(expiresIn)) throw new TypeError(`a ${this.#kind} has no lifetime`)
    const record = {
      kind: this.#kind,
      idHash: hashToken(id),
      clientId: clientOf(payload),
      payload: packPayload(id, payload),
      expiresAt: now() + expiresIn * seconds,
      parentHash: this.parentHash(),
    }
    const own = ownSession()
    switch (this.#kind) {
      case 'Grant':
        if (own && (await upsertUnder(db, record, { sessionId: own.id }))) return
        throw new errors.LoginRequired('a grant is made in a live session')
      case 'AuthorizationCode':
      case 'AccessToken':
      case 'RefreshToken':
        return this.#keepToken(record, hashToken(payload.grantId ?? ''))
      case 'ReplayDetection':
        if (await insertRecordOnce(db, { ...record, sessionId: null })) return
        throw new errors.InvalidRequest('sent twice')
      case 'Session':
        return upsertRecord(db, { ...record, sessionId: own?.id ?? null })
      default:
        return upsertRecord(db, { ...record, sessionId: null })
    }
  }

  /** Rule 33: a code or token lives under the live session of its grant, or is not stored. */
  async #keepToken(record: NewOidcRecord, grantHash: string): Promise<void> {
    const { db } = this.#deps
    if (await upsertUnder(db, record, { grantHash })) return
    // A replay has ended the grant meanwhile, so the client receives a token that is dead already.
    if (!(await hasGrant(db, grantHash))) return
    if (this.#kind === 'AuthorizationCode') throw new errors.LoginRequired('the session has ended')
    throw new errors.InvalidGrant('its session has ended')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { db, now } = this.#deps
    const record = await selectRecord(db, this.#kind, hashToken(id), now())
    if (!record) return undefined
    const payload = unpackPayload(id, record.payload)
    const { consumedAt } = record
    if (consumedAt === null) return payload
    return { ...payload, consumed: Math.floor(consumedAt / seconds) }
  }

  /** Marks the record as used. A second use, on whatever node, ends the grant with all its tokens. */
  async consume(id: string): Promise<void> {
    const { db, now } = this.#deps
    const idHash = hashToken(id)
    if (await consumeRecord(db, this.#kind, idHash, now())) return
    const record = await selectConsumption(db, this.#kind, idHash)
    if (record?.grantHash) await deleteGrant(db, record.grantHash)
    throw new errors.InvalidGrant('used already')
  }

  async destroy(id: string): Promise<void> {
    await deleteRecord(this.#deps.db, this.#kind, hashToken(id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await deleteGrant(this.#deps.db, hashToken(grantId))
  }

  /** Nothing is found by its uid (session-mirror.ts). */
  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  /** The hash of the record that a new one replaces; null where records do not replace each other. */
  parentHash(): string | null {
    return null
  }
}
