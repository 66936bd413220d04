import { AsyncLocalStorage } from 'node:async_hooks'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { UnitOfWork } from '../../../domain/openid/unit-of-work.ts'
import type { Session } from '../../../domain/sessions/session.ts'
import type { Visit } from '../../frame/visit.ts'
import type { Seam } from './seam.ts'

export const ownRequest: Seam = {
  changes: `The request under way is kept beside the library, for the adapters, the interaction policy,
    the lifetimes and the events.`,
  because: `The library calls an adapter with an id and nothing else. Which session, browser and caller
    the request came with decides there on what is found and kept (rule 33).`,
  methods: ['callback'],
}

/** What runs between a request and the library's answer to it. */
export type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>

interface OwnRequest {
  readonly visit: Visit
  readonly session: Session | null
  /** The hash of the authorization cookie. */
  readonly browser: string | null
  /** At the token endpoint: tells one caller from another (`callerOf`). */
  readonly tokenCaller: string | null
  /** What the request changes. */
  readonly unit: UnitOfWork
}

const requests = new AsyncLocalStorage<OwnRequest>()

export function runRequest<T>(request: OwnRequest, work: () => Promise<T>): Promise<T> {
  return requests.run(request, work)
}

/** The request that the library answers; null outside of a request. */
export function ownVisit(): Visit | null {
  return requests.getStore()?.visit ?? null
}

/** What the request changes; throws outside of a request, where the library changes nothing. */
export function ownUnit(): UnitOfWork {
  const request = requests.getStore()
  if (!request) throw new TypeError('a record is kept outside of a request')
  return request.unit
}

/** The live session of the browser that asks; null where no browser asks. */
export function ownSession(): Session | null {
  return requests.getStore()?.session ?? null
}

/** The hash of the browser's authorization cookie; null where the browser has none. */
export function ownBrowser(): string | null {
  return requests.getStore()?.browser ?? null
}

/** The caller at the token endpoint, as a hash; null at every other address. */
export function tokenCaller(): string | null {
  return requests.getStore()?.tokenCaller ?? null
}
