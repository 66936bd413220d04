// `doctor` finds what is really wrong around a node, says what to do, and changes nothing.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import type { Environment } from '../../src/settings/environment.ts'
import { BreachedList } from '../support/world/breached.ts'
import { examineHere, startBentProxy, startMailServer } from '../support/world/doctor.ts'
import { startMailReceiver, type MailReceiver } from '../support/world/mail-receiver.ts'
import { freePort, startProcess, type Process } from '../support/world/processes.ts'
import { runHere } from '../support/world/terminal.ts'

const secret = 'a secret that is long enough, it is'
/** Where a customer sits, as a proxy says. */
const customer = '198.51.100.9'

describe('doctor, around a node on SQLite', { concurrency: 1 }, () => {
  let folder = ''
  let mail: MailReceiver
  let node: Process
  let nodePort = 0
  let proxy: Awaited<ReturnType<typeof startBentProxy>>
  let env: Environment
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sekisho-doctor-'))
    mail = await startMailReceiver()
    nodePort = await freePort()
    const passOn = (headers: object) => ({ ...headers, 'x-forwarded-for': customer })
    proxy = await startBentProxy(() => nodePort, passOn)
    env = {
      SEKISHO_SECRET: secret,
      SEKISHO_DATABASE: join(folder, 'sekisho.sqlite'),
      SEKISHO_ORIGIN: `http://localhost:${proxy.port}`,
      SEKISHO_PORT: String(nodePort),
      SEKISHO_SMTP_URL: mail.url,
      SEKISHO_MAIL_FROM: 'no-reply@example.invalid',
      SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32',
    }
    node = startProcess(['serve'], env, folder)
    await node.until('listening')
  })
  after(async () => {
    node.signal('SIGTERM')
    await node.ended
    proxy.stop()
    await mail.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** The settings by another proxy than the one that is right; the node keeps its own. */
  async function by(
    t: TestContext,
    bend: (headers: object) => object,
    hides: string[] = [],
    packs = false,
  ) {
    const bent = await startBentProxy(
      () => nodePort,
      (headers) => ({
        ...bend(headers),
        ...{ host: `localhost:${proxy.port}`, origin: env['SEKISHO_ORIGIN'] },
      }),
      hides,
      packs,
    )
    t.after(() => bent.stop())
    return { ...env, SEKISHO_ORIGIN: `http://localhost:${bent.port}` }
  }

  test('all that is well is told so, with exit 0, and a test mail arrives', async () => {
    const found = await examineHere(env, '--mail-to', 'operator@example.jp')
    assert.equal(found.status, 0)
    for (const check of [
      ...['settings', 'database', 'database writes', 'database rights', 'database version'],
      ...['database indexes', 'file modes', 'free disk', 'from outside', 'headers'],
      ...['packing', 'mail', 'test mail'],
    ]) {
      found.of(check, 'ok')
    }
    const sent = await mail.next(({ to }) => to.includes('operator@example.jp'))
    assert.doesNotMatch(sent.text, /\d{6}/)
    const { output } = await runHere(['doctor'], env)
    assert.match(output, /^ok {7}database writes: it takes writes$/m)
    assert.match(output, /^warning {2}.+\n {9}→ .+$/m)
  })

  test('no mail goes out that was not asked for', async () => {
    const before = mail.mails.length
    await examineHere(env)
    assert.equal(mail.mails.length, before)
  })

  test('a setting that is none or invalid is told, and the rest is looked at', async () => {
    const found = await examineHere({ ...env, SEKISHO_BRAND_COLOUR: 'red', SEKISHO_MAIL_FROM: 'x' })
    assert.match(found.of('settings', 'warning').says, /SEKISHO_BRAND_COLOR is the nearest/)
    assert.match(found.of('settings', 'fault').says, /^SEKISHO_MAIL_FROM: /)
    found.of('database writes', 'ok')
  })

  test('files that everybody may read are told, and how to close them', async () => {
    const open = join(folder, 'open-secret')
    await writeFile(open, secret)
    await chmod(open, 0o644)
    const { SEKISHO_SECRET: _, ...others } = env
    const found = await examineHere({ ...others, SEKISHO_SECRET_FILE: open })
    const { says, cure } = found.of('file modes', 'fault')
    assert.deepEqual(
      [says, cure],
      [`${open} is open to every system user (644)`, `chmod o= ${open}`],
    )
  })

  test('a list of breached passwords is told with its age, and that there is none', async (t) => {
    assert.match((await examineHere(env)).of('breached passwords', 'warning').says, /no list/)
    const list = new BreachedList()
    t.after(() => list.remove())
    const by = { ...env, SEKISHO_BREACHED_PASSWORDS: list.path }
    assert.match((await examineHere(by)).of('breached passwords', 'ok').says, /searched in \d+ ms/)
    const old = new Date(Date.now() - 400 * 24 * 3600 * 1000)
    await utimes(list.path, old, old)
    assert.match((await examineHere(by)).of('breached passwords', 'warning').says, / is of \d{4}-/)
    await writeFile(list.path, 'password\n12345678\n')
    const { says } = (await examineHere(by)).of('settings', 'fault')
    assert.match(says, /^SEKISHO_BREACHED_PASSWORDS: names a file that is not a list/)
  })

  test('a key of the telephone computer starts at any length, and a short one is told', async () => {
    const by = (key: string) => ({
      ...env,
      SEKISHO_TELEPHONE_PORT: '0',
      SEKISHO_TELEPHONE_KEY: key,
    })
    const short = await examineHere(by('x'.repeat(31)))
    assert.match(short.of('telephone key', 'warning').says, /fewer than 32 characters/)
    short.of('settings', 'ok')
    ;(await examineHere(by('x'.repeat(32)))).of('telephone key', 'ok')
    const { says } = (await examineHere(by(''))).of('settings', 'fault')
    assert.match(says, /^SEKISHO_TELEPHONE_KEY: /)
  })

  describe('a proxy', () => {
    test('that says who calls is found right, by what the node saw', async () => {
      const found = await examineHere(env, '--proxy')
      assert.match(found.of('proxy', 'ok').says, new RegExp(`come from ${customer}`))
    })
    test('that passes on what callers say of themselves is a fault', async (t) => {
      const found = await examineHere(await by(t, (headers) => headers), '--proxy')
      assert.match(found.of('proxy', 'fault').says, /anybody can choose an address/)
    })
    test('that says nothing of the caller is told', async (t) => {
      const silent = await by(t, (headers) => ({ ...headers, 'x-forwarded-for': '127.0.0.1' }))
      const found = await examineHere(silent, '--proxy')
      assert.match(found.of('proxy', 'warning').says, /sees a trusted proxy as the caller/)
    })
    test('that leads to nodes of another database is a fault', async () => {
      const other = { ...env, SEKISHO_DATABASE: join(folder, 'other.sqlite') }
      assert.equal((await runHere(['migrate'], other)).status, 0)
      const found = await examineHere(other, '--proxy')
      assert.match(found.of('proxy', 'fault').says, /left no event of it here/)
    })
    test('that takes headers away or another host along is a fault', async (t) => {
      const bent = await by(t, (headers) => headers, ['content-security-policy'])
      assert.match((await examineHere(bent)).of('headers', 'fault').says, /Content-Security-Policy/)
      const elsewhere = { ...env, SEKISHO_ORIGIN: `http://localhost:${nodePort}` }
      const { says, cure } = (await examineHere(elsewhere)).of('from outside', 'fault')
      assert.match(says, /answers 421$/)
      assert.match(cure ?? '', /pass Host on/)
    })
    test('that packs pages is a fault', async (t) => {
      const packing = await by(t, (headers) => headers, ['content-length'], true)
      const { says, cure } = (await examineHere(packing)).of('packing', 'fault')
      assert.match(says, /comes packed \(gzip\)/)
      assert.match(cure ?? '', /gzip off/)
    })
    test('that is not there is a fault', async () => {
      const nowhere = { ...env, SEKISHO_ORIGIN: `http://localhost:${await freePort()}` }
      const found = await examineHere(nowhere, '--proxy')
      assert.match(
        found.of('from outside', 'fault').says,
        /cannot be reached: nothing listens there/,
      )
      found.of('proxy', 'fault')
    })
  })

  describe('a mail server', () => {
    const at = (port: number, start = 'smtp://') => ({
      ...env,
      SEKISHO_SMTP_URL: `${start}127.0.0.1:${port}`,
    })
    test('that refuses the sign-in, the recipient or the connection is told, by what it refuses', async (t) => {
      const server = await startMailServer({
        allowInsecureAuth: true,
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        onAuth: (_auth, _session, done) => done(new Error('no')),
        onRcptTo: (_to, _session, done) =>
          done(Object.assign(new Error('5.1.1 unknown'), { responseCode: 550 })),
      })
      t.after(() => server.stop())
      const wrong = at(server.port, 'smtp://somebody:Wrong-Word@')
      assert.match((await examineHere(wrong)).of('mail', 'fault').says, /refuses the user/)
      const unknown = await examineHere(at(server.port), '--mail-to', 'nobody@example.jp')
      assert.match(unknown.of('mail', 'fault').says, /refuses the test mail \(550\)/)
      assert.ok(!JSON.stringify(unknown.findings).includes('nobody@'))
      const refused = await examineHere(at(await freePort()))
      assert.match(refused.of('mail', 'fault').says, /cannot be reached.*ECONNREFUSED/)
    })
    test('with a certificate that is not trusted is told with the cause', async (t) => {
      const server = await startMailServer({ secure: true })
      t.after(() => server.stop())
      const found = await examineHere(at(server.port, 'smtps://'))
      assert.match(found.of('mail', 'fault').says, /not trusted \(.*(certificate|CERT)/i)
    })
    test('that says nothing is waited for some seconds, and no longer', async (t) => {
      const silent = createServer((socket) => void t.after(() => socket.destroy()))
      silent.listen(0, '127.0.0.1')
      await once(silent, 'listening')
      t.after(() => silent.close())
      const began = performance.now()
      const found = await examineHere(at((silent.address() as AddressInfo).port))
      assert.match(found.of('mail', 'fault').says, /cannot be reached/)
      assert.ok(performance.now() - began < 20_000)
    })
  })
})
