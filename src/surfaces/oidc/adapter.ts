// oidc-provider's adapters: its records lie in our database, under our sessions.
import { isDeepStrictEqual } from 'node:util'
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { findClient } from '../../domain/clients/store.ts'
import {
  insertRecordOnce,
  signedInClient,
  updateLastIssued,
  type NewOidcRecord,
} from '../../domain/openid/records.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { hours } from '../../kernel/clock.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { longestLifetime } from '../../limits/sessions.ts'
import { isOfBrowser, type KeptInteraction } from './asking.ts'
import { clientMetadata } from './client-metadata.ts'
import { RecordAdapter, type AdapterDeps } from './record-adapter.ts'
import { RefreshTokenAdapter } from './refresh-adapter.ts'
import { interactionFor } from './seams/interaction-owner.ts'
import { ownBrowser, ownSession, ownUnit, ownVisit } from './seams/own-request.ts'
import { mirrorId, mirrorOf } from './seams/session-mirror.ts'
import { TokenAdapter } from './token-adapter.ts'

/** The adapter of one kind of record. */
export function openAdapter(deps: AdapterDeps, kind: string): Adapter {
  return new (adapters.get(kind) ?? RecordAdapter)(deps, kind)
}

class GrantAdapter extends RecordAdapter {
  protected override store(record: NewOidcRecord): void {
    const own = ownSession()
    if (!own) throw new errors.LoginRequired('a grant is made in a live session')
    ownUnit().save({ ...record, sessionId: own.id })
  }

  override destroy(id: string): Promise<void> {
    return this.revokeByGrantId(id)
  }
}

/** Every issue brings one, also where the refresh token stays the same. */
class AccessTokenAdapter extends TokenAdapter {
  protected override store(record: NewOidcRecord, payload: AdapterPayload): void {
    super.store(record, payload)
    const grantHash = hashToken(payload.grantId ?? '')
    ownUnit().within(({ tx, now }) => updateLastIssued(tx, grantHash, now))
  }
}

/** A client's proof (RFC 9449, RFC 7523) is accepted once. */
class ProofAdapter extends RecordAdapter {
  protected override store(record: NewOidcRecord): void {
    ownUnit().require(async ({ tx }) => {
      if (!(await insertRecordOnce(tx, record))) throw new errors.InvalidRequest('sent twice')
      return undefined
    })
  }
}

/** The library's session mirrors ours (session-mirror.ts); it holds no account without ours. */
class SessionAdapter extends RecordAdapter {
  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const own = ownSession()
    if (!own) return super.upsert(id, payload, expiresIn)
    const { authorizations, state } = payload
    const kept = await super.find(mirrorId(own))
    // The rest of it follows from our session.
    if (kept && isDeepStrictEqual([authorizations, state], [kept.authorizations, kept.state]))
      return
    await super.upsert(mirrorId(own), payload, expiresIn)
    this.#noteClients(own, authorizations, kept?.authorizations)
  }

  protected override store(record: NewOidcRecord): void {
    ownUnit().save({ ...record, sessionId: ownSession()?.id ?? null })
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const own = ownSession()
    if (own) return mirrorOf(own, id, await super.find(mirrorId(own)), this.deps.now())
    const kept = await super.find(id)
    return kept?.accountId ? undefined : kept
  }

  /** The mirror lives as long as our session: it knows the grants that were made under it. */
  override async destroy(id: string): Promise<void> {
    if (!ownSession()) await super.destroy(id)
  }

  /** One record for each client, so that two clients that come at once do not overwrite each other. */
  #noteClients({ id, signedInAt }: Session, now: Authorizations = {}, before: Authorizations = {}) {
    for (const [clientId, { sid }] of Object.entries(now)) {
      if (sid === undefined || before[clientId]?.sid === sid) continue
      ownUnit().save({
        kind: signedInClient,
        idHash: sid,
        clientId,
        payload: JSON.stringify({ clientId, sid }),
        sessionId: id,
        expiresAt: signedInAt + longestLifetime + 1 * hours,
      })
    }
  }
}

type Authorizations = NonNullable<AdapterPayload['authorizations']>

/** Rule 33: an interaction is found only in the browser that began it. */
class InteractionAdapter extends RecordAdapter {
  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const browser = ownBrowser()
    if (!browser) throw new TypeError('an interaction is kept outside of a browser')
    await super.upsert(id, { ...payload, browser }, expiresIn)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const kept = await super.find(id)
    if (!kept || !isOfBrowser(kept as KeptInteraction, ownBrowser())) return undefined
    return interactionFor(ownSession(), kept)
  }
}

class ClientAdapter extends RecordAdapter {
  override async find(id: string): Promise<AdapterPayload | undefined> {
    // Outside of a request, clients are told that a session has ended.
    const client = await (ownVisit() ? ownUnit().findClient(id) : findClient(this.deps.db, id))
    return client && (clientMetadata(client) as AdapterPayload)
  }
}

const adapters: ReadonlyMap<string, typeof RecordAdapter> = new Map([
  ['AccessToken', AccessTokenAdapter],
  ['AuthorizationCode', TokenAdapter],
  ['Client', ClientAdapter],
  ['Grant', GrantAdapter],
  ['Interaction', InteractionAdapter],
  ['RefreshToken', RefreshTokenAdapter],
  ['ReplayDetection', ProofAdapter],
  ['Session', SessionAdapter],
])
