// Where oidc-provider keeps what it makes: in our database, under our sessions.
import { AsyncLocalStorage } from 'node:async_hooks'
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { idMark } from '../clients/asking.ts'
import { clientMetadata } from '../clients/client.ts'
import { findClient } from '../clients/registry.ts'
import type { Deps } from '../deps.ts'
import { hours, seconds } from '../ground/clock.ts'
import { hashToken, sameText } from '../ground/secrets.ts'
import { amrOf, longestLifetime, sessionEnd, type Session } from '../sessions/session.ts'
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
} from './store.ts'

/** The session of ours that the request under way came with; a token endpoint's has none. */
export const ownSession = new AsyncLocalStorage<Session | null>()

/** The hash of the authorization cookie that the request under way came with. */
export const ownBrowser = new AsyncLocalStorage<string | null>()

/** Who was signed in under a session of ours, and by which `sid`: one record for each client. */
export const signedInClient = 'SignedInClient'

/** A lost answer may be asked for again: so long the previous refresh token is still taken. */
const refreshGrace = 30 * seconds

type AdapterDeps = Pick<Deps, 'db' | 'now'>

/** The adapter of one kind of record. */
export function openAdapter(deps: AdapterDeps, kind: string): Adapter {
  if (kind === 'Client') return new ClientAdapter(deps)
  if (kind === 'Session') return new SessionAdapter(deps)
  if (kind === 'Interaction') return new InteractionAdapter(deps)
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
    if (!(expiresIn > 0)) throw new TypeError(`a ${this.#kind} has no lifetime`)
    // The id is the secret itself: it is neither a key nor in the payload.
    const { jti: _, ...kept } = payload
    const record = {
      kind: this.#kind,
      idHash: hashToken(id),
      payload: JSON.stringify(kept).replaceAll(id, idMark),
      expiresAt: now() + expiresIn * seconds,
    }
    const own = ownSession.getStore()
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
        sessionId: id,
        expiresAt: signedInAt + longestLifetime + 1 * hours,
      })
    }
  }
}

/** What of an interaction's payload is ours, or is compared with what is ours. */
interface KeptInteraction {
  /** The hash of the authorization cookie of the browser that began it. */
  readonly browser?: string
  readonly result?: { readonly login?: { readonly sessionId?: string } }
  readonly session?: { readonly uid?: string }
}

/**
 * Rule 33: an interaction is found in the browser that began it alone. What its result says of a
 * sign-in is there only while the session that gave it is the one that the browser has; without it
 * the authorization request is judged anew. The library's own comparison of sessions is left out, as
 * it knows nothing but cookies that another host may have planted.
 */
class InteractionAdapter extends RecordAdapter {
  constructor(deps: AdapterDeps) {
    super(deps, 'Interaction')
  }

  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const browser = ownBrowser.getStore()
    if (!browser) throw new TypeError('an interaction is kept outside of a browser')
    await super.upsert(id, { ...payload, browser }, expiresIn)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await super.find(id)
    if (!found) return undefined
    const { browser, session, result, ...payload } = found as AdapterPayload & KeptInteraction
    if (!browser || !sameText(browser, ownBrowser.getStore() ?? '')) return undefined
    const { uid: _, ...begunIn } = session ?? {}
    return {
      ...payload,
      ...(session && { session: begunIn as NonNullable<AdapterPayload['session']> }),
      ...(isOfOwnSession(result) && { result }),
    } as AdapterPayload
  }
}

function isOfOwnSession(result: KeptInteraction['result']): boolean {
  if (!result?.login) return result !== undefined
  const own = ownSession.getStore()
  return own !== null && own !== undefined && result.login.sessionId === own.id
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
