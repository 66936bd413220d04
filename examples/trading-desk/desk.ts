// The trading desk: a web application that leaves its sign-in to Sekisho.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { readLogoutTokens } from './back-channel.ts'
import { guard } from './guard.ts'
import { Ledger } from './ledger.ts'
import { youngFor } from './order-checks.ts'
import { ordersApi } from './orders-api.ts'
import { messagePage } from './pages.ts'
import { readLanguage, screens, type DeskDeps } from './screens.ts'
import { Sessions } from './sessions.ts'
import type { DeskSettings } from './settings.ts'
import { connectTo } from './sign-in.ts'
import { texts } from './texts.ts'

export interface RunningDesk {
  readonly origin: string
  stop(): Promise<void>
}

/** Listens on the loopback address; throws what the system says of the port. */
export async function startDesk(settings: DeskSettings): Promise<RunningDesk> {
  const server = createServer(getRequestListener(createDesk(settings).fetch))
  server.listen(settings.port, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: settings.origin,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function createDesk(settings: DeskSettings): Hono {
  const deps: DeskDeps = {
    settings,
    connect: connectTo(settings),
    sessions: new Sessions(),
    ledger: new Ledger(),
  }
  const readLogoutToken = readLogoutTokens(deps.connect)
  const desk = new Hono()
  desk.use(guard(settings))
  desk.use(bodyLimit({ maxSize: 16 * 1024 }))
  for (const [path, { type, body }] of Object.entries(files)) {
    desk.get(path, (c) =>
      c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=300' }),
    )
  }
  desk.post('/backchannel-logout', async (c) => {
    const { logout_token: token } = await c.req.parseBody()
    try {
      deps.sessions.endBySid(await readLogoutToken(String(token)))
      return c.body(null, 200)
    } catch (error) {
      const error_description = error instanceof Error ? error.message : String(error)
      return c.json({ error: 'invalid_request', error_description }, 400)
    }
  })
  const { origin, demoHoldMinutes } = settings
  const youngTime = demoHoldMinutes === null ? youngFor : demoHoldMinutes * 60_000
  desk.route('/api', ordersApi(deps.connect, deps.ledger, { origin, youngTime }))
  desk.route('/', screens(deps))
  desk.notFound((c) => {
    const { notFound } = texts[readLanguage(c)]
    return c.html(
      messagePage({ language: readLanguage(c), path: '/', session: null }, notFound),
      404,
    )
  })
  desk.onError((error, c) => {
    console.error(error)
    const { failed } = texts[readLanguage(c)]
    return c.html(messagePage({ language: readLanguage(c), path: '/', session: null }, failed), 503)
  })
  return desk
}

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

const files = {
  '/style.css': { type: 'text/css; charset=utf-8', body: file('style.css') },
  '/screens.css': { type: 'text/css; charset=utf-8', body: file('screens.css') },
  '/icon.svg': { type: 'image/svg+xml', body: file('icon.svg') },
} as const
