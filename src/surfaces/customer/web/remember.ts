// 「ログインIDを保存」: kept in this browser once a whole sign-in has succeeded, pending until then.
import { withStorage } from '../../frame/web/storage.ts'

const key = 'sekisho.loginId'

/** The login ID that this browser keeps, or ''. */
export function rememberedLoginId(): string {
  return withStorage(() => localStorage.getItem(key)) ?? ''
}

export function forgetLoginId(): void {
  withStorage(() => localStorage.removeItem(key))
}

/** Notes whether the sign-in that just began is to be remembered. */
export function rememberAfterSuccess(loginId: string | null): void {
  withStorage(() => {
    if (loginId === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, loginId)
  })
}

/** Keeps the pending login ID, as the sign-in has succeeded. */
export function rememberNow(): void {
  withStorage(() => {
    const loginId = sessionStorage.getItem(key)
    if (loginId !== null) localStorage.setItem(key, loginId)
    sessionStorage.removeItem(key)
  })
}
