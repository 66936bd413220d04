// Where oidc-provider keeps what it makes: in our database, under our sessions.
import { AsyncLocalStorage } from 'node:async_hooks'
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { idMark } from '../clients/asking.ts'
import { clientMetadata } from '../clients/client.ts'
import { findClient } from '../clients/registry.ts'
import type { Deps } from '../deps.ts'
import { hours, seconds } from '../ground/clock.ts'
import { hashToken } from '../ground/secrets.ts'
import { amrOf, longestLifetime, sessionEnd, type Session } from '../sessions/session.ts'
import {
  consumeRecord,
  deleteGrant,
  deleteRecord,
  insertRecordOnce,
  selectConsumption,
  selectRecord,
  upsertRecord,
} from './store.ts'

/** The session of ours that the request under way came with; a token endpoint's has none. */
export const ownSession = new AsyncLocalStorage<Session | null>()

/** Who was signed in under a session of ours, and by which `sid`: one record for each client. */
export const signedInClient = 'SignedInClient'

/** What ends with the session that it was made in; an interaction outlives it, to sign in once more. */
const ofSession: readonly string[] = ['Session', 'Grant']

/** A lost answer may be asked for again: so long the previous refresh token is still taken. */
const refreshGrace = 30 * seconds

type AdapterDeps = Pick<Deps, 'db' | 'now'>

/** The adapter of one kind of record. */
export function openAdapter(deps: AdapterDeps, kind: string): Adapter {
  if (kind === 'Client') return new ClientAdapter(deps)
  if (kind === 'Session') return new SessionAdapter(deps)
  return new RecordAdapter(deps, kind)
}

class RecordAdapter implements Adapter {
  readonly #deps: AdapterDeps
  readonly #kind: string

  constructor(deps: AdapterDeps, kind: string) {
    this.#deps = deps
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { db, now } = this.#deps
    // The id is the secret itself: it is neither a key nor in the payload.
    const { jti: _, ...kept } = payload
    const { grantId } = payload
    const record = {
      kind: this.#kind,
      idHash: hashToken(id),
      payload: JSON.stringify(kept).replaceAll(id, idMark),
      grantHash: grantId && this.#kind !== 'Interaction' ? hashToken(grantId) : null,
      sessionId: ofSession.includes(this.#kind) ? (ownSession.getStore()?.id ?? null) : null,
      expiresAt: now() + (expiresIn ? expiresIn * seconds : 12 * hours),
    }
    if (this.#kind !== 'ReplayDetection') return upsertRecord(db, record)
    if (!(await insertRecordOnce(db, record))) throw new errors.InvalidRequest('sent twice')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const { db, now } = this.#deps
    const record = await selectRecord(db, this.#kind, hashToken(id), now())
    if (!record) return undefined
    const text = record.payload.replaceAll(idMark, () => id)
    const payload = { ...(JSON.parse(text) as AdapterPayload), jti: id }
    const { consumedAt } = record
    if (consumedAt === null || this.#isInGrace(consumedAt)) return payload
    return { ...payload, consumed: Math.floor(consumedAt / seconds) }
  }

  /** Used once, on whatever node; the second use ends the grant with all its tokens. */
  async consume(id: string): Promise<void> {
    const { db, now } = this.#deps
    const idHash = hashToken(id)
    if (await consumeRecord(db, this.#kind, idHash, now())) return
    const record = await selectConsumption(db, this.#kind, idHash)
    if (record?.consumedAt && this.#isInGrace(record.consumedAt)) return
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

  #isInGrace(consumedAt: number): boolean {
    return this.#kind === 'RefreshToken' && this.#deps.now() - consumedAt < refreshGrace
  }
}

/**
 * The library's own session is a shadow of ours: whatever its cookie says, it is found under the
 * session that the browser has with us, and says of account, strength and time what ours says.
 */
class SessionAdapter extends RecordAdapter {
  readonly #deps: AdapterDeps

  constructor(deps: AdapterDeps) {
    super(deps, 'Session')
    this.#deps = deps
  }

  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    await super.upsert(shadowId(id), payload, expiresIn)
    const own = ownSession.getStore()
    if (own) await this.#noteClients(own, payload)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const own = ownSession.getStore()
    const kept = await super.find(shadowId(id))
    if (!own) return kept?.accountId ? undefined : kept
    return {
      ...kept,
      kind: 'Session',
      jti: id,
      uid: own.account.id,
      iat: Math.floor(own.signedInAt / seconds),
      exp: Math.ceil(Math.max(sessionEnd(own), this.#deps.now() + 1 * seconds) / seconds),
      accountId: own.account.id,
      acr: own.acr,
      amr: [...amrOf(own.acr)],
      loginTs: Math.floor(own.provenAt / seconds),
    }
  }

  /** An interaction asks for the session that it began in; whose it is now is for ours to say. */
  override findByUid(uid: string): Promise<AdapterPayload> {
    const exp = Math.ceil(this.#deps.now() / seconds) + 60
    return Promise.resolve({ kind: 'Session', uid, accountId: uid, exp })
  }

  /** While our session lives its shadow stays: it knows the grants that were made under it. */
  override async destroy(id: string): Promise<void> {
    if (!ownSession.getStore()) await super.destroy(id)
  }

  /** Each for itself, so that two clients that come at once do not write over each other. */
  async #noteClients({ id, signedInAt }: Session, { authorizations }: AdapterPayload) {
    for (const [clientId, { sid }] of Object.entries(authorizations ?? {})) {
      if (sid === undefined) continue
      await insertRecordOnce(this.#deps.db, {
        kind: signedInClient,
        idHash: sid,
        payload: JSON.stringify({ clientId, sid }),
        grantHash: null,
        sessionId: id,
        expiresAt: signedInAt + longestLifetime + 1 * hours,
      })
    }
  }
}

/** The `sid` of a client in a session of ours: the same in every tab that it signs in in. */
export function sidOf({ id }: Session, clientId: string): string {
  return hashToken(`sid ${id} ${clientId}`)
}

function shadowId(id: string): string {
  const own = ownSession.getStore()
  return own ? `of ${own.id}` : id
}

class ClientAdapter extends RecordAdapter {
  readonly #deps: AdapterDeps

  constructor(deps: AdapterDeps) {
    super(deps, 'Client')
    this.#deps = deps
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const client = await findClient(this.#deps.db, id)
    return client && (clientMetadata(client) as AdapterPayload)
  }
}
