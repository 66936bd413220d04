// Requests that Node's parser refuses never reach the application; they get a problem as answer too.
import { once } from 'node:events'
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Problem, problemStatus, type RefusalCode } from '../../kernel/http/problem.ts'
import { newId } from '../../kernel/secrets.ts'
import { invalidRequest } from './action.ts'
import { problemBody, problemJson } from './answer-problem.ts'
import type { Site } from './site.ts'

const refusals: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: 'too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

/** Of one connection. No browser sends a request before the last one's answer, and hardly a proxy does. */
const mostInHand = 32

interface Deps {
  readonly site: Pick<Site, 'headers'>
  readonly log: Logger
}

/**
 * Answers requests that Node cannot parse or that come too slowly, and ends the connection; ends it without an
 * answer when it has too many requests in hand.
 */
export function answerBrokenRequests(server: Server, deps: Deps): void {
  const inHand = new WeakMap<Duplex, Set<ServerResponse>>()
  const broken = new WeakSet<Duplex>()
  const note = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const answers = inHand.get(incoming.socket) ?? new Set()
    inHand.set(incoming.socket, answers.add(outgoing))
    outgoing.on('close', () => answers.delete(outgoing))
    // Their answers would wait in memory for one who does not read them.
    if (answers.size > mostInHand) incoming.socket.destroy()
  }
  server.prependListener('request', note)
  // An unknown expectation is no reason to refuse (RFC 9110, §10.1.1).
  server.on('checkExpectation', (incoming, outgoing) => {
    server.emit('request', incoming, outgoing)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The parser reports each further chunk of the connection: only the first report counts.
    if (broken.has(socket)) return
    broken.add(socket)
    socket.pause()
    const answers = [...(inHand.get(socket) ?? [])]
    const isAnswered = answers.some(({ headersSent, req }) => headersSent && !req.complete)
    if (error.code === 'ECONNRESET' || isAnswered) {
      socket.destroy()
      return
    }
    // Earlier requests on the same connection get their own answers first.
    const earlier = answers.filter(({ req }) => req.complete).map((answer) => once(answer, 'close'))
    void Promise.all(earlier).then(() => answer(socket, error, deps))
  })
}

function answer(socket: Duplex, error: NodeJS.ErrnoException, { site, log }: Deps): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const known = refusals[error.code ?? '']
  const refusal = known ? new Problem(known) : invalidRequest([])
  const { code } = refusal
  // RFC 6585, §5: headers that are too large have a status of their own.
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : problemStatus[code]
  const requestId = newId()
  log.info({ requestId, code, status, reason: error.code }, 'a request could not be read')
  const body = problemBody(refusal, requestId, { status })
  const headers = {
    ...site.headers,
    'Cache-Control': 'no-store',
    'Content-Type': problemJson,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
    'X-Request-Id': requestId,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`
  socket.end(head + body, () => socket.destroy())
}
