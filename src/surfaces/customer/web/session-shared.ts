// What the tabs of a browser tell each other about their session: times alone, nothing that opens anything.
import { withStorage } from './storage.ts'

const key = 'sekisho.session'

export interface Shared {
  /** Tells one session from the next; in milliseconds since 1970, by the server's clock. */
  readonly signedInAt: number
  /** When it ends without further use; 0 when it was signed out. */
  readonly ends: number
}

export function share({ signedInAt, ends }: Shared): void {
  withStorage(() => localStorage.setItem(key, `${signedInAt} ${ends}`))
}

/** Tells all tabs that the session was signed out. */
export function shareSignOut(): void {
  const shared = readShared()
  if (shared) share({ ...shared, ends: 0 })
}

/** Null where nothing is shared, or nothing can be. */
export function readShared(): Shared | null {
  const stored = withStorage(() => localStorage.getItem(key))
  const [signedInAt, ends] = (stored ?? '').split(' ').map(Number)
  return signedInAt && ends !== undefined ? { signedInAt, ends } : null
}

/** Calls when another tab has shared something. */
export function whenSharedChanges(learn: (shared: Shared | null) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key) learn(readShared())
  })
}
