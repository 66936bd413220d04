// What the tabs of a browser tell each other about their session: times alone, nothing that opens anything.
import { withStorage } from '../../frame/web/storage.ts'

const key = 'sekisho.session'

export interface Shared {
  /** Tells one session from the next; in milliseconds since 1970, by the server's clock. */
  readonly signedInAt: number
  /** When it ends without further use. */
  readonly ends: number
}

export function share({ signedInAt, ends }: Shared): void {
  withStorage(() => localStorage.setItem(key, `${signedInAt} ${ends}`))
}

/** Tells all tabs that the session was signed out, and leaves nothing behind. */
export function shareSignOut(): void {
  withStorage(() => localStorage.removeItem(key))
}

/** Null where nothing is shared, or nothing can be, and after signing out. */
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
