// The OpenID provider of one node: mounted at our own origin, with the keys of the moment.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { transact } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { endSession } from '../../domain/sessions/end.ts'
import { seconds } from '../../kernel/clock.ts'
import { isUnavailable } from '../../kernel/db/unavailable.ts'
import { repeat } from '../../kernel/repeat.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'
import { oidcTexts } from '../../text/oidc.ts'
import { readToken, tokenHeader } from '../frame/cookies.ts'
import { currentSession } from '../frame/current-session.ts'
import { pageContext } from '../frame/page-context.ts'
import { errorPage, type Html } from '../frame/page.ts'
import type { SurfaceDeps } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { completeAnswer } from './complete-answer.ts'
import { correctErrors } from './correct-errors.ts'
import { leaveInteraction, pressInteraction, showInteraction } from './interaction.ts'
import { keysVersion, makeFirstKeys } from './keys.ts'
import { startTelling, takeOverTelling, tellWith } from './logout.ts'
import { confirmLogoutPage, goOnPage, handOverPage, plainPage } from './pages.ts'
import { cookieNames, createProvider, lifetimes, type ProviderPages } from './provider.ts'
import { recordTokens } from './record-tokens.ts'
import { logRefusals } from './refusals-log.ts'
import { ownSession, runRequest } from './request.ts'
import { callerOf } from './token-caller.ts'
import { setWishedLanguage } from './ui-locales.ts'
import { visits } from './visits.ts'

export interface Oidc {
  /** Answers a request to one of the provider's own addresses. */
  answer(visit: Visit): Promise<Response>
  showInteraction(visit: Visit): Promise<Response>
  pressInteraction(visit: Visit): Promise<Response>
  leaveInteraction(visit: Visit): Promise<Response>
  stop(): Promise<void>
}

/** The provider's own addresses; the interaction's are ours. */
export const oidcPaths = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/oauth2/*',
] as const

const lookEvery = 1 * seconds

/** Makes the first keys where there are none, and starts telling clients of sessions that end. */
export async function startOidc(deps: SurfaceDeps): Promise<Oidc> {
  await makeFirstKeys(deps)
  let version = await keysVersion(deps)
  let provider = await open(deps)

  const telling = startTelling(
    deps,
    tellWith(() => provider),
  )
  const look = async () => {
    await telling.round()
    const latest = await keysVersion(deps)
    if (latest === version) return
    provider = await open(deps)
    version = latest
  }
  const looking = repeat(lookEvery, () =>
    look().catch((error: unknown) =>
      deps.log.error({ err: error }, 'work of the OpenID provider failed'),
    ),
  )
  return {
    answer: (visit) => answer(visit, provider),
    showInteraction: (visit) => withOwnCookie(visit, () => showInteraction(visit, provider)),
    pressInteraction: (visit) => withOwnCookie(visit, () => pressInteraction(visit, provider)),
    leaveInteraction: (visit) => withOwnCookie(visit, () => leaveInteraction(visit, provider)),
    async stop() {
      await looking.stop()
      await telling.settled()
    },
  }
}

async function open(deps: SurfaceDeps): Promise<Provider> {
  const provider = await createProvider(deps, pages)
  takeOverTelling(provider)
  correctErrors(provider)
  logRefusals(provider, deps)
  provider.use(answerBusy)
  provider.use(completeAnswer(deps, pages))
  provider.use(recordTokens(provider, deps))
  provider.use(endOwnSession)
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    const requestId = visits.get(ctx.res)?.get('requestId')
    const code = isUnavailable(error) ? 'busy' : 'internal_error'
    deps.log.error({ requestId, code, err: error }, 'the OpenID provider failed')
    failures.set(ctx.res, error)
  })
  return provider
}

async function answer(visit: Visit, provider: Provider): Promise<Response> {
  const { outgoing } = visit.env
  visits.set(outgoing, visit)
  const headers = { ...visit.get('deps').site.headers, 'Cache-Control': 'no-store' }
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
  outgoing.setHeader('X-Request-Id', visit.get('requestId'))
  return withOwnCookie(visit, async () => {
    await provider.callback()(visit.env.incoming, outgoing)
    return RESPONSE_ALREADY_SENT
  })
}

/**
 * The hash of the authorization cookie, by which an interaction knows the browser that began it
 * (rule 33). The cookie is left where an authorization request begins, the same for all tabs, and
 * lives as long as the interaction.
 */
function markBrowser(visit: Visit): string | null {
  const sent = readToken(visit, 'authorization')
  if (visit.req.path !== '/oauth2/authorize') return sent === undefined ? null : hashToken(sent)
  const token = sent ?? newToken()
  const header = tokenHeader(visit, 'authorization', token, lifetimes.Interaction)
  visit.env.outgoing.appendHeader('Set-Cookie', header)
  return hashToken(token)
}

/**
 * Runs with the session that this browser has with us. The library finds its shadow by any cookie, so
 * that it sees who is signed in here also when it has never set one.
 */
async function withOwnCookie(visit: Visit, run: () => Promise<Response>): Promise<Response> {
  const deps = visit.get('deps')
  const { headers } = visit.env.incoming
  headers['x-forwarded-proto'] = deps.site.isSecure ? 'https' : 'http'
  headers['x-forwarded-host'] = deps.site.host
  const session = await currentSession(deps, visit)
  if (session) headers.cookie = `${cookieNames(deps.site).session}=own; ${headers.cookie ?? ''}`
  return runRequest({ session, browser: markBrowser(visit), tokenCaller: callerOf(visit) }, run)
}

/** 503 where the database failed: the same request may be answered a moment later. */
async function answerBusy(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next().catch((error: unknown) => {
    if (!isUnavailable(error)) throw error
    failures.set(ctx.res, error)
  })
  if (!isUnavailable(failures.get(ctx.res))) return
  ctx.status = 503
  ctx.set('Retry-After', '5')
  if (ctx.accepts('json', 'html') === 'html') {
    draw(ctx, (context, requestId) =>
      errorPage(context, { status: 503, ...context.texts.problems.busy, requestId }),
    )
  } else {
    ctx.body = { error: 'temporarily_unavailable', error_description: 'come again in a moment' }
  }
}

/** Signing out at the provider's page ends our session too, and with it everything made under it. */
async function endOwnSession(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const session = ownSession()
  const visit = visits.get(ctx.res)
  const confirmed =
    ctx.oidc?.route === 'end_session_confirm' && ctx.status === 303 && ctx.oidc.params?.['logout']
  if (!session || !visit || !confirmed) return
  const deps = visit.get('deps')
  await transact(deps, asHolder(visit.get('caller')), async (act) => {
    await endSession(act, session.account.id, session.id)
    record(act, { event: 'session_logout', accountId: session.account.id })
  })
}

/**
 * The answer's form goes to the application, and may be led on from there to another of its hosts, which
 * a browser counts as where the form leads. By now the library has refused an address that is not
 * registered for the client. A scheme stands for every host of it, the application's own among them.
 */
function allowForm(ctx: KoaContextWithOIDC, address: string): void {
  const policy = String(ctx.response.get('Content-Security-Policy'))
  const { protocol } = new URL(address)
  ctx.set(
    'Content-Security-Policy',
    policy.replace("form-action 'self'", `form-action ${protocol}`),
  )
}

/** What it failed of, where it did. */
const failures = new WeakMap<object, unknown>()

const pages: ProviderPages = {
  confirmLogout: (ctx, form) => draw(ctx, (context) => confirmLogoutPage(context, form)),
  loggedOut: (ctx) =>
    draw(ctx, (context) => {
      const words = oidcTexts[context.language]
      return plainPage(context, words.loggedOutTitle, words.loggedOut)
    }),
  failed: (ctx, { error }) =>
    draw(ctx, (context) => {
      const words = oidcTexts[context.language]
      return plainPage(context, words.failedTitle, words.failed(error))
    }),
  handOver(ctx, address, answer) {
    allowForm(ctx, address)
    ctx.status = 200
    draw(ctx, (context) => handOverPage(context, address, answer))
  },
  goOn: (ctx, address) => draw(ctx, (context) => goOnPage(context, address)),
}

function draw(
  ctx: KoaContextWithOIDC,
  make: (context: ReturnType<typeof pageContext>, requestId: string) => Html,
): void {
  const visit = visits.get(ctx.res)
  if (!visit) throw new Error('a page is drawn outside of a visit')
  setWishedLanguage(visit, ctx.oidc.params ?? {})
  ctx.type = 'html'
  ctx.body = String(make(pageContext(visit.get('deps'), visit), visit.get('requestId')))
}
