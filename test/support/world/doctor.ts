// What `doctor` says, and servers around a node that do not do what they should.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGzip } from 'node:zlib'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Environment } from '../../../src/settings/environment.ts'
import { runHere } from './terminal.ts'

interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'fault'
  readonly says: string
  readonly cure?: string
}

export interface Examined {
  readonly status: number
  readonly findings: readonly Finding[]
  /** The first finding of a check; the test fails without one. */
  of(check: string, state: Finding['state']): Finding
}

/** Runs `doctor --json` in this process; what is no `ok` has a cure, and nothing tells a password. */
export async function examineHere(
  env: Environment,
  ...words: readonly string[]
): Promise<Examined> {
  const { status, output, errors } = await runHere(['doctor', '--json', ...words], env)
  assert.equal(errors, '')
  assert.doesNotMatch(output, /Right-Word|Wrong-Word|long enough/)
  const { ok, findings } = JSON.parse(output) as { ok: boolean; findings: Finding[] }
  for (const { state, cure, says } of findings)
    assert.equal(cure !== undefined, state !== 'ok', says)
  assert.equal(ok, !findings.some(({ state }) => state === 'fault'))
  assert.equal(status, ok ? 0 : 1)
  return {
    ...{ status, findings },
    of(check, state) {
      const found = findings.filter((one) => one.check === check && one.state === state)
      assert.ok(found[0], `${check} is not ${state}: ${JSON.stringify(findings, null, 1)}`)
      return found[0]
    },
  }
}

export interface Around {
  readonly port: number
  stop(): void
}

/** A proxy before a node, which bends the headers of requests, takes some of the answers away, or packs them. */
export async function startBentProxy(
  to: () => number,
  bend: (headers: IncomingHttpHeaders) => IncomingHttpHeaders,
  hides: readonly string[] = [],
  packs = false,
): Promise<Around> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const options = { host: '127.0.0.1', port: to(), method, path: url, headers: bend(headers) }
    const forwarded = request(options, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !hides.includes(name))
      if (packs) kept.push(['content-encoding', 'gzip'])
      outgoing.writeHead(answer.statusCode ?? 500, Object.fromEntries(kept))
      if (packs) answer.pipe(createGzip()).pipe(outgoing)
      else answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A mail server with these options. */
export async function startMailServer(options: SMTPServerOptions): Promise<Around> {
  const server = new SMTPServer({ logger: false, ...options })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => void server.close(),
  }
}
