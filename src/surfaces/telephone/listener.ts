// The listener for the broker's telephone computer: it stops, and can do nothing else. What a caller has to prove is
// the computer's affair; here it proves itself by its key.
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { ActDeps } from '../../domain/act.ts'
import type { Deps } from '../../domain/deps.ts'
import { stopLevels } from '../../domain/vocabulary/life.ts'
import { isUnavailable } from '../../kernel/db/unavailable.ts'
import { plainAddress } from '../../kernel/http/networks.ts'
import { Problem, problemStatus } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { parseStrictJson } from '../../kernel/strict-json.ts'
import { longestTypedLoginId } from '../../limits/accounts.ts'
import { headWithin, requestWithin } from '../../limits/node.ts'
import { noteWrongKey, stopByTelephone } from '../../operations/stop/stop-by-telephone.ts'
import type { TelephoneConfig } from '../../settings/life.ts'
import { problemBody, problemJson } from '../frame/answer-problem.ts'
import { listen } from '../frame/listen.ts'

type TelephoneDeps = ActDeps & Pick<Deps, 'log'>

interface TelephoneListener {
  readonly server: Server
  /** The port in use, also when the settings left the choice to the system (0). */
  readonly port: number
}

const path = '/telephone/stop'
/** Bytes of a body. */
const largest = 2048

const stopBody = z.object({
  loginId: z.string().max(longestTypedLoginId),
  level: z.enum(stopLevels).default('trading'),
})

/** Answers the telephone computer until its server is stopped; null when the settings name no port. */
export async function startTelephone(deps: TelephoneDeps): Promise<TelephoneListener | null> {
  const { telephone } = deps.config
  if (telephone === null) return null
  const server = createServer(
    { headersTimeout: headWithin, requestTimeout: requestWithin },
    (incoming, outgoing) => void respond(deps, telephone, incoming, outgoing),
  )
  await listen(server, telephone, {
    port: 'SEKISHO_TELEPHONE_PORT',
    host: 'SEKISHO_TELEPHONE_HOST',
  })
  return { server, port: (server.address() as AddressInfo).port }
}

async function respond(
  deps: TelephoneDeps,
  telephone: TelephoneConfig,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const requestId = newId()
  const failure = await answer(deps, telephone, incoming).catch((error: unknown) => {
    if (error instanceof Problem) return error
    if (isUnavailable(error)) return new Problem('busy', { extras: { retryAfterSeconds: 5 } })
    deps.log.error({ err: error, requestId }, 'the telephone computer got no answer')
    return 'broken' as const
  })
  const { status, headers, body } = failure ? refusal(failure, requestId) : accepted
  deps.log.info({ requestId, status }, 'the telephone computer was answered')
  outgoing.writeHead(status, {
    ...headers,
    ...{ 'Content-Length': Buffer.byteLength(body), 'X-Request-Id': requestId },
    ...{ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
    // Nothing is left to be read of what was refused.
    ...(failure && { Connection: 'close' }),
  })
  outgoing.end(body)
}

const accepted = { status: 202, headers: {}, body: '' }

function refusal(failure: Problem | 'broken', requestId: string) {
  const isBroken = failure === 'broken'
  const code = isBroken ? 'internal_error' : failure.code
  const extras = isBroken ? {} : failure.extras
  const { retryAfterSeconds } = extras
  const status = problemStatus[code]
  return {
    status,
    headers: {
      'Content-Type': problemJson,
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(status === 405 && { Allow: 'POST' }),
      ...(typeof retryAfterSeconds === 'number' && { 'Retry-After': String(retryAfterSeconds) }),
    },
    body: problemBody({ code, extras }, requestId, { status, language: 'en' }),
  }
}

/** Null once the stop has been done, or could not have been: the one who asks learns nothing of accounts. */
async function answer(
  deps: TelephoneDeps,
  { key }: TelephoneConfig,
  incoming: IncomingMessage,
): Promise<Problem | null> {
  const { method, url, headers, socket } = incoming
  if (url !== path) return new Problem('not_found')
  if (method !== 'POST') return new Problem('method_not_allowed')
  if (!isKey(headers.authorization, key)) {
    const address = socket.remoteAddress ?? ''
    await noteWrongKey(deps, plainAddress(address) ?? address)
    return new Problem('not_signed_in')
  }
  if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return new Problem('unsupported_media_type')
  }
  const read = stopBody.safeParse(parse(await readBody(incoming)))
  if (!read.success) return new Problem('invalid_request')
  await stopByTelephone(deps, read.data)
  return null
}

/** In the same time whatever was sent. */
function isKey(authorization: string | undefined, key: string): boolean {
  const [, sent = ''] = /^Bearer +(.*)$/i.exec(authorization ?? '') ?? []
  // A header's bytes come as Latin-1.
  return timingSafeEqual(hash(Buffer.from(sent, 'latin1')), hash(Buffer.from(key, 'utf8')))
}

function hash(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > largest) throw new Problem('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parse(bytes: Buffer): unknown {
  try {
    return parseStrictJson(bytes)
  } catch {
    return null
  }
}
