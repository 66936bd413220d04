// The web server of one site. A node has one for each of its origins.
import { once } from 'node:events'
import { createServer, type Server, type ServerOptions } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { seconds } from '../kernel/clock.ts'
import { headWithin, requestWithin } from '../kernel/limits.ts'
import { listeningFault } from '../settings/faults.ts'
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

const finishWithin = 6 * seconds

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

/** Listens; throws ConfigError, by the names of the settings, where that cannot be. */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
  names: Parameters<typeof listeningFault>[1],
): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw listeningFault(error, names) ?? error
  }
}

/** Accepts no more requests and finishes those in hand, for six seconds at most. */
export async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  // A keep-alive connection becomes idle only after its last answer, so the check is repeated.
  const idle = setInterval(() => server.closeIdleConnections(), 100)
  await Promise.race([closed, wait(finishWithin, undefined, { ref: false })])
  clearInterval(idle)
  server.closeAllConnections()
}
