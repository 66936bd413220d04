// What `doctor` says of TLS in front of a node, with a real proxy and a certificate of each kind.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createPlain, request, type RequestListener } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { after, before, describe, test, type TestContext } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Environment } from '../../src/settings/environment.ts'
import { secret } from '../support/world/begun.ts'
import { makeAuthority } from '../support/world/certificates.ts'
import { examineHere } from '../support/world/doctor.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { World } from '../support/world/world.ts'

const day = 86_400_000

describe('doctor, from outside', { concurrency: 1 }, () => {
  const [trusted, strange] = [makeAuthority(), makeAuthority('Somebody else')]
  const authorities = getCACertificates()
  let world: World
  let port = 0
  let env: Environment = {}
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    setDefaultCACertificates([...authorities, trusted.cert])
    port = await freePort()
    const origin = { SEKISHO_ORIGIN: `https://localhost:${port}` }
    world = await World.start(sqlite, { env: origin })
    env = {
      ...origin,
      SEKISHO_SECRET: secret,
      SEKISHO_DATABASE: world.database.address,
      SEKISHO_SMTP_URL: world.mail.url,
      SEKISHO_MAIL_FROM: 'no-reply@example.invalid',
    }
  })
  after(async () => {
    setDefaultCACertificates(authorities)
    await world.stop()
  })

  /** What doctor finds by a proxy before the node, or by one that answers itself. */
  async function behind(
    t: TestContext,
    tls: ServerOptions | null,
    { hides = '', answers }: { hides?: string; answers?: RequestListener } = {},
  ) {
    const passOn: RequestListener = (incoming, outgoing) => {
      const { method, url: path, headers } = incoming
      const forwarded = request({
        host: '127.0.0.1',
        port: world.nodes[0]?.port,
        method,
        path,
        headers,
      })
      forwarded.on('response', (answer) => {
        const kept = Object.entries(answer.headers).filter(
          ([name]) => ![hides, 'connection'].includes(name),
        )
        outgoing.writeHead(answer.statusCode ?? 500, Object.fromEntries(kept))
        answer.pipe(outgoing)
      })
      incoming.pipe(forwarded)
    }
    const listener: RequestListener = (incoming, outgoing) => {
      // The next proxy has the same port, and other ways.
      outgoing.shouldKeepAlive = false
      return (answers ?? passOn)(incoming, outgoing)
    }
    const proxy = tls ? createServer(tls, listener) : createPlain(listener)
    proxy.listen(port, '127.0.0.1')
    await once(proxy, 'listening')
    t.after(async () => {
      proxy.close()
      proxy.closeAllConnections()
      await once(proxy, 'close')
    })
    return examineHere(env)
  }

  test('finds nothing where a proxy speaks TLS with a certificate that is trusted', async (t) => {
    const found = await behind(t, trusted.issue('localhost'))
    assert.match(found.of('from outside', 'ok').says, /^https:\/\/localhost:\d+\/sign-in answers$/)
    assert.match(found.of('headers', 'ok').says, /security headers arrive/)
  })

  for (const [what, tls, says, cure] of [
    [
      'has expired',
      trusted.issue('localhost', Date.now() - day),
      /^https:\/\/localhost:\d+ has a certificate that has expired$/,
      /^renew it/,
    ],
    [
      'is of another host',
      trusted.issue('other.example'),
      / has a certificate of another name$/,
      /host of SEKISHO_ORIGIN/,
    ],
    [
      'is of an authority that nobody knows',
      strange.issue('localhost'),
      / has a certificate that is not trusted here$/,
      /whole chain.*NODE_EXTRA_CA_CERTS/,
    ],
    [
      'is its own authority',
      { cert: strange.cert, key: strange.key },
      / has a certificate that is not trusted here$/,
      /NODE_EXTRA_CA_CERTS/,
    ],
  ] as const) {
    test(`says so when the certificate ${what}`, async (t) => {
      const found = (await behind(t, tls)).of('from outside', 'fault')
      assert.match(found.says, says)
      assert.match(found.cure ?? '', cure)
    })
  }

  test('says so when the port speaks no TLS', async (t) => {
    const { says, cure } = (await behind(t, null)).of('from outside', 'fault')
    assert.match(says, / speaks no TLS$/)
    assert.match(cure ?? '', /SEKISHO_ORIGIN/)
  })

  test('says so when the proxy speaks an old TLS alone', async (t) => {
    const versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const
    const old = await behind(t, { ...trusted.issue('localhost'), ...versions })
    const { says, cure } = old.of('from outside', 'fault')
    assert.match(says, / find no TLS that both speak$/)
    assert.match(cure ?? '', /TLS 1\.2 and 1\.3/)
  })

  test('says so when the proxy takes Strict-Transport-Security away', async (t) => {
    const hides = 'strict-transport-security'
    const found = await behind(t, trusted.issue('localhost'), { hides })
    const { says, cure } = found.of('headers', 'fault')
    assert.match(says, /^missing or changed on the way: Strict-Transport-Security$/)
    assert.match(cure ?? '', /leave them alone/)
  })

  for (const [what, status, cure] of [
    ['leads elsewhere', 301, /SEKISHO_ORIGIN/],
    ['leads to no node', 502, /log of the proxy/],
  ] as const) {
    test(`says so when the proxy ${what}`, async (t) => {
      const answers: RequestListener = (_, answer) =>
        void answer.writeHead(status, { location: 'https://www.example/' }).end()
      const found = await behind(t, trusted.issue('localhost'), { answers })
      const fault = found.of('from outside', 'fault')
      assert.match(fault.says, new RegExp(`answers ${status}$`))
      assert.match(fault.cure ?? '', cure)
    })
  }
})
