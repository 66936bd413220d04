import { call } from './api.ts'

/** Ends the sign-in, if there is one; a person who gives up leaves the page even when the server cannot be told. */
export async function giveUpSignIn(): Promise<void> {
  await Promise.race([
    call('DELETE', '/api/sign-in').catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, 3000)),
  ])
}
