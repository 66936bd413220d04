import { call } from '../../frame/web/api.ts'

/** Ends the sign-in, if there is one; the person leaves the page even when the server cannot be reached. */
export async function giveUpSignIn(): Promise<void> {
  await Promise.race([
    call('DELETE', '/api/sign-in').catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, 3000)),
  ])
}
