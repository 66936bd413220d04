// The gates that every request passes before it is routed.
import type { IncomingMessage } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Deps } from '../../domain/deps.ts'
import { days, minutes, seconds } from '../../kernel/clock.ts'
import { chooseLanguage, readLanguage } from '../../kernel/http/language.ts'
import { callerAddress, trustsNobody } from '../../kernel/http/networks.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { readDevice } from '../../kernel/http/user-agent.ts'
import { newId } from '../../kernel/secrets.ts'
import { cookieName, type Site, type SurfaceDeps } from './site.ts'
import type { Visit, VisitEnv } from './visit.ts'

type Gate = MiddlewareHandler<VisitEnv>

/** Finds out the caller and the language, and writes one log line for each answer. */
export function identify(deps: SurfaceDeps): Gate {
  const addressOf = addressReader(deps)
  return async function identifyCaller(visit, next) {
    const started = performance.now()
    const requestId = newId()
    const language = chooseLanguage(
      visit.req.query('lang'),
      getCookie(visit, cookieName(deps.site, 'lang')),
      visit.req.header('accept-language'),
    )
    const { outgoing } = visit.env
    outgoing.setHeader('X-Request-Id', requestId)
    visit.set('deps', deps)
    visit.set('requestId', requestId)
    visit.set('language', language)
    const device = readDevice(visit.req.header('user-agent'))
    visit.set('device', device)
    visit.set('caller', {
      browser: device.browser,
      system: device.system,
      address: addressOf(visit),
      requestId,
      language,
    })
    if (visit.req.method === 'GET') keepLanguage(visit, deps.site)
    await next()
    deps.log.info({
      requestId,
      method: visit.req.method,
      path: withoutSecrets(visit.req.path),
      // oidc-provider has sent its answer by itself.
      status: outgoing.headersSent ? outgoing.statusCode : visit.res.status,
      code: visit.get('refusal'),
      milliseconds: Math.round(performance.now() - started),
      address: visit.get('caller').address,
      operator: visit.get('operator'),
    })
  }
}

/** Rule 2: only requests whose host is our own are answered. */
export function refuseOtherHosts({ host }: Pick<Site, 'host'>): Gate {
  return async function refuseOtherHost(visit, next) {
    // A whole address in the request line would override `Host` (RFC 9112, §3.2.2).
    const isPath = visit.env.incoming.url?.startsWith('/')
    if (visit.req.header('host') !== host || !isPath) throw new Problem('wrong_host')
    await next()
  }
}

/** Rule 29: a write comes from our own pages, as JSON where it has a body. */
export function refuseForeignWrites({ origin }: Pick<Site, 'origin'>): Gate {
  return async function refuseForeignWrite(visit, next) {
    if (isWrite(visit)) {
      const site = visit.req.header('sec-fetch-site')
      const ownSite = site === undefined || site === 'same-origin'
      if (visit.req.header('origin') !== origin || !ownSite) throw new Problem('cross_site')
      if (hasBody(visit) && !isJson(visit.req.header('content-type'))) {
        throw new Problem('unsupported_media_type')
      }
      // No body that we take is worth compressing, and a small compressed body may unpack to a large one.
      if ((visit.req.header('content-encoding') ?? 'identity') !== 'identity') {
        throw new Problem('unsupported_media_type')
      }
    }
    await next()
  }
}

/** Refuses a body of more bytes than this, whether it announces its length or comes in chunks. */
export function limitBody(largest: number): Gate {
  return async function refuseLargeBody(visit, next) {
    const { incoming } = visit.env
    if (isWrite(visit)) {
      const length = Number(incoming.headers['content-length'] ?? 0)
      if (!(length <= largest)) throw new Problem('too_large')
      if (incoming.headers['transfer-encoding'] !== undefined) {
        // @hono/node-server reads `rawBody` in place of a stream that has been read already.
        Object.assign(incoming, { rawBody: await readChunks(incoming, largest) })
      }
    }
    await next()
  }
}

/**
 * Puts our headers on every response; without a `Cache-Control` of its own it is never stored. They wait on
 * Node's response, where a header of the same name that an answer brings takes their place: a logo has a
 * stricter policy of its own.
 */
export function protectResponses({ headers }: Pick<Site, 'headers'>): Gate {
  const always = new Map(Object.entries({ ...headers, 'Cache-Control': 'no-store' }))
  return function protectResponse({ env: { outgoing } }, next) {
    outgoing.setHeaders(always)
    return next()
  }
}

/** An interaction's path holds its id, which is a bearer secret; that of a call the number that was read out. */
function withoutSecrets(path: string): string {
  return path.replace(/^(\/oauth2\/(?:interaction|authorize)\/|\/api\/calls\/)[^/]+/, '$1…')
}

/** Keeps the language chosen with `?lang=` in a cookie. */
function keepLanguage(visit: Visit, site: Site): void {
  const chosen = readLanguage(visit.req.query('lang'))
  if (!chosen) return
  setCookie(visit, cookieName(site, 'lang'), chosen, {
    path: '/',
    maxAge: (365 * days) / seconds,
    sameSite: 'Lax',
    secure: site.isSecure,
    httpOnly: true,
  })
}

/** Customers who all seem to come from one address share its limits, so the log warns the operator. */
function addressReader({ config, log, now }: Pick<Deps, 'config' | 'log' | 'now'>) {
  const { trustedProxies } = config
  let warnedOfUnreadableAt = -Infinity
  let warnedOfProxy = !trustsNobody(trustedProxies)
  return function addressOf(visit: Visit): string | null {
    const peer = visit.env.incoming.socket.remoteAddress
    if (!peer) return null
    const forwardedFor = visit.req.header('x-forwarded-for') ?? null
    const { address, unreadable } = callerAddress(peer, forwardedFor, trustedProxies)
    if (forwardedFor !== null && !warnedOfProxy) {
      warnedOfProxy = true
      log.warn({ peer }, 'X-Forwarded-For came, but SEKISHO_TRUSTED_PROXIES names no proxy')
    }
    if (unreadable !== null && now() - warnedOfUnreadableAt >= 1 * minutes) {
      warnedOfUnreadableAt = now()
      const entry = unreadable.slice(0, 64)
      log.warn({ peer, entry }, 'a trusted proxy wrote no address into X-Forwarded-For')
    }
    return address
  }
}

function isWrite({ req: { method } }: Visit): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

async function readChunks(incoming: IncomingMessage, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  // The connection outlives the loop: it carries the refusal.
  for await (const chunk of incoming.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > largest) throw new Problem('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function hasBody(visit: Visit): boolean {
  const length = visit.req.header('content-length')
  return visit.req.header('transfer-encoding') !== undefined || (length ?? '0') !== '0'
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}
