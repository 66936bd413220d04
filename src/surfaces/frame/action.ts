// An action of the API: its description, the check of its body, and its handler.
import { z } from 'zod'
import { Problem, type RefusalCode } from '../../kernel/http/problem.ts'
import type { SurfaceDeps } from './site.ts'
import type { Visit } from './visit.ts'

export interface ActionRequest<Body> {
  readonly deps: SurfaceDeps
  readonly visit: Visit
  readonly body: Body
}

export interface Action<A extends z.ZodType | null = z.ZodType | null> {
  readonly summary: string
  readonly body: z.ZodType | null
  readonly status: 200 | 201 | 204
  readonly answer: A
  readonly problems: readonly RefusalCode[]
  readonly respond: (visit: Visit) => Promise<Response>
}

/** The refusals of the gates and of request parsing, common to all actions. */
const onEveryCall = ['invalid_request', 'wrong_host', 'busy'] as const
const onWrites = ['cross_site', 'too_large', 'unsupported_media_type'] as const

export const commonRefusals: readonly RefusalCode[] = [...onEveryCall, ...onWrites]

/** Every refusal code of a call by this method: the action's own and the common ones. */
export function refusalsOf(method: string, { problems }: Action): ReadonlySet<RefusalCode> {
  return new Set([...problems, ...onEveryCall, ...(method === 'GET' ? [] : onWrites)])
}

interface ActionWords {
  readonly summary: string
  readonly status?: 200 | 201 | 204
  readonly problems?: readonly RefusalCode[]
}

/** An action without a body. It answers the value that `handle` returns, or 204 without one. */
export function action<A extends z.ZodType | null>(
  words: ActionWords & { readonly answer: A },
  handle: (request: Omit<ActionRequest<never>, 'body'>) => Promise<ValueOf<A>>,
): Action<A> {
  return {
    ...described(words),
    body: null,
    respond: async (visit) =>
      answer(visit, words, await handle({ deps: visit.get('deps'), visit })),
  }
}

/** An action with a JSON body; one that does not fit gets 400 `invalid_request` with its `errors`. */
export function actionWithBody<B extends z.ZodType, A extends z.ZodType | null>(
  words: ActionWords & { readonly body: B; readonly answer: A },
  handle: (request: ActionRequest<z.output<B>>) => Promise<ValueOf<A>>,
): Action<A> {
  return {
    ...described(words),
    body: words.body,
    respond: async (visit) => {
      const body = await readBody(visit, words.body)
      return answer(visit, words, await handle({ deps: visit.get('deps'), visit, body }))
    },
  }
}

/** A time in an answer: ISO 8601 in UTC. */
export const isoTime = z.iso.datetime()

/** The answer of an action as its caller reads it. */
export type AnswerOf<A extends Action> = ValueOf<A['answer']>

type ValueOf<A> = A extends z.ZodType ? z.output<A> : void

function described<A extends z.ZodType | null>(words: ActionWords & { readonly answer: A }) {
  return {
    summary: words.summary,
    answer: words.answer,
    status: words.status ?? (words.answer === null ? 204 : 200),
    problems: words.problems ?? [],
  } as const
}

function answer(visit: Visit, words: ActionWords, value: unknown): Response {
  if (value === undefined) return visit.body(null, 204)
  return visit.json(value, words.status === 201 ? 201 : 200)
}

const wording = { ja: z.locales.ja().localeError, en: z.locales.en().localeError }

/** The JSON body of a request; 400 `invalid_request` with its `errors` when it does not fit. */
export async function readBody<B extends z.ZodType>(visit: Visit, schema: B): Promise<z.output<B>> {
  const error = wording[visit.get('language')]
  const read = schema.safeParse(parseJson(await visit.req.arrayBuffer()), { error })
  if (read.success) return read.data
  const errors = read.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  throw invalidRequest(errors)
}

/** RFC 8259, §8.1: JSON is UTF-8. Bytes that are not are refused, never replaced by U+FFFD. */
function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw invalidRequest([{ path: '', message: 'not JSON' }])
  }
}

/** 400 `invalid_request`; the messages name the fault and never repeat the input. */
export function invalidRequest(errors: readonly { path: string; message: string }[]): Problem {
  return new Problem('invalid_request', { extras: { errors } })
}
