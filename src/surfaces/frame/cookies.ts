// Cookies that carry state.
import { deleteCookie, getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import type { KnownCaller } from '../../kernel/caller.ts'
import { mostTokensInCookie } from '../../limits/sessions.ts'
import { cookieName } from './site.ts'
import type { Visit } from './visit.ts'

export type StateCookie = 'session' | 'sign-in' | 'recovery' | 'browser' | 'authorization' | 'call'

/** The form that `newToken` makes. */
const token = /^[\w-]{43}$/

/** The token in a cookie; undefined when the cookie is missing or holds anything else. */
export function readToken(visit: Visit, cookie: StateCookie): string | undefined {
  const sent = readCookie(visit, cookie)
  return sent !== undefined && token.test(sent) ? sent : undefined
}

/** The tokens that `setTokens` wrote to a cookie; anything else in it is left out. */
export function readTokens(visit: Visit, cookie: StateCookie): string[] {
  const tokens = (readCookie(visit, cookie) ?? '').split('.').filter((one) => token.test(one))
  return tokens.slice(0, mostTokensInCookie)
}

/** Who calls, and by which tokens accounts know the browser. */
export function knownCaller(visit: Visit): KnownCaller {
  return { caller: visit.get('caller'), tokens: readTokens(visit, 'browser') }
}

/** Keeps the first few of these tokens, so that no cookie grows without end. */
export function setTokens(
  visit: Visit,
  cookie: StateCookie,
  tokens: readonly string[],
  maxAgeSeconds: number,
): void {
  setToken(visit, cookie, tokens.slice(0, mostTokensInCookie).join('.'), maxAgeSeconds)
}

/** Without `maxAgeSeconds` the cookie ends with the browser; the server ends the session itself. */
export function setToken(
  visit: Visit,
  cookie: StateCookie,
  token: string,
  maxAgeSeconds?: number,
): void {
  visit.header('Set-Cookie', tokenHeader(visit, cookie, token, maxAgeSeconds), { append: true })
}

/** The `Set-Cookie` of `setToken`, for an answer that does not go through Hono. */
export function tokenHeader(
  visit: Visit,
  cookie: StateCookie,
  token: string,
  maxAgeSeconds?: number,
): string {
  return serialize(cookieName(siteOf(visit), cookie), token, {
    ...attributes(visit),
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  })
}

export function clearToken(visit: Visit, cookie: StateCookie): void {
  deleteCookie(visit, cookieName(siteOf(visit), cookie), attributes(visit))
}

function readCookie(visit: Visit, cookie: StateCookie): string | undefined {
  return getCookie(visit, cookieName(siteOf(visit), cookie))
}

function attributes(visit: Visit) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: siteOf(visit).isSecure } as const
}

function siteOf(visit: Visit) {
  return visit.get('deps').site
}
