// OpenID Connect Core 1.0, §3.1.2.1, and RP-Initiated Logout 1.0, §2: a client may send these requests by
// POST too. With a POST from another site the browser sends none of our cookies (SameSite=Lax), but it
// does with the GET that follows a redirect.
import { Problem } from '../../kernel/http/problem.ts'
import type { Visit } from '../frame/visit.ts'

/** Where a browser may be sent with a request, by GET or by POST. */
export const askedByPost = ['/oauth2/authorize', '/oauth2/logout'] as const

/** A longer address would not fit into the head of a request beside the cookies. */
export const longestQuestion = 8 * 1024

/** Redirects a posted form to the same request by GET. */
export async function askByGet(visit: Visit): Promise<Response> {
  const type = visit.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw new Problem('unsupported_media_type')
  }
  const form = new URLSearchParams(await visit.req.text())
  return visit.redirect(`${visit.req.path}?${form.toString()}`, 303)
}
