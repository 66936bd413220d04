// The passkey name as the person typed it: it outlives the page, as a new code may be needed first.
import { withStorage } from '../../frame/web/storage.ts'

const key = 'sekisho.passkeyName'

/** The name that was typed in this tab and not registered yet, or null. */
export function typedName(): string | null {
  return withStorage(() => sessionStorage.getItem(key))
}

export function keepTypedName(name: string): void {
  withStorage(() => sessionStorage.setItem(key, name))
}

export function forgetTypedName(): void {
  withStorage(() => sessionStorage.removeItem(key))
}
