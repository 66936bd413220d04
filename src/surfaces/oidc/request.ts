// What of ours the request under way came with. The library calls our adapter and our checks without it.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Session } from '../../domain/sessions/session.ts'

interface OwnRequest {
  readonly session: Session | null
  /** The hash of the authorization cookie. */
  readonly browser: string | null
  /** At the token endpoint: as `callerOf` tells one from another. */
  readonly tokenCaller: string | null
}

const requests = new AsyncLocalStorage<OwnRequest>()

export function runRequest<T>(request: OwnRequest, work: () => Promise<T>): Promise<T> {
  return requests.run(request, work)
}

/** The live session of the browser that asks; null where no browser asks. */
export function ownSession(): Session | null {
  return requests.getStore()?.session ?? null
}

export function ownBrowser(): string | null {
  return requests.getStore()?.browser ?? null
}

export function tokenCaller(): string | null {
  return requests.getStore()?.tokenCaller ?? null
}
