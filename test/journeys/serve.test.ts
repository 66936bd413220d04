// `serve` as an operator runs it: what it starts without is refused, and SIGTERM stops it in time.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sqliteDialect } from '../../src/kernel/db/sqlite.ts'
import type { Environment } from '../../src/settings/environment.ts'
import { withDatabase } from '../../src/surfaces/cli/command.ts'
import { HttpClient } from '../support/world/http-client.ts'
import { makePipe } from '../support/world/pipe.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort, startProcess } from '../support/world/processes.ts'
import { askHere, runHere } from '../support/world/terminal.ts'
import { expectStatus } from '../support/world/world.ts'

const secret = 'a secret that is long enough, it is'

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-serve-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A mail server that takes the connection and then says nothing. */
async function silentMailServer(t: TestContext): Promise<string> {
  const server = createServer((socket) => void t.after(() => socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Enough to start a node on a database of its own. */
const settingsOf = (folder: string, port: number, mailServer: string): Environment => ({
  SEKISHO_SECRET: secret,
  SEKISHO_DATABASE: join(folder, 'sekisho.sqlite'),
  SEKISHO_ORIGIN: `http://localhost:${port}`,
  SEKISHO_PORT: String(port),
  SEKISHO_SMTP_URL: mailServer,
  SEKISHO_MAIL_FROM: 'no-reply@example.jp',
})

describe('serve', { concurrency: 2 }, () => {
  test('finishes what is in hand and ends within 10 seconds of SIGTERM', async (t) => {
    const folder = await folderFor(t)
    const port = await freePort()
    const env = settingsOf(folder, port, await silentMailServer(t))
    const node = startProcess(['serve'], env, folder)
    t.after(() => node.signal('SIGKILL'))
    await node.until('listening')
    const client = new HttpClient(`http://localhost:${port}`)
    expectStatus(await client.get('/sign-in'), 200)

    const body = JSON.stringify({ loginId: 'nobody', password: 'wrong password' })
    /** A sign-in of which only the first half has been sent. */
    const begin = () => {
      const headers = {
        ...{ host: `localhost:${port}`, origin: `http://localhost:${port}` },
        ...{ 'content-type': 'application/json', 'content-length': body.length },
      }
      const options = { host: '127.0.0.1', port, method: 'POST', path: '/api/sign-in', headers }
      const outgoing = request({ ...options, agent: false })
      outgoing.write(body.slice(0, 10))
      const answer = once(outgoing, 'response') as Promise<[IncomingMessage]>
      return { outgoing, answer }
    }
    const [finished, hanging] = [begin(), begin()]
    hanging.answer.catch(() => {})
    hanging.outgoing.on('error', () => {})
    await client.get('/api/session')
    node.signal('SIGTERM')
    await node.until('stopping')
    const closed = () => assert.rejects(client.get('/sign-in'), { code: 'ECONNREFUSED' })
    await t.waitFor(closed, { timeout: 10_000 })
    finished.outgoing.end(body.slice(10))
    const [incoming] = await finished.answer
    assert.equal(incoming.statusCode, 401)
    assert.match(await readText(incoming), /sign_in_refused/)
    const { status, took } = await node.ended
    assert.equal(status, 0, node.said())
    // Nine seconds by its own timers; some more where the machine has much to do.
    assert.ok(took < 13_000, `${took} ms`)
  })

  for (const [what, output] of [
    ['nobody reads its log', () => makePipe().input],
    ['the disk of its log is full', () => openSync('/dev/full', 'w')],
  ] as const) {
    test(`answers, and ends at SIGTERM, when ${what}`, { timeout: 60_000 }, async (t) => {
      const folder = await folderFor(t)
      const port = await freePort()
      const env = settingsOf(folder, port, 'smtp://127.0.0.1:9')
      const node = startProcess(['serve'], env, folder, output())
      t.after(() => node.signal('SIGKILL'))
      const client = new HttpClient(`http://localhost:${port}`)
      await t.waitFor(() => client.get('/sign-in'), { timeout: 30_000 })
      // Their lines are longer than any pipe.
      for (let round = 0; round < 100; round += 1) {
        const looks = Array.from({ length: 10 }, () => client.get('/sign-in'))
        for (const answer of await Promise.all(looks)) expectStatus(answer, 200)
      }
      node.signal('SIGTERM')
      const { status, took } = await node.ended
      assert.equal(status, 0, node.said())
      assert.ok(took < 10_000, `${took} ms`)
      assert.match(node.said(), /\d{3} lines of the log are lost/)
    })
  }

  test('does not start on a port that is taken, and ends', async (t) => {
    const folder = await folderFor(t)
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    t.after(() => taken.close())
    const env: Environment = {
      SEKISHO_SECRET: secret,
      SEKISHO_DATABASE: join(folder, 'sekisho.sqlite'),
      SEKISHO_PORT: String((taken.address() as AddressInfo).port),
      SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
      SEKISHO_MAIL_FROM: 'no-reply@example.jp',
    }
    const node = startProcess(['serve'], env, folder)
    assert.equal((await node.ended).status, 1)
    assert.match(node.said(), /EADDRINUSE/)
  })

  test('ends when it cannot start after its sender has begun, and leaves no node that only sends', async (t) => {
    const folder = await folderFor(t)
    const env: Environment = {
      SEKISHO_SECRET: secret,
      SEKISHO_DATABASE: join(folder, 'sekisho.sqlite'),
      SEKISHO_PORT: '0',
      SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
      SEKISHO_MAIL_FROM: 'no-reply@example.jp',
    }
    await withDatabase({ env }, ({ db }) => {
      const damaged = { kid: 'damaged', alg: 'ES256', sealed: 'no key' }
      const times = { signs_from: 0, published_until: null }
      return db
        .insertInto('oidc_keys')
        .values({ ...damaged, ...times })
        .execute()
    })
    const node = startProcess(['serve'], env, folder)
    t.after(() => node.signal('SIGKILL'))
    await node.until('signing-keys.ts')
    const lasts = wait(10_000, { status: 'still running' }, { ref: false })
    const { status } = await Promise.race([node.ended, lasts])
    assert.equal(status, 1, node.said())
    assert.doesNotMatch(node.said(), /listening/)
  })

  test('says by name which setting it does not start with, and touches nothing, nor does --check', async (t) => {
    const folder = await folderFor(t)
    const enough: Environment = {
      SEKISHO_SECRET: secret,
      SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
      SEKISHO_MAIL_FROM: 'no-reply@example.jp',
      SEKISHO_DATABASE: join(folder, 'sekisho.sqlite'),
      SEKISHO_PORT: '0',
    }
    const cases: readonly Environment[] = [
      { SEKISHO_SECRET: undefined },
      { SEKISHO_SMTP_URL: undefined },
      { SEKISHO_MAIL_FROM: undefined },
      { SEKISHO_ORIGIN: 'http://login.example.jp' },
      { SEKISHO_RP_ID: 'example.jp' },
      { SEKISHO_SMTP_URL: 'smtp://mail.example.jp' },
      { SEKISHO_DATABASE: 'postgres://sekisho:word@db.example.jp/sekisho' },
      { SEKISHO_DATABASE: 'mysql://sekisho:word@db.example.jp/sekisho' },
      { SEKISHO_DATABASE: ' postgres://sekisho:word@localhost/sekisho' },
    ]
    for (const change of cases) {
      const [setting] = Object.keys(change)
      const { status, error } = await askHere(['serve', '--check'], { ...enough, ...change })
      assert.deepEqual([status, error?.code, error?.setting], [1, 'setting', setting])
    }
    assert.deepEqual(await readdir(folder), [])
    const node = startProcess(['serve'], { ...enough, SEKISHO_SECRET: undefined }, folder)
    assert.equal((await node.ended).status, 1)
    const [line = '', ...others] = node.said().trim().split('\n')
    const { setting, msg } = JSON.parse(line) as Record<string, unknown>
    assert.deepEqual([setting, msg, others], ['SEKISHO_SECRET', 'SEKISHO_SECRET: must be set', []])
    const check = await runHere(['serve', '--check'], enough)
    assert.deepEqual([check.status, check.output], [0, 'the settings are right\n'])
    assert.deepEqual(await readdir(folder), [])
  })

  test('makes no file of a database address with a typing error, and prints no password', async (t) => {
    const folder = await folderFor(t)
    const env: Environment = { SEKISHO_SECRET: secret }
    for (const address of ['mysql://sekisho:pass-word@db/name', 'postgres:/sekisho:pass-word@db']) {
      const node = startProcess(['migrate'], { ...env, SEKISHO_DATABASE: address }, folder)
      assert.equal((await node.ended).status, 1)
      assert.match(node.said(), /^SEKISHO_DATABASE: must be/m)
      assert.doesNotMatch(node.said(), /pass-word/)
    }
    assert.deepEqual(await readdir(folder), [])
  })

  test('makes a folder and a database that only their owner can read', async (t) => {
    const folder = await folderFor(t)
    const env: Environment = { SEKISHO_SECRET: secret }
    const before = process.umask(0)
    t.after(() => process.umask(before))
    const address = join(folder, 'data', 'deep', 'sekisho.sqlite')
    assert.equal((await runHere(['migrate'], { ...env, SEKISHO_DATABASE: address })).status, 0)
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777
    for (const path of [join(folder, 'data'), dirname(address)]) {
      assert.equal(await modeOf(path), 0o700, path)
    }
    assert.equal(await modeOf(address), 0o600)
    await chmod(address, 0o644)
    sqliteDialect(address, { report: assert.ifError })
    assert.equal(await modeOf(address), 0o600)
    for (const name of await readdir(dirname(address))) {
      assert.equal(await modeOf(join(dirname(address), name)), 0o600, name)
    }
  })

  for (const database of databases) {
    test(`takes a ${database.name} database with no other secret than its own`, async (t) => {
      const { address, drop } = await database.create()
      t.after(drop)
      const env: Environment = {
        SEKISHO_SECRET: secret,
        SEKISHO_DATABASE: address,
        SEKISHO_PORT: '0',
        SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
        SEKISHO_MAIL_FROM: 'no-reply@example.jp',
      }
      assert.equal((await runHere(['migrate'], env)).status, 0)
      const other = { ...env, SEKISHO_SECRET: `${secret}!` }
      const { status, error } = await askHere(['migrate'], other)
      assert.deepEqual([status, error?.setting], [1, 'SEKISHO_SECRET'])
      assert.equal((await runHere(['serve'], other)).status, 1)
      assert.equal((await runHere(['migrate'], env)).status, 0)
    })
  }
})
