// OpenID Connect Core 1.0, §3.1.2.1, and RP-Initiated Logout 1.0, §2: a client may send these requests by
// POST too. With a POST from another site the browser sends none of our cookies (SameSite=Lax), but it
// does with the GET that follows a redirect. From an application of the same site they come at once, and
// its form, with an ID token in it, need not stand in an address.
import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../kernel/http/problem.ts'
import { readToken } from '../frame/cookies.ts'
import type { VisitEnv } from '../frame/visit.ts'

/** Where a browser may be sent with a request, by GET or by POST. */
export const askedByPost = ['/oauth2/authorize', '/oauth2/logout'] as const

/** A longer address would not fit into the head of a request beside the cookies. */
export const longestQuestion = 8 * 1024

/** Redirects a posted form to the same request by GET; a sign-out that brings its session goes on. */
export const askByGet: MiddlewareHandler<VisitEnv> = async (visit, next) => {
  const type = visit.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw new Problem('unsupported_media_type')
  }
  const form = new URLSearchParams(await visit.req.text())
  const url = `${visit.req.path}?${form.toString()}`
  const isAtHome = visit.req.path === '/oauth2/logout' && readToken(visit, 'session') !== undefined
  if (!isAtHome) return visit.redirect(url, 303)
  // The library would take a POST only with cookies that every site may make a browser send.
  const { incoming } = visit.env
  Object.assign(incoming, { method: 'GET', url })
  delete incoming.headers['content-type']
  delete incoming.headers['content-length']
  return next()
}
