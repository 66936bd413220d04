// An application that signs its users in with Sekisho, as an engineer would write it with openid-client.
import * as oauth from 'openid-client'
import type { ClientSettings } from '../../../src/domain/clients/client.ts'
import type { ClientKind } from '../../../src/domain/tables/openid-tables.ts'
import { addClient } from '../../../src/operations/openid/clients.ts'
import type { HttpClient } from './http-client.ts'
import type { World } from './world.ts'

export const callback = 'http://localhost:3200/callback'

/** Who changes clients and keys in tests, and what for. */
export const operator = { name: 'suzuki', reason: 'asked by telephone' } as const

export interface RelyingParty {
  readonly clientId: string
  readonly secret: string | null
  readonly configuration: oauth.Configuration
}

/** DPoP for a client, with a key of its own (RFC 9449). */
export async function newDPoP({ configuration }: RelyingParty): Promise<oauth.DPoPHandle> {
  return oauth.getDPoPHandle(configuration, await oauth.randomDPoPKeyPair('ES256'))
}

/** Registers a client and discovers the provider for it. */
export async function register(
  world: World,
  kind: Exclude<ClientKind, 'fapi'> = 'web',
  settings: Partial<ClientSettings> = {},
  customFetch?: oauth.CustomFetch,
): Promise<RelyingParty> {
  const client = {
    kind,
    name: 'NEOTRADER',
    settings: {
      redirectUris: [callback],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      jwks: null,
      ...settings,
    },
  }
  const added = await addClient(world.deps, client, operator)
  if ('fault' in added) throw new Error(added.fault)
  const { clientId } = added
  const byForm = settings.authMethod === 'client_secret_post'
  const bySecret = byForm ? oauth.ClientSecretPost : oauth.ClientSecretBasic
  const authentication = added.secret === null ? oauth.None() : bySecret(added.secret)
  const configuration = await oauth.discovery(
    new URL(world.origin),
    clientId,
    undefined,
    authentication,
    {
      execute: [oauth.allowInsecureRequests],
      ...(customFetch && { [oauth.customFetch]: customFetch }),
    },
  )
  return { clientId, secret: added.secret, configuration }
}

export interface Request {
  readonly address: string
  readonly checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string }
}

/** An authorization request with PKCE, state and nonce. */
export async function authorizationRequest(
  { configuration }: RelyingParty,
  parameters: Record<string, string> = {},
): Promise<Request> {
  const checks = {
    pkceCodeVerifier: oauth.randomPKCECodeVerifier(),
    expectedState: oauth.randomState(),
    expectedNonce: oauth.randomNonce(),
  }
  const url = oauth.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid profile',
    code_challenge: await oauth.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...parameters,
  })
  return { address: url.pathname + url.search, checks }
}

/** Follows redirects within the provider, as a browser does; where they end, or lead out to. */
export async function follow(client: HttpClient, address: string): Promise<URL> {
  let at = new URL(address, 'http://provider.invalid')
  for (let hop = 0; hop < 10; hop += 1) {
    const answer = await client.get(at.pathname + at.search)
    const { location } = answer.headers
    if (answer.status < 300 || answer.status >= 400 || !location) return at
    at = new URL(location, at)
    if (at.href.startsWith(callback)) return at
  }
  throw new Error(`redirects without end at ${at.href}`)
}

/** Redeems the code of a callback for tokens; throws what openid-client throws. */
export async function redeem(
  { configuration }: RelyingParty,
  arrived: URL,
  { checks }: Request,
  options?: oauth.DPoPOptions,
) {
  return oauth.authorizationCodeGrant(configuration, arrived, checks, undefined, options)
}
