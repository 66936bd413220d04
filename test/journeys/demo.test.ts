// Rule 32: the demo, started as `npm start` starts it.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openDatabase } from '../../src/domain/tables/database.ts'
import { deriveKeys } from '../../src/kernel/secrets.ts'
import type { Environment } from '../../src/settings/environment.ts'
import { prepareDemoAccounts } from '../../src/surfaces/demo/accounts.ts'
import { createAuthenticator } from '../support/authenticator/software-authenticator.ts'
import { enrolWithCode, signInAtDesk } from '../support/world/desk.ts'
import { HttpClient } from '../support/world/http-client.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort, startProcess } from '../support/world/processes.ts'
import { askHere, runHere } from '../support/world/terminal.ts'
import { expectStatus, World } from '../support/world/world.ts'

interface DemoAccount {
  readonly loginId: string
  readonly password: string
}

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-demo-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Starts the demo in a folder and waits until it tells how to sign in. */
async function startDemo(t: TestContext, folder: string, more: Environment = {}) {
  const port = await freePort()
  const ports = {
    SEKISHO_PORT: String(port),
    SEKISHO_DEMO_DESK_PORT: String(await freePort()),
    SEKISHO_CONSOLE_PORT: String(await freePort()),
  }
  const demo = startProcess(['demo'], { ...ports, ...more }, folder)
  t.after(() => demo.signal('SIGKILL'))
  await demo.until('Stop with Ctrl-C')
  const file = join(folder, 'data', 'demo-accounts.json')
  const accounts = JSON.parse(await readFile(file, 'utf8')) as DemoAccount[]
  const stop = async () => {
    demo.signal('SIGTERM')
    const { status, took } = await demo.ended
    assert.equal(status, 0, demo.said())
    assert.ok(took < 10_000, `${took} ms`)
  }
  const desk = `http://localhost:${ports.SEKISHO_CONSOLE_PORT}`
  return { demo, accounts, client: new HttpClient(`http://localhost:${port}`), desk, stop }
}

/** The latest code on the demo's mailbox page. */
async function codeFrom(client: HttpClient, t: TestContext): Promise<string> {
  return t.waitFor(
    async () => {
      const { text } = await client.get('/demo/mailbox')
      const code = /認証コード \/ Code: {2}(\d{6})/.exec(text)?.[1]
      assert.ok(code)
      return code
    },
    { timeout: 10_000 },
  )
}

test('the demo keeps its data, marks its database, and its advice works', async (t) => {
  const folder = await folderFor(t)
  const first = await startDemo(t, folder)
  const { accounts } = first
  assert.equal(accounts.length, 3)
  assert.equal(new Set(accounts.map(({ password }) => password)).size, 3)
  for (const { loginId, password } of accounts) {
    assert.match(password, /^[a-z]{5}-[a-z]{5}-[a-z]{5}$/)
    assert.ok(first.demo.said().includes(`${loginId}      ${password}`))
  }
  for (const name of ['demo-accounts.json', 'demo-secret']) {
    assert.equal((await stat(join(folder, 'data', name))).mode & 0o777, 0o600, name)
  }
  const [account] = accounts
  assert.ok(account)
  const { loginId, password } = account
  const { client } = first
  expectStatus(await client.post('/api/sign-in', { loginId, password }), 200)
  const code = await codeFrom(client, t)
  expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
  await first.stop()

  const [, database = '', secretFile = ''] =
    /export SEKISHO_DATABASE=(\S+) SEKISHO_SECRET_FILE=(\S+)/.exec(first.demo.said()) ?? []
  const again = await startDemo(t, folder, {
    SEKISHO_DATABASE: database,
    SEKISHO_SECRET_FILE: secretFile,
  })
  assert.deepEqual(again.accounts, accounts)
  assert.ok(again.demo.said().includes(password))
  for (const [name, value] of client.cookies) again.client.setCookie(name, value)
  expectStatus(await again.client.get('/api/session'), 200)
  await again.stop()

  const env = {
    SEKISHO_DATABASE: join(folder, database),
    SEKISHO_SECRET_FILE: join(folder, secretFile),
    SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
    SEKISHO_MAIL_FROM: 'no-reply@example.jp',
  }
  const served = startProcess(['serve'], env, folder)
  assert.equal((await served.ended).status, 1)
  assert.match(served.said(), /"setting":"SEKISHO_DATABASE","msg":"SEKISHO_DATABASE: is a demo/)
  assert.equal((await runHere(['migrate'], env)).status, 0)
})

test('the demo has a support desk with three operators, who enrol with the codes that it prints', async (t) => {
  const folder = await folderFor(t)
  const file = join(folder, 'data', 'demo-operators.json')
  const readCodes = async () =>
    (JSON.parse(await readFile(file, 'utf8')) as { name: string; code: string }[]).map(
      ({ code }) => code,
    )
  const first = await startDemo(t, folder)
  const codes = await readCodes()
  assert.equal(new Set(codes).size, 3)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  for (const code of codes) assert.ok(first.demo.said().includes(code), code)
  assert.ok(first.demo.said().includes(`Customer support: ${first.desk}`))
  const client = new HttpClient(first.desk)
  const authenticator = createAuthenticator({ origin: first.desk, rpId: 'localhost' })
  const enrolled = await enrolWithCode(client, authenticator, codes[0] ?? '')
  const { operator } = expectStatus(enrolled, 201)
  assert.deepEqual(operator.roles, ['agent'])
  expectStatus(await signInAtDesk(client, authenticator), 200)
  await first.stop()

  const again = await startDemo(t, folder)
  assert.deepEqual(await readCodes(), codes, 'the same operators')
  assert.ok(!again.demo.said().includes(codes[0] ?? ''), 'a used code is printed no more')
  assert.ok(again.demo.said().includes(codes[1] ?? ''))
  await again.stop()
})

test('the demo makes other passwords in every place', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const world = await World.start(sqlite)
  t.after(() => world.stop())
  const folder = await folderFor(t)
  const one = await prepareDemoAccounts(world.deps, join(folder, 'one.json'))
  const other = await prepareDemoAccounts(world.deps, join(folder, 'other.json'))
  const passwords = [...one, ...other].map(({ password }) => password)
  assert.equal(new Set(passwords).size, 6)
  assert.deepEqual(await prepareDemoAccounts(world.deps, join(folder, 'one.json')), one)
})

for (const database of databases) {
  test(`the demo refuses a ${database.name} database that is not its own`, async (t) => {
    const { address, drop } = await database.create()
    t.after(drop)
    const folder = await folderFor(t)
    const secret = { SEKISHO_SECRET: 'a secret that is long enough, it is' }
    const other = { SEKISHO_SECRET_FILE: join(folder, 'other') }
    await writeFile(other.SEKISHO_SECRET_FILE, 'another secret that is long enough')
    const env = { ...secret, SEKISHO_DATABASE: address }
    assert.equal((await runHere(['migrate'], env)).status, 0)
    for (const more of [secret, other]) {
      const settings = { ...more, SEKISHO_DATABASE: address, SEKISHO_PORT: '0' }
      const { status, error } = await askHere(['demo'], settings)
      assert.deepEqual([status, error?.setting], [1, 'SEKISHO_DATABASE'])
    }
    const keys = deriveKeys(secret.SEKISHO_SECRET)
    const db = await openDatabase({ address, keys, use: 'serve' })
    assert.deepEqual(await db.selectFrom('accounts').selectAll().execute(), [])
    await db.destroy()
  })

  test(`a ${database.name} database of the demo is none to serve`, async (t) => {
    const { address, drop } = await database.create()
    t.after(drop)
    const keys = deriveKeys('a secret that is long enough, it is')
    const open = async (use: 'demo' | 'serve' | 'either') =>
      (await openDatabase({ address, keys, use })).destroy()
    await open('demo')
    await assert.rejects(open('serve'), { name: 'ConfigError', setting: 'SEKISHO_DATABASE' })
    await open('either')
    await open('demo')
  })
}

test('the demo runs on a loopback address only, and ends when it does not', async (t) => {
  const folder = await folderFor(t)
  const secret = { SEKISHO_SECRET: 'a secret that is long enough, it is' }
  const settings = { ...secret, SEKISHO_DATABASE: join(folder, 'demo.sqlite'), SEKISHO_PORT: '0' }
  for (const place of [
    ...['0.0.0.0', '::', '192.0.2.1'].map((SEKISHO_HOST) => ({ SEKISHO_HOST })),
    { SEKISHO_ORIGIN: 'https://login.example.jp' },
    { SEKISHO_CONSOLE_HOST: '0.0.0.0' },
    { SEKISHO_CONSOLE_ORIGIN: 'https://desk.example.jp' },
    { SEKISHO_OPERATIONS_HOST: '0.0.0.0', SEKISHO_OPERATIONS_PORT: '0' },
    { SEKISHO_TELEPHONE_HOST: '::', SEKISHO_TELEPHONE_PORT: '0', SEKISHO_TELEPHONE_KEY: 'a key' },
  ]) {
    const { status, error } = await askHere(['demo'], { ...settings, ...place })
    const [setting] = Object.keys(place)
    const says = `${setting}: the demo runs on a loopback address only`
    assert.deepEqual([status, error?.code, error?.message], [1, 'not_loopback', says])
  }
  const elsewhere = startProcess(['demo'], { ...settings, SEKISHO_HOST: '0.0.0.0' }, folder)
  assert.equal((await elsewhere.ended).status, 1)
  assert.match(elsewhere.said(), /SEKISHO_HOST/)
  assert.deepEqual(await readdir(folder), [])
})
