// Signing out is said on the sign-in page that follows in this tab. No address can say it in its place.
import { takeNote, withStorage } from '../../frame/web/storage.ts'

const key = 'sekisho.signedOut'

export function noteSignedOut(): void {
  withStorage(() => sessionStorage.setItem(key, 'yes'))
}

/** Whether the person has just signed out here; true once. */
export function hasSignedOut(): boolean {
  return takeNote(key) !== null
}
