// The listener for operators: is the node alive, is it ready, and how is it. It asks nobody who they are, and
// tells nothing of any person.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { exposition } from '../../kernel/metrics.ts'
import { checkNames, type Readiness } from '../../operations/upkeep/readiness.ts'
import { listen } from '../frame/listen.ts'

interface OperationsDeps {
  readonly readiness: () => Promise<Readiness>
  /** All metrics as text. */
  readonly metrics: () => Promise<string>
  readonly log: Logger
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

export interface OperationsListener {
  /** The port in use, also when the settings left the choice to the system (0). */
  readonly port: number
  stop(): Promise<void>
}

/** Listens; throws ConfigError where that cannot be. */
export async function listenForOperators(
  deps: OperationsDeps,
  address: { readonly port: number; readonly host: string },
): Promise<OperationsListener> {
  const server = createServer((incoming, outgoing) => {
    void respond(deps, incoming, outgoing)
  })
  await listen(server, address, {
    port: 'SEKISHO_OPERATIONS_PORT',
    host: 'SEKISHO_OPERATIONS_HOST',
  })
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(
  deps: OperationsDeps,
  { method = '', url = '' }: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, type, body } = await answer(deps, method, url).catch((error: unknown) => {
    deps.log.error({ err: error }, 'operators got no answer')
    return json(500, { error: 'see the log' })
  })
  outgoing.writeHead(status, {
    ...{ 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) },
    ...{ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
    ...(status === 405 && { Allow: 'GET, HEAD' }),
  })
  outgoing.end(method === 'HEAD' ? undefined : body)
}

async function answer(deps: OperationsDeps, method: string, url: string): Promise<Answer> {
  const [path, query] = url.split('?', 2)
  const asked = new URLSearchParams(query)
  if (path !== '/livez' && path !== '/readyz' && path !== '/metrics') {
    return json(404, { error: 'there are /livez, /readyz and /metrics' })
  }
  if (method !== 'GET' && method !== 'HEAD') return json(405, { error: 'GET or HEAD' })
  if (path === '/livez') return json(200, { live: true })
  if (path === '/metrics') {
    return { status: 200, type: exposition, body: await deps.metrics() }
  }
  const excluded = asked.getAll('exclude')
  const unknown = excluded.filter((one) => !checkNames.some((name) => name === one))
  if (unknown.length > 0) {
    return json(400, { error: `checks that can be excluded: ${checkNames.join(', ')}` })
  }
  return judge(await deps.readiness(), excluded)
}

/** Not ready when one check fails, but for those that the one who asks does not mind. */
function judge(readiness: Readiness, excluded: readonly string[]): Answer {
  const checks = Object.fromEntries(checkNames.map((name) => [name, readiness[name]]))
  const failed = checkNames.filter((name) => !readiness[name].ok && !excluded.includes(name))
  return json(failed.length === 0 ? 200 : 503, { ready: failed.length === 0, failed, checks })
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(value, null, 2)}\n` }
}
