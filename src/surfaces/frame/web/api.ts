import { abortAfter } from './abort-after.ts'
import { word } from './words.ts'

/** A refusal by the server (RFC 9457) or, in the same form, by our own scripts. */
export interface Refusal {
  readonly code: string
  readonly title?: string
  readonly detail: string
  readonly requestId?: string
  readonly triesLeft?: number
  readonly retryAfterSeconds?: number
  readonly step?: string
  /** Which of several fields of one kind it is about. */
  readonly field?: string
  /** The passkey that was used is not one of this account's. */
  readonly unknown?: boolean
}

export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** What answers say about the session; a page that is signed in wants to hear it (session-watch.ts). */
export const session: { goesOnUntil?: (time: string) => void; hasEnded?: (why: string) => void } =
  {}

/** Calls the API and returns its answer; throws Refused when it is refused or cannot be reached. */
export async function call<Answer = void>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await send(method, path, body)
  const ends = response.headers.get('X-Session-Ends')
  if (ends !== null) session.goesOnUntil?.(ends)
  const text = await response.text().catch(() => null)
  const mayBeEmpty = response.status === 204 || response.status === 202
  if (mayBeEmpty && text === '') return undefined as Answer
  const answer = parse(text)
  if (response.ok && answer !== null) return answer as Answer
  if (!isRefusal(answer)) throw new Refused({ code: 'unexpected', detail: word('unexpected') })
  if (answer.code === 'not_signed_in') session.hasEnded?.(answer.detail)
  throw new Refused(answer)
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const init: RequestInit = { method, signal: abortAfter(30_000) }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  try {
    return await fetch(path, init)
  } catch (error) {
    // `fetch` fails with these two; any other error comes from this page itself.
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error
    throw new Refused({ code: 'unreachable', detail: word('unreachable') })
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer
}
