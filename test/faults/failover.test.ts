// The primary dies under load and its standby takes over: what that costs, by how the two are connected.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { snippetsOf } from '../docs/snippets.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { askPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { launchPair, type Pair } from '../support/world/pair.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'
import { expectBusy, untilStatus } from './busy.ts'
import { cookiesOf, Traffic } from './failover.ts'
import { passkeyCustomers } from './passkey-customers.ts'

const guide = new URL('../../docs/operate.md', import.meta.url)
const seconds = 1000

interface Ground {
  readonly pair: Pair
  readonly installation: Installation
  readonly served: ServeProcess
}

async function prepare(t: TestContext, names: string): Promise<Ground> {
  const pair = await launchPair(names)
  t.after(() => pair.close())
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-failover-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const env = { SEKISHO_CLOSINGS: join(folder, 'closings') }
  const installation = await Installation.create(pair, { env })
  t.after(() => installation.drop())
  return { pair, installation, served: await installation.serve() }
}

/** What the guide says that both servers have. */
function documentedNames(): string {
  const texts = snippetsOf(readFileSync(guide, 'utf8')).map(({ text }) => text)
  const [names] = texts.flatMap(
    (text) => /^synchronous_standby_names = '(.+)'$/m.exec(text)?.[1] ?? [],
  )
  assert.ok(names)
  return names
}

/** The end of the primary's machine; the standby takes over half a second later. */
async function failOver({ pair }: Ground): Promise<void> {
  await pair.primary.kill()
  await pair.way.stop()
  await wait(0.5 * seconds)
  await pair.standby.ask('select pg_promote()')
}

/** Something that has to be written, and is refused when it is. */
function guess({ installation, served }: Ground) {
  const wrong = { loginId: 'nobody', password: 'a wrong password' }
  return installation.client(served).post('/api/sign-in', wrong)
}

describe('the primary dies under load and its standby takes over', { concurrency: 1 }, () => {
  test('a synchronous one loses nothing: no session, no end of one, no removal of a passkey', async (t) => {
    const ground = await prepare(t, documentedNames())
    const { installation, served, pair } = ground
    const traffic = await Traffic.of(installation, served, 6)
    await traffic.during(async () => {
      await wait(5 * seconds)
      await failOver(ground)
      const promoted = performance.now()
      const before = traffic.count
      // Nobody follows the new primary yet.
      expectBusy(await guess(ground))
      assert.equal(traffic.count, before)
      await pair.standby.ask(`alter system set synchronous_standby_names = ''`)
      await pair.standby.ask('select pg_reload_conf()')
      await untilStatus(401, () => guess(ground))
      t.diagnostic(`works ${Math.round(performance.now() - promoted)} ms after the promotion`)
      await wait(3 * seconds)
      assert.ok(traffic.count > before)
    })
    t.diagnostic(traffic.inWords())
    assert.deepEqual(await traffic.find(), { lost: 0, undead: 0, readmitted: 0 })
    assert.deepEqual(served.failures(), [])
  })

  test('a synchronous one that is away lets nothing be acknowledged, until it is back', async (t) => {
    const ground = await prepare(t, documentedNames())
    const { installation, served, pair } = ground
    const traffic = await Traffic.of(installation, served, 1)
    await traffic.during(async () => {
      await wait(2 * seconds)
      await pair.standby.stopped(async () => {
        // What was answered at that moment may be on its way.
        await wait(0.5 * seconds)
        const before = traffic.count
        assert.ok(before > 0)
        const began = performance.now()
        expectBusy(await guess(ground))
        t.diagnostic(`refused after ${Math.round(performance.now() - began)} ms`)
        await wait(10 * seconds)
        assert.equal(traffic.count, before)
        const waiting = `select count(*) from pg_stat_activity where wait_event = 'SyncRep'`
        t.diagnostic(`${(await pair.primary.ask(waiting))[0]?.['count']} commits wait`)
      })
      const back = performance.now()
      await untilStatus(401, () => guess(ground))
      t.diagnostic(`works ${Math.round(performance.now() - back)} ms after it is back`)
    })
    assert.deepEqual(await traffic.find(), { lost: 0, undead: 0, readmitted: 0 })
    assert.deepEqual(served.failures(), [])
  })

  test('an asynchronous one loses what came last; then what lives again is ended, and closed again', async (t) => {
    const ground = await prepare(t, '')
    const { installation, served, pair } = ground
    const traffic = await Traffic.of(installation, served, 8)
    const [holder] = await passkeyCustomers(installation, served, 1)
    const [mailed] = await installation.addAccounts(1)
    assert.ok(holder && mailed)
    const { account, authenticator, passkey } = holder
    const [atPasskey, atCode] = [installation.client(served), installation.client(served)]
    expectStatus(await givePassword(atPasskey, account), 200)
    const answer = await authenticator.get(await askPasskey(atPasskey, passkey.id))
    expectStatus(await givePassword(atCode, mailed), 200)
    const code = await installation.nextCode(mailed)
    const proofs = [
      { path: '/api/sign-in/passkey', body: answer, cookie: cookiesOf(atPasskey) },
      { path: '/api/sign-in/email-code', body: { code }, cookie: cookiesOf(atCode) },
    ].map(({ path, body, cookie }) => () => {
      const headers = { cookie, 'content-type': 'application/json' }
      const request = { method: 'POST', path, headers, body: JSON.stringify(body) }
      return installation.client(served).raw(request)
    })

    await traffic.during(async () => {
      await wait(6 * seconds)
      pair.way.late = 3 * seconds
      await wait(3 * seconds)
      for (const prove of proofs) expectStatus(await prove(), 200)
      await wait(1 * seconds)
      await failOver(ground)
    })
    await untilStatus(401, () => guess(ground))
    const found = await traffic.find()
    t.diagnostic(`${traffic.inWords()}: ${JSON.stringify(found)}`)
    assert.ok(found.lost > 0 && found.undead > 0, 'the lag is one that costs')

    const words = ['restore', '--reason', 'an asynchronous standby took over']
    const { status, errors, output } = await installation.command(words)
    assert.equal(status, 0, errors)
    assert.ok(output.includes(`closed again: ${found.readmitted} passkeys, 0 accounts`), output)
    const lost = traffic.acknowledged.signedIn.size
    assert.deepEqual(await traffic.find(), { lost, undead: 0, readmitted: 0 })
    // They were accepted already, of which this database knows nothing.
    for (const prove of proofs) assert.equal(expectProblem(await prove(), 404), 'no_sign_in')
    const browser = installation.client(served)
    await signInWithPasskey({ client: () => browser }, account, authenticator, passkey.id)
    assert.deepEqual(served.failures(), [])
  })
})
