// oidc-provider's adapters: its records lie in our database, under our sessions.
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { findClient } from '../../domain/clients/store.ts'
import {
  insertRecordOnce,
  signedInClient,
  upsertRecord,
  upsertUnder,
  type NewOidcRecord,
} from '../../domain/openid/records.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { hours } from '../../kernel/clock.ts'
import { longestLifetime } from '../../kernel/limits.ts'
import { isOfBrowser, type KeptInteraction } from './asking.ts'
import { clientMetadata } from './client-metadata.ts'
import { RecordAdapter, type AdapterDeps } from './record-adapter.ts'
import { RefreshTokenAdapter } from './refresh-adapter.ts'
import { interactionFor } from './seams/interaction-owner.ts'
import { ownBrowser, ownSession } from './seams/own-request.ts'
import { mirrorId, mirrorOf } from './seams/session-mirror.ts'
import { TokenAdapter } from './token-adapter.ts'

/** The adapter of one kind of record. */
export function openAdapter(deps: AdapterDeps, kind: string): Adapter {
  return new (adapters.get(kind) ?? RecordAdapter)(deps, kind)
}

class GrantAdapter extends RecordAdapter {
  protected override async store(record: NewOidcRecord): Promise<void> {
    const own = ownSession()
    if (own && (await upsertUnder(this.deps.db, record, { sessionId: own.id }))) return
    throw new errors.LoginRequired('a grant is made in a live session')
  }
}

/** A client's proof (RFC 9449, RFC 7523) is accepted once. */
class ProofAdapter extends RecordAdapter {
  protected override async store(record: NewOidcRecord): Promise<void> {
    if (await insertRecordOnce(this.deps.db, { ...record, sessionId: null })) return
    throw new errors.InvalidRequest('sent twice')
  }
}

/** The library's session mirrors ours (session-mirror.ts); it holds no account without ours. */
class SessionAdapter extends RecordAdapter {
  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const own = ownSession()
    await super.upsert(own ? mirrorId(own) : id, payload, expiresIn)
    if (own) await this.#noteClients(own, payload)
  }

  protected override async store(record: NewOidcRecord): Promise<void> {
    await upsertRecord(this.deps.db, { ...record, sessionId: ownSession()?.id ?? null })
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
  async #noteClients({ id, signedInAt }: Session, { authorizations }: AdapterPayload) {
    for (const [clientId, { sid }] of Object.entries(authorizations ?? {})) {
      if (sid === undefined) continue
      await insertRecordOnce(this.deps.db, {
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
    const client = await findClient(this.deps.db, id)
    return client && (clientMetadata(client) as AdapterPayload)
  }
}

const adapters: ReadonlyMap<string, typeof RecordAdapter> = new Map([
  ['AccessToken', TokenAdapter],
  ['AuthorizationCode', TokenAdapter],
  ['Client', ClientAdapter],
  ['Grant', GrantAdapter],
  ['Interaction', InteractionAdapter],
  ['RefreshToken', RefreshTokenAdapter],
  ['ReplayDetection', ProofAdapter],
  ['Session', SessionAdapter],
])
