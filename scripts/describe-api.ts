// docs/api.json: the API in OpenAPI 3.1, from the list of actions that the server answers by.
import { z } from 'zod'
import { problemStatus, type RefusalCode } from '../src/kernel/http/problem.ts'
import { actions } from '../src/surfaces/customer/app.ts'
import { cookiePrefix } from '../src/surfaces/customer/site.ts'
import { commonRefusals, refusalsOf, type Action } from '../src/surfaces/frame/action.ts'
import type { StateCookie } from '../src/surfaces/frame/cookies.ts'
import { cookieName } from '../src/surfaces/frame/site.ts'
import { en } from '../src/text/en.ts'
import { problemWords } from '../src/text/problem-words.ts'

type Json = Readonly<Record<string, unknown>>

const about = `
Sign-in, session and passkeys of one account holder. Cookies carry the state, so these calls are made
by pages of the same origin. Times are ISO 8601 in UTC, null where there is none.

Every refusal is a problem (RFC 9457) with a stable \`code\`; its title and detail are in the language of
the caller: \`?lang=ja\` or \`?lang=en\`, else the one chosen before, else what \`Accept-Language\` prefers.
Other methods of an address answer 405 \`method_not_allowed\`, other addresses 404 \`not_found\`. Every
answer names its request in \`X-Request-Id\`, as the log does. Answers to who is signed in say in
\`X-Session-Ends\` when the session ends if it is not used again.
`

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: '`urn:sekisho:problem:` and the code' },
    title: { type: 'string', description: 'What happened, for people' },
    status: { type: 'integer', description: 'The status of the answer' },
    detail: { type: 'string', description: 'What to do about it, for people' },
    code: { type: 'string', description: 'What happened, for programs' },
    requestId: { type: 'string', description: 'As in the log and in `X-Request-Id`' },
    errors: {
      type: 'array',
      description: 'With `invalid_request`: what could not be read',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    retryAfterSeconds: {
      type: 'integer',
      minimum: 1,
      description: 'When a wait would help: how long, as in `Retry-After`',
    },
    triesLeft: { type: 'integer', minimum: 0, description: 'With `code_wrong`' },
    step: {
      enum: ['email-code', 'passkey'],
      description: 'With `wrong_step`: the step that is next',
    },
    ended: {
      enum: Object.keys(en.sessionEnds),
      description: "With `not_signed_in`: how the browser's session ended, if it had one",
    },
    unknown: {
      const: true,
      description:
        'With `passkey_not_verified`: the credential is no passkey of this account, live or suspended, and the browser may be told so',
    },
  },
}

/** The whole description; `version` is the product's. */
export function describeApi(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [method, path, action] of actions) {
    const address = path.replace(/:(\w+)/g, '{$1}')
    paths[address] = { ...paths[address], [method.toLowerCase()]: operation(method, path, action) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Sekisho', version, license, description: about.trim() },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problem },
      parameters: { Origin: origin },
      headers: { RequestId: requestId, RetryAfter: retryAfter },
      responses: commonResponses,
      securitySchemes: {
        signIn: cookie('sign-in', 'a sign-in that waits for its second factor'),
        session: cookie('session', 'an account that is signed in'),
      },
    },
  }
}

const commonResponses = Object.fromEntries(commonRefusals.map((code) => [code, refusal([code])]))

const license = { name: 'Apache-2.0', identifier: 'Apache-2.0' }

const origin = {
  name: 'Origin',
  in: 'header',
  required: true,
  description: 'The origin of the pages, which browsers send by themselves. Any other is refused.',
  schema: { type: 'string' },
}

const requestId = { description: 'The request, as in the log', schema: { type: 'string' } }

const retryAfter = {
  description: 'Seconds to wait, where that would help',
  schema: { type: 'integer', minimum: 1 },
}

function cookie(name: StateCookie, what: string): Json {
  const nameOn = (isSecure: boolean) => cookieName({ cookiePrefix, isSecure }, name)
  const [plain, secure] = [nameOn(false), nameOn(true)]
  const description = `Stands for ${what}. Over plain http, on a loopback host, it is \`${plain}\`.`
  return { type: 'apiKey', in: 'cookie', name: secure, description }
}

function operation(method: string, path: string, action: Action): Json {
  const writes = method !== 'GET'
  const { summary, body, problems } = action
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => pathParameter(name ?? '')),
    ...(writes ? [{ $ref: '#/components/parameters/Origin' }] : []),
  ]
  return {
    operationId: operationId(method, path),
    tags: [path.split('/')[2] ?? ''],
    summary,
    security: security(problems),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body ? { requestBody: { required: true, content: json(schema(body, 'input')) } } : {}),
    responses: { [action.status]: success(action), ...refusals([...refusalsOf(method, action)]) },
  }
}

/** A call that is refused without a session, or without a sign-in, needs the cookie of one. */
function security(problems: Action['problems']): Json[] {
  if (problems.includes('not_signed_in')) return [{ session: [] }]
  return problems.includes('no_sign_in') ? [{ signIn: [] }] : []
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

/** `POST /api/sign-in/email-code` is `postSignInEmailCode`. */
function operationId(method: string, path: string): string {
  const words = path.replace('/api/', '').match(/\w+/g) ?? []
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return method.toLowerCase() + name
}

function success({ answer, status }: Action): Json {
  const headers = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } }
  if (answer === null) return { description: 'Done', headers }
  const description = status === 201 ? 'Made' : status === 202 ? 'Taken' : 'Done'
  return { description, headers, content: json(schema(answer, 'output')) }
}

/** One response for each status; those that say the same on every call are written once. */
function refusals(codes: readonly RefusalCode[]): Json {
  return Object.fromEntries(
    [...Map.groupBy(codes, (code) => problemStatus[code])].map(([status, some]) => {
      const [code] = some
      const isCommon = some.length === 1 && code !== undefined && commonRefusals.includes(code)
      return [status, isCommon ? { $ref: `#/components/responses/${code}` } : refusal(some)]
    }),
  )
}

/** The codes that a response may carry, and what they mean. */
function refusal(codes: readonly RefusalCode[]): Json {
  const meanings = codes.map((code) => `\`${code}\`: ${problemWords(en, code, 'customers').title}`)
  const narrowed = { properties: { code: { type: 'string', enum: codes } } }
  const waits = codes.some((code) => problemStatus[code] === 429 || problemStatus[code] === 503)
  return {
    description: meanings.join('\n\n'),
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/RequestId' },
      ...(waits ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
    },
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, narrowed] },
      },
    },
  }
}

function json(content: Json): Json {
  return { 'application/json': { schema: content } }
}

function schema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, override: loosen })
  return rest
}

/** Answers may grow new members, and a time needs no pattern beside its format. */
function loosen({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
}
