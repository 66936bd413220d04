import { RequestError } from '@hono/node-server'
import { isUnavailable } from '../../kernel/db/unavailable.ts'
import type { Language } from '../../kernel/http/language.ts'
import {
  Problem,
  problemStatus,
  type ProblemCode,
  type ProblemExtras,
} from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { problemWords, type Readers } from '../../text/problem-words.ts'
import { texts } from '../../text/texts.ts'
import { invalidRequest } from './action.ts'
import { pageContext } from './page-context.ts'
import { errorPage, type ErrorParts, type Html } from './page.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'
import { wrongHostPage, wrongHostPolicy } from './wrong-host-page.ts'

/** The type of `problemBody`. */
export const problemJson = 'application/problem+json'

interface Refusal {
  readonly code: ProblemCode
  readonly extras: ProblemExtras
}

/**
 * The one place where a failure becomes an answer: problem+json (RFC 9457) for the API, a page for
 * people. An unexpected error is a 500 with only a number to quote; its cause goes to the log.
 */
export function answerProblem(
  error: unknown,
  visit: Visit,
  drawError: DrawError = customerErrorPage,
): Response | Promise<Response> {
  const { code, extras } = refusalOf(error, visit)
  const status = problemStatus[code]
  visit.set('refusal', code)
  const deps = visit.get('deps')
  const { readers } = deps.site
  const requestId = visit.get('requestId')
  const cause = error instanceof Problem ? error.cause : error
  if (status === 500 || status === 503) deps.log.error({ requestId, code, err: cause })
  else if (cause !== undefined) deps.log.warn({ requestId, code, reason: String(cause) })

  const language = visit.get('language')
  const retryAfter = extras['retryAfterSeconds']
  if (typeof retryAfter === 'number') visit.header('Retry-After', String(retryAfter))
  if (!isApi(visit) && visit.req.method === 'GET') {
    const words = problemWords(texts[language], code, readers, extras)
    const parts = { status, code, requestId, ...words }
    if (code !== 'wrong_host') return visit.html(drawError(visit, parts), status)
    visit.header('Content-Security-Policy', wrongHostPolicy(deps.site))
    return visit.html(wrongHostPage(pageContext(deps, visit), parts), status)
  }
  const body = problemBody({ code, extras }, requestId, { language, status, readers })
  return visit.body(body, status, { 'Content-Type': problemJson })
}

/** How a site's page for a failure looks. */
type DrawError = (visit: Visit, parts: ErrorParts) => Html

function customerErrorPage(visit: Visit, parts: ErrorParts): Html {
  return errorPage(pageContext(visit.get('deps'), visit), parts)
}

interface BodyOptions {
  readonly language?: Language
  readonly status?: number
  readonly readers?: Readers
}

/** The body of a refusal (RFC 9457). */
export function problemBody(
  { code, extras }: Refusal,
  requestId: string,
  { language = 'ja', status = problemStatus[code], readers = 'customers' }: BodyOptions = {},
): string {
  const { title, detail } = problemWords(texts[language], code, readers, extras)
  const type = `urn:sekisho:problem:${code}`
  return JSON.stringify({ type, title, status, detail, code, requestId, ...extras })
}

/** Answers a request that Hono cannot read (an invalid `Host`, say), which therefore has no visit. */
export function answerUnreadable(site: Pick<Site, 'headers'>): (error: unknown) => Response {
  const headers = { ...site.headers, 'Cache-Control': 'no-store', 'Content-Type': problemJson }
  return (error) => {
    const refusal = error instanceof RequestError ? invalidRequest([]) : unexpected
    const status = problemStatus[refusal.code]
    return new Response(problemBody(refusal, newId()), { status, headers })
  }
}

const unexpected: Refusal = { code: 'internal_error', extras: {} }

function refusalOf(error: unknown, { env: { incoming } }: Visit): Refusal {
  if (error instanceof Problem) return error
  // The client broke off its body: it reads no answer, and nothing in Sekisho has failed.
  if (error !== null && error === incoming.errored) return invalidRequest([])
  if (isUnavailable(error)) return new Problem('busy', { extras: { retryAfterSeconds: 5 } })
  return unexpected
}

function isApi(visit: Visit): boolean {
  return visit.req.path.startsWith('/api/')
}
