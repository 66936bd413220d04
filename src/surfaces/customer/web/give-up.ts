import { call } from './api.ts'

/** Ends the attempt, if there is one; whoever gives up gets away even when that cannot be told. */
export async function giveUpSignIn(): Promise<void> {
  await Promise.race([
    call('DELETE', '/api/sign-in').catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, 3000)),
  ])
}
