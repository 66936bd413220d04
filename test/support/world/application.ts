// The browser's side of an application on two hosts: what is sent to the first goes on to the second.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'

export interface Application {
  /** What the first host was sent, in order: `POST /callback` and the query or the form. */
  readonly heard: { readonly asked: string; readonly sent: URLSearchParams }[]
  readonly origin: string
  /** Where everything leads from there: a page that says so, on another origin. */
  readonly otherOrigin: string
  stop(): Promise<void>
}

/** Starts both hosts on free ports. */
export async function startApplication(): Promise<Application> {
  const heard: Application['heard'] = []
  const other = createServer((_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Arrived</h1>')
  })
  const otherOrigin = await listen(other)
  const first = createServer((incoming, outgoing) => {
    void readText(incoming).then((body) => {
      const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://application.invalid')
      const sent = incoming.method === 'POST' ? new URLSearchParams(body) : searchParams
      heard.push({ asked: `${incoming.method} ${pathname}`, sent })
      outgoing.writeHead(303, { location: `${otherOrigin}/arrived` }).end()
    })
  })
  const origin = await listen(first)
  return {
    heard,
    origin,
    otherOrigin,
    async stop() {
      await Promise.all([first, other].map(close))
    },
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
