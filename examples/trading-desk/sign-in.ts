// Everything that the trading desk says to the sign-in, by openid-client.
import * as oauth from 'openid-client'
import {
  randomKey,
  type DeskSession,
  type Person,
  type Sessions,
  type Strength,
  type Tokens,
  type Transaction,
} from './sessions.ts'
import type { DeskSettings } from './settings.ts'

export type Connect = () => Promise<oauth.Configuration>

/** Discovers the sign-in at its first use, and again when that failed. */
export function connectTo({ issuer, clientId, clientSecret }: DeskSettings): Connect {
  const authentication = oauth.ClientSecretBasic(clientSecret)
  const options = issuer.startsWith('http:') ? { execute: [oauth.allowInsecureRequests] } : {}
  let found: Promise<oauth.Configuration> | null = null
  return () => {
    found ??= oauth
      .discovery(new URL(issuer), clientId, undefined, authentication, options)
      .catch((error: unknown) => {
        found = null
        throw error
      })
    return found
  }
}

/** Where to send a browser to sign in, or to prove itself once more in a session that goes on. */
export async function begin(
  configuration: oauth.Configuration,
  { origin, sessions }: { origin: string; sessions: Sessions },
  asked: { browser: string; language: string; stepUp: Strength | null },
): Promise<URL> {
  const { browser, language, stepUp } = asked
  const verifier = oauth.randomPKCECodeVerifier()
  const transaction = { state: oauth.randomState(), nonce: oauth.randomNonce(), verifier }
  sessions.keep({ ...transaction, browser, stepUp })
  return oauth.buildAuthorizationUrl(configuration, {
    redirect_uri: `${origin}/callback`,
    scope: 'openid profile',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: transaction.state,
    nonce: transaction.nonce,
    ui_locales: language,
    ...(stepUp && { acr_values: stepUp.acr, max_age: String(stepUp.maxAge) }),
  })
}

interface SignedIn {
  readonly sid: string
  readonly person: Person
  readonly tokens: Tokens
}

/** Redeems the code; throws when anything of the answer is not as the transaction asked for it. */
export async function finish(
  configuration: oauth.Configuration,
  arrived: URL,
  { state, nonce, verifier, stepUp }: Transaction,
): Promise<SignedIn> {
  const answer = await oauth.authorizationCodeGrant(configuration, arrived, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    ...(stepUp && { maxAge: stepUp.maxAge }),
  })
  const claims = answer.claims()
  const sid = claims?.['sid']
  if (!claims || typeof sid !== 'string') throw new Error('the ID token has no sid')
  const person = personOf(claims)
  if (stepUp && person.acr !== stepUp.acr) throw new Error('the step-up gave less than asked for')
  return { sid, person, tokens: tokensOf(answer, null) }
}

/** An access token that lives a moment longer; one refresh at a time for each session. */
export async function accessToken(
  configuration: oauth.Configuration,
  session: DeskSession,
): Promise<string> {
  if (session.tokens.accessEndsAt > Date.now() + 30_000) return session.tokens.access
  const running = refreshing.get(session) ?? refresh(configuration, session)
  refreshing.set(session, running)
  return running.finally(() => refreshing.delete(session))
}

const refreshing = new WeakMap<DeskSession, Promise<string>>()

async function refresh(configuration: oauth.Configuration, session: DeskSession): Promise<string> {
  const answer = await oauth.refreshTokenGrant(configuration, session.tokens.refresh ?? '')
  session.tokens = tokensOf(answer, session.tokens)
  return session.tokens.access
}

/** What a form says to the sign-in, so that it signs out there too; nobody is asked a second time. */
export function signOutFields(
  { tokens }: Pick<DeskSession, 'tokens'>,
  returnTo: string,
  language: string,
): Readonly<Record<string, string>> {
  return {
    id_token_hint: tokens.id,
    post_logout_redirect_uri: returnTo,
    ui_locales: language,
  }
}

/** A value that ties a way to the sign-in to the browser that goes it. */
export const newBrowserKey = randomKey

function personOf(claims: oauth.IDToken): Person {
  const text = (name: string) => String(claims[name] ?? '')
  return {
    sub: claims.sub,
    name: text('name'),
    loginId: text('preferred_username'),
    acr: text('acr'),
    provenAt: (claims.auth_time ?? claims.iat) * 1000,
  }
}

function tokensOf(
  answer: oauth.TokenEndpointResponse & oauth.TokenEndpointResponseHelpers,
  before: Tokens | null,
): Tokens {
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? before?.refresh ?? null,
    id: answer.id_token ?? before?.id ?? '',
    accessEndsAt: Date.now() + (answer.expires_in ?? 60) * 1000,
  }
}
