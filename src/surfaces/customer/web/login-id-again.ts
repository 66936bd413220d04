// Who signs in again types no login ID: the page that sends them there knows it, and no address says it.
import { takeNote, withStorage } from '../../frame/web/storage.ts'

const key = 'sekisho.loginId.again'

export function noteLoginId(loginId: string): void {
  withStorage(() => sessionStorage.setItem(key, loginId))
}

/** The login ID that was noted in this tab, once; '' without one. */
export function takeLoginId(): string {
  return takeNote(key) ?? ''
}
