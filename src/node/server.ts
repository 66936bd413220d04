// The web server of one site. A node has one for each of its origins.
import { once } from 'node:events'
import { createServer, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { seconds } from '../kernel/clock.ts'
import { drainFor, headWithin, requestWithin } from '../limits/node.ts'
import { answerUnreadable } from '../surfaces/frame/answer-problem.ts'
import { answerBrokenRequests } from '../surfaces/frame/broken-requests.ts'
import type { Site } from '../surfaces/frame/site.ts'
import type { VisitEnv } from '../surfaces/frame/visit.ts'

/** How long a request's head and the whole request may take to arrive, and how often that is checked. */
export type Patience = Pick<
  ServerOptions,
  'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'
>

const usualPatience: Patience = {
  headersTimeout: headWithin,
  requestTimeout: requestWithin,
  connectionsCheckingInterval: 1 * seconds,
}

/** What came before the drain has its time too. */
const finishWithin = { after: { drain: 3 * seconds, nothing: 6 * seconds } } as const

interface Drain {
  readonly isBegun: boolean
  /** From here on every answer ends its connection, those of requests in hand too; over when the server may stop. */
  begin(): Promise<void>
}

/** Makes the server of a site; it does not listen yet. */
export function serveSite(
  app: Hono<VisitEnv>,
  { site, log }: { readonly site: Site; readonly log: Logger },
  patience?: Patience,
): Server {
  const answer = getRequestListener(app.fetch, { errorHandler: answerUnreadable(site) })
  const server = createServer(
    { ...usualPatience, ...patience, requireHostHeader: false },
    (incoming, outgoing) => {
      // Node goes on parsing what had come before a connection was cut off.
      if (!incoming.socket.destroyed) void answer(incoming, outgoing)
    },
  )
  answerBrokenRequests(server, { site, log })
  return server
}

/** Tells of each answer that has left: the request line's path, its status if it got one, and how long it took. */
export function meterAnswers(server: Server, answered: AnswerListener): void {
  server.prependListener('request', ({ url = '' }, outgoing) => {
    const began = performance.now()
    outgoing.on('close', () => {
      const status = outgoing.headersSent ? outgoing.statusCode : null
      answered(url, status, (performance.now() - began) / seconds)
    })
  })
}

type AnswerListener = (url: string, status: number | null, seconds: number) => void

/** The drain of a server, which has not begun. */
export function drainOf(server: Server): Drain {
  const inHand = new Set<ServerResponse>()
  let isBegun = false
  server.prependListener('request', (_, outgoing) => {
    if (isBegun) outgoing.shouldKeepAlive = false
    inHand.add(outgoing)
    outgoing.on('close', () => inHand.delete(outgoing))
  })
  return {
    get isBegun() {
      return isBegun
    },
    async begin() {
      isBegun = true
      for (const outgoing of inHand) outgoing.shouldKeepAlive = false
      await wait(drainFor)
    },
  }
}

/** Accepts no more requests and finishes those in hand, for six seconds at most; for three after a drain. */
export async function stopListening(server: Server, drain?: Drain): Promise<void> {
  if (!server.listening) return
  const within = finishWithin.after[drain?.isBegun ? 'drain' : 'nothing']
  const closed = once(server, 'close')
  await quietTurn()
  server.close()
  // A keep-alive connection becomes idle only after its last answer, so the check is repeated.
  const idle = setInterval(() => server.closeIdleConnections(), 100)
  await Promise.race([closed, wait(within, undefined, { ref: false })])
  clearInterval(idle)
  server.closeAllConnections()
}

const quiet = 0.2
const mostTurns = 200

/**
 * Right behind a turn of the event loop that had next to nothing to do. The system takes connections in before
 * we do, and resets those that it has when we stop listening: so none of them may be a moment old.
 */
async function quietTurn(): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const began = performance.now()
    await setImmediate()
    if (performance.now() - began < quiet) return
  }
}
