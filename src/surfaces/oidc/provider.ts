// oidc-provider, configured for brokers: code and PKCE only, tokens bound to keys where possible.
import { errors, interactionPolicy, type Configuration, type Provider } from 'oidc-provider'
import { assertionAlgorithms } from '../../domain/clients/client.ts'
import { seconds } from '../../kernel/clock.ts'
import { authorizationCodeLifetime, tokenLifetime } from '../../limits/openid.ts'
import { longestLifetime, signInLifetime } from '../../limits/sessions.ts'
import { loadSigningKeys } from '../../operations/openid/signing-keys.ts'
import { cookieName, type Site, type SurfaceDeps } from '../frame/site.ts'
import { openAdapter } from './adapter.ts'
import { needsNonce, refuseAssertion } from './ahead.ts'
import { checkThumbprint, refuseWithoutPkce } from './check-request.ts'
import {
  accountClaims,
  cautionClaims,
  findKnown,
  previousClaim,
  previousSignIn,
  strengthClaims,
} from './claims.ts'
import { clientAuthMethods, discoveryBeside } from './discovery.ts'
import { drawConfirmLogout, drawFailed, drawHandOver, drawLoggedOut } from './draw.ts'
import { addQuestions, blockingQuestion, useConsent } from './question-checks.ts'
import { fetchFromAnywhere } from './seams/fetch-anywhere.ts'
import { withFormPost } from './seams/form-post.ts'
import { compareHashes } from './seams/hashed-secrets.ts'
import { deriveSid } from './seams/one-sid.ts'
import { ownSession } from './seams/own-request.ts'
import { judgeTypeFirst } from './seams/response-types-first.ts'
import { acrValues, fits, readStrength } from './strength.ts'

interface ProviderDeps extends Pick<
  SurfaceDeps,
  'config' | 'db' | 'keys' | 'now' | 'log' | 'site'
> {
  /** Ends what the provider still asks of clients. */
  readonly stopping: AbortSignal
}

/** In seconds. */
export const lifetimes = {
  Interaction: signInLifetime / seconds,
  Session: longestLifetime / seconds,
  RefreshToken: longestLifetime / seconds,
  AccessToken: tokenLifetime / seconds,
  IdToken: tokenLifetime / seconds,
  AuthorizationCode: authorizationCodeLifetime / seconds,
}

/** A provider with the keys of this moment; a rotation makes another one. */
export async function createProvider(deps: ProviderDeps): Promise<Provider> {
  const configuration = await configure(deps)
  const provider = new (withFormPost(drawHandOver))(deps.site.origin, configuration)
  // The forwarded headers are our own, whatever the caller sent (forged-request.ts).
  provider.proxy = true
  compareHashes(provider)
  deriveSid(provider)
  judgeTypeFirst(provider)
  return provider
}

async function configure(deps: ProviderDeps): Promise<Configuration> {
  const { keys, now, site } = deps
  const prompts = policy(deps)
  const cookie = { httpOnly: true, sameSite: 'lax', signed: false, secure: site.isSecure } as const
  return {
    adapter: (kind) => openAdapter(deps, kind),
    jwks: { keys: [...(await loadSigningKeys(deps))] },
    routes: {
      authorization: '/oauth2/authorize',
      pushed_authorization_request: '/oauth2/par',
      token: '/oauth2/token',
      userinfo: '/oauth2/userinfo',
      revocation: '/oauth2/revoke',
      introspection: '/oauth2/introspect',
      end_session: '/oauth2/logout',
      jwks: '/oauth2/jwks',
    },
    cookies: {
      names: cookieNames(site),
      long: { ...cookie, path: '/' },
      short: cookie,
    },
    scopes: ['openid', 'profile', 'offline_access', previousSignIn],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', ...cautionClaims],
      profile: ['name', 'preferred_username'],
      [previousSignIn]: [previousSignIn],
    },
    conformIdTokenClaims: false,
    acrValues: [...acrValues],
    responseTypes: ['code'],
    clientAuthMethods: [...clientAuthMethods],
    // OpenID Connect Core 1.0, §3.1.2.1: `redirect_uri` is required, also where one is registered.
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: refuseWithoutPkce },
    extraParams: { dpop_jkt: checkThumbprint },
    discovery: discoveryBeside(site, prompts),
    ttl: { ...lifetimes, Grant: () => grantLifetime(now()) },
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims) => refuseAssertion(ctx, claims, now()),
    enabledJWA: { clientAuthSigningAlgValues: [...assertionAlgorithms] },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: {
        enabled: true,
        nonceSecret: keys.derive('dpop-nonce'),
        requireNonce: (ctx) => needsNonce(ctx, isFapi(ctx.oidc.client), now()),
      },
      // A client revokes its own tokens alone (RFC 7009, §2.1).
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      // A resource server introspects with its own client credentials (RFC 7662, §2.1), and receives
      // access tokens only (rule 35). A client may look at its own tokens.
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          token.clientId === client.clientId ||
          (token.kind === 'AccessToken' && client.clientAuthMethod !== 'none'),
      },
      backchannelLogout: { enabled: true },
      fapi: { enabled: true, profile: (_ctx, client) => (isFapi(client) ? '2.0' : undefined) },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: drawConfirmLogout,
        postLogoutSuccessSource: drawLoggedOut,
      },
    },
    fetch: fetchFromAnywhere(deps.config.logoutMilliseconds, deps.stopping),
    interactions: {
      url: (_ctx, interaction) => `/oauth2/interaction/${interaction.uid}`,
      policy: prompts,
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // The end of our session ends every token that was made under it (records.ts).
    expiresWithSession: () => false,
    // FAPI 2.0, §5.3.2.1: the refresh tokens of a client with keys of its own are not rotated.
    rotateRefreshToken: (ctx) => !isFapi(ctx.oidc.client),
    extraTokenClaims: strengthClaims,
    loadExistingGrant: loadGrant(deps),
    renderError: async (ctx, error) => drawFailed(ctx, error),
    async findAccount(_ctx, id, token) {
      const known = await findKnown(deps, id, token)
      if (!known) return undefined
      const claims = accountClaims(known, deps)
      return {
        accountId: id,
        claims: async (_use, scope) => ({
          ...claims,
          ...(await previousClaim(deps, known, scope)),
        }),
      }
    },
  }
}

/**
 * The library's cookies. Those of an interaction are bound to the interaction's path, so that two tabs do
 * not overwrite each other's. A cookie with a path cannot have the stricter prefix `__Host-`
 * (RFC 6265bis, §4.1.3).
 */
export function cookieNames(site: Pick<Site, 'cookiePrefix' | 'isSecure'>) {
  const bound = `${site.isSecure ? '__Secure-' : ''}${site.cookiePrefix}`
  return {
    session: cookieName(site, 'oidc'),
    interaction: `${bound}_interaction`,
    resume: `${bound}_resume`,
  } as const
}

/** A grant lasts as long as its session can last at most, in seconds. */
function grantLifetime(now: number): number {
  const own = ownSession()
  if (!own) throw new errors.LoginRequired('a grant is made in a session')
  return Math.max(1, Math.ceil((own.signedInAt + longestLifetime - now) / seconds))
}

const weaker = 'a stronger or fresher sign-in is asked for'

function policy(deps: ProviderDeps) {
  const prompts = interactionPolicy.base()
  const login = prompts.get('login')
  // Once somebody has signed in, the library takes `acr_values` and `max_age` for wishes.
  login?.checks.add(
    new interactionPolicy.Check('strength', weaker, 'login_required', (ctx) => {
      const session = ownSession()
      // At the resume: when the interaction began. Its result came from the same session by now.
      const begun = ctx.oidc.entities.Interaction?.iat
      const asked = readStrength(
        ctx.oidc.params ?? {},
        begun === undefined ? null : begun * seconds,
      )
      return !session || !fits(session, asked, deps.now())
    }),
  )
  addQuestions(prompts, deps)
  return prompts
}

/** One grant for each client and session of ours, as soon as no question is open. */
function loadGrant(deps: ProviderDeps): NonNullable<Configuration['loadExistingGrant']> {
  return async (ctx) => {
    const { session, client, provider } = ctx.oidc
    if (!session?.accountId || !client) return undefined
    if (await blockingQuestion(deps, ctx)) return undefined
    const grantId = session.grantIdFor(client.clientId)
    const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId)
    // A code or refresh token that was used twice has ended the grant, while the session goes on.
    const grant =
      existing ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    const scope = client.scope ?? ''
    // A grant of before the client could ask for more is widened, else the library would ask without end.
    if (grant.getOIDCScope() !== scope) {
      grant.addOIDCScope(scope)
      await grant.save()
    }
    await useConsent(ctx)
    return grant
  }
}

function isFapi(client: { requirePushedAuthorizationRequests?: unknown } | undefined): boolean {
  return client?.requirePushedAuthorizationRequests === true
}
