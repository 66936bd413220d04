import { HTTPException } from 'hono/http-exception'
import { isUnavailable } from '../storage/unavailable.ts'
import { texts, type ProblemCode } from '../text/texts.ts'
import { pageContext } from './page-context.ts'
import { errorPage } from './page.ts'
import { Problem, type ProblemExtras } from './problem.ts'
import type { Visit } from './visit.ts'

interface Refusal {
  readonly code: ProblemCode
  readonly status: Problem['status'] | 500
  readonly extras: ProblemExtras
}

/**
 * The one place where a failure becomes an answer: problem+json (RFC 9457) for the API, a page for
 * people. What nobody foresaw is 500 with no more than a number to quote; its cause goes to the log.
 */
export function answerProblem(error: unknown, visit: Visit): Response | Promise<Response> {
  const { code, status, extras } = refusalOf(error)
  const deps = visit.get('deps')
  const requestId = visit.get('requestId')
  const cause = error instanceof Problem ? error.cause : error
  if (status === 500 || status === 503) deps.log.error({ requestId, code, err: cause })
  else if (cause !== undefined) deps.log.warn({ requestId, code, reason: String(cause) })

  const { title, detail } = texts[visit.get('language')].problems[code]
  const retryAfter = extras['retryAfterSeconds']
  if (typeof retryAfter === 'number') visit.header('Retry-After', String(retryAfter))
  if (!isApi(visit) && visit.req.method === 'GET') {
    const parts = { status, title, detail, requestId }
    return visit.html(errorPage(pageContext(deps, visit), parts), status)
  }
  const type = `urn:sekisho:problem:${code}`
  visit.header('Content-Type', 'application/problem+json')
  const body = { type, title, status, detail, code, requestId, ...extras }
  return visit.body(JSON.stringify(body), status)
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException && error.status === 413) {
    return { code: 'too_large', status: 413, extras: {} }
  }
  if (isUnavailable(error)) {
    return { code: 'busy', status: 503, extras: { retryAfterSeconds: 5 } }
  }
  return { code: 'internal_error', status: 500, extras: {} }
}

function isApi(visit: Visit): boolean {
  return visit.req.path.startsWith('/api/')
}
