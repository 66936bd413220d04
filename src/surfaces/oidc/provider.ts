// oidc-provider, set up for brokers: code and PKCE only, sender-constrained where it can be.
import {
  errors,
  interactionPolicy,
  Provider,
  type Configuration,
  type ErrorOut,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { selectAccount } from '../../domain/accounts/store.ts'
import { assertionAlgorithms } from '../../domain/clients/client.ts'
import { seconds } from '../../kernel/clock.ts'
import {
  authorizationCodeLifetime,
  longestLifetime,
  signInLifetime,
  tokenLifetime,
} from '../../kernel/limits.ts'
import { hashToken, sameText } from '../../kernel/secrets.ts'
import { cookieName, type Site, type SurfaceDeps } from '../frame/site.ts'
import { openAdapter, sidOf } from './adapter.ts'
import { needsNonce, refuseAssertion } from './ahead.ts'
import { checkThumbprint, refuseOtherWay, refuseWithoutPkce } from './check-request.ts'
import { clientAuthMethods, discoveryBeside } from './discovery.ts'
import { holdClaim } from './hold.ts'
import { loadSigningKeys } from './keys.ts'
import { addQuestions, mayStand, openQuestion } from './question-checks.ts'
import { ownSession } from './request.ts'
import { acrValues, fits, readStrength } from './strength.ts'

type ProviderDeps = Pick<SurfaceDeps, 'db' | 'keys' | 'now' | 'log' | 'site'>

/** What a browser is shown by the library, drawn by our pages. */
export interface ProviderPages {
  confirmLogout(ctx: KoaContextWithOIDC, form: string): void
  loggedOut(ctx: KoaContextWithOIDC): void
  failed(ctx: KoaContextWithOIDC, error: ErrorOut): void
  /** Takes an authorization answer to an application's address as a form. */
  handOver(
    ctx: KoaContextWithOIDC,
    address: string,
    answer: Readonly<Record<string, unknown>>,
  ): void
  /** Leads to an address without a redirect. */
  goOn(ctx: KoaContextWithOIDC, address: string): void
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

/** A provider with the keys of this moment; made anew when they are rotated. */
export async function createProvider(deps: ProviderDeps, pages: ProviderPages): Promise<Provider> {
  const configuration = await configure(deps, pages)
  const provider = new (withOurForm(pages))(deps.site.origin, configuration)
  // What we set from our own settings on each request, never what a caller sent.
  provider.proxy = true
  const client = provider.Client.prototype as unknown as ClientPart
  client.compareClientSecret = function compareHash(secret) {
    refuseOtherWay(this.clientAuthMethod)
    return sameText(this.clientSecret, hashToken(secret))
  }
  // Whoever has no address for logouts today may have one tomorrow, and then knows whom they are about.
  client.includeSid = () => true
  // What asks for anything but a code is refused for that, not for the way its answer would travel.
  const allowed = client.responseModeAllowed
  client.responseModeAllowed = function allowMode(this: ClientPart, mode, type, profile) {
    return type !== 'code' || allowed.call(this, mode, type, profile)
  }
  const session = provider.Session.prototype as unknown as SessionPart
  session.ensureClientContainer = function ensureSid(this: SessionPart, clientId) {
    const own = ownSession()
    if (own) this.sidFor(clientId, sidOf(own, clientId))
  }
  return provider
}

/** The library's own page for `form_post` has a script in it, and a form that our policy stops. */
function withOurForm({ handOver }: Pick<ProviderPages, 'handOver'>): typeof Provider {
  return class extends Provider {
    override registerResponseMode(...[name, send]: Parameters<Provider['registerResponseMode']>) {
      super.registerResponseMode(name, name === 'form_post' ? handOver : send)
    }
  }
}

/** What of the library's client is not in its types. */
interface ClientPart {
  clientSecret: string
  clientAuthMethod: string
  compareClientSecret(secret: string): boolean
  includeSid(): boolean
  responseModeAllowed(mode: string | undefined, type: string | undefined, profile?: string): boolean
}

/** What of the library's session is not in its types. */
interface SessionPart {
  ensureClientContainer(clientId: string): void
  sidFor(clientId: string, value: string): void
}

async function configure(deps: ProviderDeps, pages: ProviderPages): Promise<Configuration> {
  const { db, keys, now, site } = deps
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
    scopes: ['openid', 'profile', 'offline_access'],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'hold'],
      profile: ['name', 'preferred_username'],
    },
    conformIdTokenClaims: false,
    acrValues: [...acrValues],
    responseTypes: ['code'],
    clientAuthMethods: [...clientAuthMethods],
    // OpenID Connect Core 1.0, §3.1.2.1: required, also where only one is registered.
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
      // A token is its own client's to give back (RFC 7009, §2.1).
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      // What a client calls asks as a client of its own, which proves who it is (RFC 7662, §2.1), and is
      // called with access tokens only (rule 35).
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
        logoutSource: (ctx, form) => pages.confirmLogout(ctx, form),
        postLogoutSuccessSource: (ctx) => pages.loggedOut(ctx),
      },
    },
    // Without the library's dispatcher, which refuses private networks: an operator has registered the
    // addresses, and they may well be inside of the broker's.
    fetch(url, options) {
      const headers = new Headers(options?.headers)
      // The library's is empty, which firewalls take for an attack.
      headers.set('User-Agent', 'Sekisho')
      return fetch(url, { ...options, headers, ...{ dispatcher: undefined } })
    },
    interactions: {
      url: (_ctx, interaction) => `/oauth2/interaction/${interaction.uid}`,
      policy: prompts,
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Ours ends everything that was made under it, by the adapter.
    expiresWithSession: () => false,
    // FAPI 2.0, §5.3.2.1: a client with keys of its own needs no rotation.
    rotateRefreshToken: (ctx) => !isFapi(ctx.oidc.client),
    extraTokenClaims: (ctx) => strengthOf(ctx),
    loadExistingGrant: loadGrant(deps),
    renderError: async (ctx, error) => pages.failed(ctx, error),
    async findAccount(_ctx, id) {
      const account = await selectAccount(db, id)
      if (!account) return undefined
      const claims = {
        sub: id,
        name: account.displayName,
        preferred_username: account.loginId,
        ...holdClaim(account, now()),
      }
      return { accountId: id, claims: () => Promise.resolve(claims) }
    },
  }
}

/**
 * The library's cookies. Those of an interaction are bound to its path, so that tabs do not take each
 * other's, and what has a path cannot have the stricter prefix (RFC 6265bis, §4.1.3).
 */
export function cookieNames(site: Pick<Site, 'cookiePrefix' | 'isSecure'>) {
  const bound = `${site.isSecure ? '__Secure-' : ''}${site.cookiePrefix}`
  return {
    session: cookieName(site, 'oidc'),
    interaction: `${bound}_interaction`,
    resume: `${bound}_resume`,
  } as const
}

/** Nothing that is made under a session of ours outlives the longest that it can last. */
function grantLifetime(now: number): number {
  const own = ownSession()
  if (!own) throw new errors.LoginRequired('a grant is made in a session')
  return Math.max(1, Math.ceil((own.signedInAt + longestLifetime - now) / seconds))
}

const weaker = 'a stronger or fresher sign-in is asked for'

function policy(deps: ProviderDeps) {
  const prompts = interactionPolicy.base()
  const login = prompts.get('login')
  // The library takes `acr_values` and `max_age` for wishes once somebody has signed in.
  login?.checks.add(
    new interactionPolicy.Check('strength', weaker, 'login_required', (ctx) => {
      const session = ownSession()
      // At the resume, since when the request has waited; the result was given under the same session.
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

/** One grant for each client and session of ours, once nothing is left to be asked. */
function loadGrant(deps: ProviderDeps): NonNullable<Configuration['loadExistingGrant']> {
  return async (ctx) => {
    const { session, client, provider } = ctx.oidc
    if (!session?.accountId || !client) return undefined
    if (await openQuestion(deps, ctx)) return undefined
    const grantId = session.grantIdFor(client.clientId)
    const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId)
    // It may have ended, by a code or a refresh token that was used twice, while the session goes on.
    const grant =
      existing ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    if (!existing) {
      grant.addOIDCScope('openid profile offline_access')
      await grant.save()
    }
    if (await mayStand(deps, ctx)) return grant
    await grant.destroy()
    return undefined
  }
}

/** Opaque access tokens tell at introspection how and when their holder was proven (RFC 9470, §6.2). */
function strengthOf(ctx: KoaContextWithOIDC) {
  const source = ctx.oidc.entities.RefreshToken ?? ctx.oidc.entities.AuthorizationCode
  if (!source) return undefined
  return { acr: source.acr, amr: source.amr, auth_time: source.authTime }
}

function isFapi(client: { requirePushedAuthorizationRequests?: unknown } | undefined): boolean {
  return client?.requirePushedAuthorizationRequests === true
}
