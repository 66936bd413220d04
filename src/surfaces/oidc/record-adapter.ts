// Where oidc-provider keeps a record of whatever kind: in our database, under our sessions.
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
import { idMark } from './asking.ts'
import { ownSession } from './request.ts'

export type AdapterDeps = Pick<Deps, 'db' | 'now'>

export class RecordAdapter implements Adapter {
  readonly #deps: AdapterDeps
  readonly #kind: string

  constructor(deps: AdapterDeps, kind: string) {
    this.#deps = deps
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { db, now } = this.#deps
    // One that ends in this very second is kept, and found by nobody.
    if (!Number.isFinite(expiresIn)) throw new TypeError(`a ${this.#kind} has no lifetime`)
    // The id is the secret itself: it is neither a key nor in the payload.
    const { jti: _, ...kept } = payload
    const record = {
      kind: this.#kind,
      idHash: hashToken(id),
      payload: JSON.stringify(kept).replaceAll(id, idMark),
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

  /** Rule 33: what is made from a grant lives under the live session of the grant, or is not made. */
  async #keepToken(record: NewOidcRecord, grantHash: string): Promise<void> {
    const { db } = this.#deps
    if (await upsertUnder(db, record, { grantHash })) return
    // A replay has ended the grant meanwhile: the token is dead on arrival instead of a moment later.
    if (!(await hasGrant(db, grantHash))) return
    if (this.#kind === 'AuthorizationCode') throw new errors.LoginRequired('the session has ended')
    throw new errors.InvalidGrant('its session has ended')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { db, now } = this.#deps
    const record = await selectRecord(db, this.#kind, hashToken(id), now())
    if (!record) return undefined
    const text = record.payload.replaceAll(idMark, () => id)
    const payload = { ...(JSON.parse(text) as AdapterPayload), jti: id }
    const { consumedAt } = record
    if (consumedAt === null) return payload
    return { ...payload, consumed: Math.floor(consumedAt / seconds) }
  }

  /** Used once, on whatever node; the second use ends the grant with all its tokens. */
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

  findByUid(_uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(undefined)
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  /** The record that this one follows, where one follows another. */
  parentHash(): string | null {
    return null
  }
}
