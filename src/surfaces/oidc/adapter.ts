// Where oidc-provider keeps what it makes: in our database, under our sessions.
import type { Adapter, AdapterPayload } from 'oidc-provider'
import { clientMetadata } from '../../domain/clients/client.ts'
import { findClient } from '../../domain/clients/store.ts'
import { amrOf } from '../../domain/factors/factors.ts'
import { insertRecordOnce } from '../../domain/openid/records.ts'
import { sessionEnd, type Session } from '../../domain/sessions/session.ts'
import { hours, seconds } from '../../kernel/clock.ts'
import { longestLifetime } from '../../kernel/limits.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { isOfBrowser, type KeptInteraction } from './asking.ts'
import { RecordAdapter, type AdapterDeps } from './record-adapter.ts'
import { RefreshTokenAdapter } from './refresh-adapter.ts'
import { ownBrowser, ownSession } from './request.ts'

/** Who was signed in under a session of ours, and by which `sid`: one record for each client. */
export const signedInClient = 'SignedInClient'

/** The adapter of one kind of record. */
export function openAdapter(deps: AdapterDeps, kind: string): Adapter {
  if (kind === 'Client') return new ClientAdapter(deps)
  if (kind === 'Session') return new SessionAdapter(deps)
  if (kind === 'Interaction') return new InteractionAdapter(deps)
  if (kind === 'RefreshToken') return new RefreshTokenAdapter(deps)
  return new RecordAdapter(deps, kind)
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
    const own = ownSession()
    if (own) await this.#noteClients(own, payload)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const own = ownSession()
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
    if (!ownSession()) await super.destroy(id)
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

/** What of it is compared with our session. */
interface AnsweredInteraction extends KeptInteraction {
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
    const browser = ownBrowser()
    if (!browser) throw new TypeError('an interaction is kept outside of a browser')
    await super.upsert(id, { ...payload, browser }, expiresIn)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await super.find(id)
    if (!found) return undefined
    const interaction = found as AdapterPayload & AnsweredInteraction
    if (!isOfBrowser(interaction, ownBrowser())) return undefined
    const { browser: _browser, session, result, ...payload } = interaction
    const { uid: _, ...begunIn } = session ?? {}
    return {
      ...payload,
      ...(session && { session: begunIn as NonNullable<AdapterPayload['session']> }),
      ...(isOfOwnSession(result) && { result }),
    } as AdapterPayload
  }
}

function isOfOwnSession(result: AnsweredInteraction['result']): boolean {
  if (!result?.login) return result !== undefined
  return result.login.sessionId === ownSession()?.id
}

/** The `sid` of a client in a session of ours: the same in every tab that it signs in in. */
export function sidOf({ id }: Session, clientId: string): string {
  return hashToken(`sid ${id} ${clientId}`)
}

function shadowId(id: string): string {
  const own = ownSession()
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
