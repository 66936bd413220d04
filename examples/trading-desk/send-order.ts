// The screens' way to the API of orders, as the person who is signed in.
import * as oauth from 'openid-client'
import type { Bar } from './order-checks.ts'
import type { DeskDeps } from './screens.ts'
import type { DeskSession } from './sessions.ts'
import { accessToken } from './sign-in.ts'

export type Answer =
  | { readonly stepUp: { readonly acr: string; readonly maxAge: number } }
  | { readonly bar: Bar }
  | 'too much'
  | 'done'
  | 'session over'

/** Sends an order, which happens once however often it is sent. */
export async function sendOrder(
  { connect, settings }: DeskDeps,
  session: DeskSession,
  path: '/api/withdrawals' | '/api/sales',
  order: object,
): Promise<Answer> {
  const configuration = await connect()
  const url = new URL(path, settings.origin)
  const headers = new Headers({ 'Content-Type': 'application/json' })
  const body = JSON.stringify(order)
  try {
    const token = await accessToken(configuration, session)
    const answer = await oauth.fetchProtectedResource(
      configuration,
      token,
      url,
      'POST',
      body,
      headers,
    )
    if (answer.status === 201) return 'done'
    if (answer.status === 409) return 'too much'
    if (answer.status === 403) return { bar: (await answer.json()) as Bar }
    throw new Error(`${path} answered ${answer.status}`)
  } catch (error) {
    // The sign-in has ended: its refresh tokens with it.
    if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') {
      return 'session over'
    }
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error
    return readChallenge(error)
  }
}

/** RFC 9470, §4: what the API asks for goes into the authorization request as it is. */
function readChallenge({ cause }: oauth.WWWAuthenticateChallengeError): Answer {
  const asked = cause.map(({ parameters }) => parameters)
  const missing = asked.find(({ error }) => error === 'insufficient_user_authentication')
  if (!missing) return 'session over'
  const { acr_values: acr, max_age: maxAge } = missing as Record<string, string | undefined>
  return { stepUp: { acr: acr ?? '', maxAge: Number(maxAge) } }
}
