// Rule 6: a counter that did not rise may mean a copied key. It is written down and told, and refused
// only where the key could not have been copied by its owner's own backup.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { GetFaults } from '../support/authenticator/authenticator-faults.ts'
import { eventsOf, passkeyRecord, recordsOf } from '../support/checks/records.ts'
import { proofOptions, type Holder } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  proveSession,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { beforeTransactions } from '../support/world/meanwhile.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const riskNotice = 'パスキーの使用に関するご確認'

onEachDatabase('the counter of a passkey', (world, database) => {
  before(async () => {
    // On one file of SQLite two nodes of one process would wait for each other.
    if (database.name === 'postgres') await world.startNode()
  })

  const synced = () =>
    accountWithPasskey(world, world.authenticator({ backupEligible: true, backedUp: true }))

  async function open({ account }: Holder): Promise<HttpClient> {
    const browser = world.client()
    expectStatus(await givePassword(browser, account), 200)
    return browser
  }

  async function use(browser: HttpClient, holder: Holder, faults: GetFaults = {}) {
    const options = await askPasskey(browser, holder.passkey.id)
    return browser.post('/api/sign-in/passkey', await holder.authenticator.get(options, faults))
  }

  const stored = async ({ passkey }: Holder) => {
    const { counter, last_used_at: lastUsedAt } = await passkeyRecord(world, passkey.id)
    return { counter, lastUsedAt }
  }
  const risks = async ({ account }: Holder) =>
    (await eventsOf(world, account, 'authn_passkey_counter')).map(({ detail }) => detail)
  /** All mails of this kind, sent or on their way. */
  const riskMails = async () =>
    (await recordsOf(world)).mails.filter(({ kind }) => kind === 'passkey_risk').length

  function expectCounterRefused(answer: Answer): void {
    assert.equal(expectProblem(answer, 400), 'passkey_not_verified')
    assert.equal((answer.body as { unknown?: true }).unknown, undefined)
  }

  test('is kept, with the moment, at every successful use', async () => {
    const authenticator = world.authenticator()
    const holder = await accountWithPasskey(world, authenticator)
    // One at registration, one for the proof of the switch.
    assert.deepEqual(await stored(holder), { counter: 2, lastUsedAt: world.now })
    for (const counter of [3, 4]) {
      world.advance(1000)
      await signInWithPasskey(world, holder.account, authenticator, holder.passkey.id)
      assert.deepEqual(await stored(holder), { counter, lastUsedAt: world.now })
    }
    for (const [index, purpose] of (['register', 'switch', 'step-up'] as const).entries()) {
      world.advance(1000)
      const { client, passkey } = holder
      expectStatus(await proveSession(client, authenticator, passkey.id, purpose), 200)
      assert.deepEqual(await stored(holder), { counter: 5 + index, lastUsedAt: world.now })
    }
    const listed = await holder.client.get<{ passkeys: { lastUsedAt: string }[] }>('/api/passkeys')
    const [row] = expectStatus(listed, 200).passkeys
    assert.equal(row?.lastUsedAt, new Date(world.now).toISOString())
    assert.deepEqual(await risks(holder), [])
  })

  test('may stay at 0 for ever, as of passkeys that are synced', async () => {
    const authenticator = world.authenticator({ counts: false })
    const holder = await accountWithPasskey(world, authenticator)
    const mails = await riskMails()
    for (let round = 0; round < 2; round += 1) {
      world.advance(1000)
      await signInWithPasskey(world, holder.account, authenticator, holder.passkey.id)
      assert.deepEqual(await stored(holder), { counter: 0, lastUsedAt: world.now })
    }
    assert.deepEqual(await risks(holder), [])
    assert.equal(await riskMails(), mails)
  })

  for (const [what, counter] of [
    ['that goes back', 1],
    ['that stands still', 2],
    ['that falls to 0', 0],
  ] as const) {
    test(`${what} refuses a passkey that has no backup, is on record and told`, async () => {
      const holder = await accountWithPasskey(world)
      const earlier = await stored(holder)
      world.advance(1000)
      const browser = await open(holder)
      expectCounterRefused(await use(browser, holder, { counter }))
      assert.ok(await world.nextMail(holder.account, riskNotice))
      const passkey = holder.passkey.id
      assert.deepEqual(await risks(holder), [{ passkey, kept: 2, got: counter }])
      const [failure] = await eventsOf(world, holder.account, 'authn_passkey_fail')
      assert.equal(failure?.detail['reason'], 'counter')
      assert.deepEqual(await stored(holder), earlier)
      assert.equal(expectProblem(await browser.get('/api/session'), 401), 'not_signed_in')

      // The real key, further on, still signs in.
      expectStatus(await use(browser, holder, { counter: 3 }), 200)
      assert.deepEqual(await stored(holder), { counter: 3, lastUsedAt: world.now })
      assert.equal((await risks(holder)).length, 1)
    })

    test(`${what} lets a passkey with backup in, is on record and told, and is not kept`, async () => {
      const holder = await synced()
      world.advance(1000)
      expectStatus(await use(await open(holder), holder, { counter }), 200)
      assert.ok(await world.nextMail(holder.account, riskNotice))
      const passkey = holder.passkey.id
      assert.deepEqual(await risks(holder), [{ passkey, kept: 2, got: counter }])
      assert.deepEqual(await stored(holder), { counter: 2, lastUsedAt: world.now })
    })
  }

  test('is judged alike when a session is proven', async () => {
    for (const [holder, refused] of [
      [await accountWithPasskey(world), true],
      [await synced(), false],
    ] as const) {
      const { client, passkey, authenticator } = holder
      const options = await proofOptions(client, passkey.id, 'switch')
      const answer = await authenticator.get(options, { counter: 1 })
      const sent = await client.post('/api/session/passkey', answer)
      if (refused) expectCounterRefused(sent)
      else expectStatus(sent, 200)
      await world.nextMail(holder.account, riskNotice)
      assert.deepEqual(await risks(holder), [{ passkey: passkey.id, kept: 2, got: 1 }])
      assert.equal((await stored(holder)).counter, 2)
      const put = await client.put('/api/second-factor', { method: 'email' })
      assert.equal(put.status, refused ? 403 : 200)
    }
  })

  test('is on record and told when the sign-in or the session has just ended', async () => {
    const { db } = world.deps
    const ended = async (table: 'sign_ins' | 'sessions', send: () => Promise<Answer>) => {
      const goOn = beforeTransactions(db, () => db.deleteFrom(table).execute())
      const problem = expectProblem(await send(), table === 'sessions' ? 401 : 404)
      goOn()
      return problem
    }
    const holder = await synced()
    const { account, client, passkey, authenticator } = holder
    const asked = await proofOptions(client, passkey.id, 'switch')
    const proof = await authenticator.get(asked, { counter: 1 })
    const prove = () => client.post('/api/session/passkey', proof)
    assert.equal(await ended('sessions', prove), 'not_signed_in')
    const browser = await open(holder)
    const signIn = () => use(browser, holder, { counter: 1 })
    assert.equal(await ended('sign_ins', signIn), 'no_sign_in')
    const risk = { passkey: passkey.id, kept: 2, got: 1 }
    assert.deepEqual(await risks(holder), [risk, risk])
    await world.nextMail(account, riskNotice)
  })

  test('may begin to count, and then has to go on', async () => {
    const authenticator = world.authenticator({ counts: false })
    const holder = await accountWithPasskey(world, authenticator)
    expectStatus(await use(await open(holder), holder, { counter: 5 }), 200)
    assert.equal((await stored(holder)).counter, 5)
    expectCounterRefused(await use(await open(holder), holder))
    assert.equal((await stored(holder)).counter, 5)
  })

  test('tells nothing of an answer that the key did not sign', async () => {
    const holder = await accountWithPasskey(world)
    const browser = await open(holder)
    const options = await askPasskey(browser, holder.passkey.id)
    const faults = { counter: 1, signature: 'other-key' } as const
    const mails = await riskMails()
    const answer = await holder.authenticator.get(options, faults)
    expectCounterRefused(await browser.post('/api/sign-in/passkey', answer))
    assert.deepEqual(await risks(holder), [])
    assert.equal(await riskMails(), mails)
  })

  test('is judged for two answers at once too: of a key and its copy one is let in', async () => {
    for (const [holder, others] of [
      [await accountWithPasskey(world), 400],
      [await synced(), 200],
    ] as const) {
      const senders: (() => Promise<Answer>)[] = []
      for (const browser of [await open(holder), await open(holder)]) {
        const node = browser.through(world.url(senders.length % world.nodes.length))
        const options = await askPasskey(browser, holder.passkey.id)
        const answer = await holder.authenticator.get(options, { counter: 9 })
        senders.push(() => node.post('/api/sign-in/passkey', answer))
      }
      const answers = await Promise.all(senders.map((send) => send()))
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, others])
      const passkey = holder.passkey.id
      assert.deepEqual(await risks(holder), [{ passkey, kept: 9, got: 9 }])
    }
  })

  test('never goes back, in whatever order two answers arrive', async () => {
    const holder = await synced()
    const browsers = await Promise.all([open(holder), open(holder), open(holder)])
    const senders: (() => Promise<Answer>)[] = []
    for (const [index, browser] of browsers.entries()) {
      const options = await askPasskey(browser, holder.passkey.id)
      const answer = await holder.authenticator.get(options, { counter: 10 + index })
      senders.push(() => browser.post('/api/sign-in/passkey', answer))
    }
    const answers = await Promise.all(senders.toReversed().map((send) => send()))
    for (const answer of answers) expectStatus(answer, 200)
    assert.equal((await stored(holder)).counter, 12)
  })
})
