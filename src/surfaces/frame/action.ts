// An action of the API: its description, the check of its body, and its handler.
import { z } from 'zod'
import type { Caller } from '../../kernel/caller.ts'
import { Problem, type RefusalCode } from '../../kernel/http/problem.ts'
import { parseStrictJson } from '../../kernel/strict-json.ts'
import type { SurfaceDeps } from './site.ts'
import type { Visit } from './visit.ts'

export interface ActionRequest<Body> {
  readonly deps: SurfaceDeps
  readonly visit: Visit
  readonly caller: Caller
  readonly body: Body
}

export interface Action<A extends z.ZodType | null = z.ZodType | null> {
  readonly summary: string
  readonly body: z.ZodType | null
  readonly status: 200 | 201 | 202 | 204
  readonly answer: A
  readonly problems: readonly RefusalCode[]
  /** What it answers to this request, for a page that shows it. */
  readonly read: (visit: Visit) => Promise<ValueOf<A>>
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

export interface ActionWords<A, Body> {
  readonly summary: string
  readonly status?: 201 | 202
  readonly problems?: readonly RefusalCode[]
  readonly body?: z.ZodType<Body>
  /** Whether no body at all stands for an empty object. */
  readonly bodyMayMiss?: boolean
  readonly answer: A
}

/**
 * An action. It answers the value that `handle` returns, or without one 204 or its own status. A JSON body that does not fit
 * gets 400 `invalid_request` with its `errors`.
 */
export function action<A extends z.ZodType | null, Body = undefined>(
  words: ActionWords<A, Body>,
  handle: (request: ActionRequest<Body>) => Promise<ValueOf<A>>,
): Action<A> {
  const { summary, problems = [], body = null, bodyMayMiss, answer } = words
  const status = words.status ?? (answer === null ? 204 : 200)
  const read = async (visit: Visit) => {
    const given = body ? await readBody(visit, body, bodyMayMiss) : (undefined as Body)
    const [deps, caller] = [visit.get('deps'), visit.get('caller')]
    return handle({ deps, visit, caller, body: given })
  }
  return {
    ...{ summary, status, problems, body, answer, read },
    respond: async (visit) => {
      const value: unknown = await read(visit)
      return value === undefined ? visit.body(null, status) : visit.json(value, words.status ?? 200)
    },
  }
}

/** A time in an answer: ISO 8601 in UTC. */
export const isoTime = z.iso.datetime()

/** The answer of an action as its caller reads it. */
export type AnswerOf<A extends Action> = ValueOf<A['answer']>

export type ValueOf<A> = A extends z.ZodType ? z.output<A> : void

const wording = { ja: z.locales.ja().localeError, en: z.locales.en().localeError }

/** The JSON body of a request; 400 `invalid_request` with its `errors` when it does not fit. */
export async function readBody<B extends z.ZodType>(
  visit: Visit,
  schema: B,
  mayMiss = false,
): Promise<z.output<B>> {
  const error = wording[visit.get('language')]
  const bytes = await visit.req.arrayBuffer()
  const given = mayMiss && bytes.byteLength === 0 ? {} : parseJson(bytes)
  const read = schema.safeParse(given, { error })
  if (read.success) return read.data
  const errors = read.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  throw invalidRequest(errors)
}

function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return parseStrictJson(bytes)
  } catch {
    throw invalidRequest([{ path: '', message: 'not JSON' }])
  }
}

/** 400 `invalid_request`; the messages name the fault and never repeat the input. */
export function invalidRequest(errors: readonly { path: string; message: string }[]): Problem {
  return new Problem('invalid_request', { extras: { errors } })
}
