// Rules 16 to 20: guessing, and the holder who gets in all the same.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { unlockAccount } from '../../src/support/lock-account.ts'
import { requireAccount } from '../../src/support/operator.ts'
import type { HttpClient } from '../support/http-client.ts'
import { accountWithPasskey, askPasskey, givePassword } from '../support/journeys.ts'
import { databases } from '../support/postgres.ts'
import { expectProblem, expectStatus, World, type TestAccount } from '../support/world.ts'

const minute = 60_000
const hour = 60 * minute

for (const database of databases) {
  describe(`throttling on ${database.name}`, { concurrency: 1 }, () => {
    let world: World
    let lastAddress = 0
    before(async () => {
      world = await World.start(database, { env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } })
    })
    after(() => world.stop())

    /** A browser somewhere else each time, so that only what is about the account counts. */
    const guesser = () => {
      const client = world.client()
      lastAddress += 1
      const address = `203.0.${lastAddress >> 8}.${lastAddress & 255}`
      return {
        guess: (loginId: string, password: string) => tryFrom(client, address, loginId, password),
      }
    }
    const guessWrong = async (loginId: string, times: number) => {
      for (let time = 0; time < times; time += 1) {
        const answer = await guesser().guess(loginId, 'not the password')
        assert.equal(expectProblem(answer, 401), 'sign_in_refused')
      }
    }
    const isLetIn = async ({ loginId, password }: TestAccount) => {
      const answer = await guesser().guess(loginId, password)
      if (answer.status === 200)
        await world.nextCode({ loginId, password, email: `${loginId}@example.jp`, displayName: '' })
      return answer.status === 200
    }

    test('five wrong passwords make even the right one wait, for longer each time', async () => {
      const account = await world.addAccount()
      await guessWrong(account.loginId, 4)
      assert.equal(await isLetIn(account), true, 'four are forgiven by a right one')
      await guessWrong(account.loginId, 5)
      assert.equal(await isLetIn(account), false)
      world.advance(29_000)
      assert.equal(await isLetIn(account), false)
      world.advance(1000)
      await guessWrong(account.loginId, 1)
      world.advance(minute - 1)
      assert.equal(await isLetIn(account), false)
      world.advance(1)
      assert.equal(await isLetIn(account), true)
    })

    test('ten in a row lock: the answers stay the same, the holder is told, open sign-ins end', async () => {
      const account = await world.addAccount()
      const inside = await world.signIn(account)
      const open = world.client()
      expectStatus(await givePassword(open, account), 200)
      await world.nextCode(account)
      await lock(world, account, guessWrong)
      const mail = await world.nextMail(account)
      assert.equal(mail.subject, 'ログインの受け付けを止めました')
      assert.equal(expectProblem(await open.get('/api/sign-in'), 404), 'no_sign_in')
      expectStatus(await inside.get('/api/session'), 200)
      world.advance(25 * hour)
      assert.equal(await isLetIn(account), false, 'a lock does not run out')
      const support = { name: 'yamada', reason: 'identity checked' }
      const found = await requireAccount(world.deps, account.loginId)
      assert.equal(await unlockAccount(world.deps, found, support), 'reopened')
      assert.equal((await world.nextMail(account)).subject, 'ログインの受け付けを再開しました')
      const back = await world.signIn(account)
      const { hold } = expectStatus(
        await back.get<{ hold: { reason: string } }>('/api/session'),
        200,
      )
      assert.equal(hold.reason, 'account_reopened')
    })

    test('a browser that has signed in before gets in although somebody guesses, and lifts the lock', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      await lock(world, account, guessWrong)
      await world.nextMail(account, 'ログインの受け付けを止めました')
      assert.equal(await isLetIn(account), false)
      await world.signIn(account, holder)
      assert.equal(await isLetIn(account), true, 'the lock is lifted')
      const stranger = await world.addAccount()
      await lock(world, stranger, guessWrong)
      const { loginId, password } = stranger
      const refused = await holder.post('/api/sign-in', { loginId, password })
      assert.equal(expectProblem(refused, 401), 'sign_in_refused', 'known to its own account only')
    })

    test('a known browser has a count of its own', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      const { loginId, password } = account
      for (let time = 0; time < 5; time += 1) {
        await holder.post('/api/sign-in', { loginId, password: 'mistyped it' })
      }
      const waiting = await holder.post('/api/sign-in', { loginId, password })
      assert.equal(expectProblem(waiting, 401), 'sign_in_refused')
      assert.equal(await isLetIn(account), true, 'its failures keep nobody else out')
    })

    test('of a hundred tries at once five are checked, on whatever node', async () => {
      const account = await world.addAccount()
      if (database.name === 'postgres' && world.nodes.length < 2) await world.startNode()
      const before = await failuresOf(world, account)
      const tries = Array.from({ length: 100 }, (_, index) => {
        const client = world.client({ node: index % world.nodes.length })
        return tryFrom(client, `198.51.100.${index}`, account.loginId, 'wrong password')
      })
      const statuses = new Set((await Promise.all(tries)).map(({ status }) => status))
      assert.deepEqual([...statuses], [401])
      assert.equal((await failuresOf(world, account)) - before, 5)
    })

    test('an unknown login ID is counted and refused as a known one is, in the same time', async () => {
      const account = await world.addAccount()
      const seen = async (loginId: string) => {
        const times: number[] = []
        const answers = new Set<string>()
        for (let time = 0; time < 7; time += 1) {
          const started = performance.now()
          const { status, body } = await guesser().guess(loginId, 'wrong password')
          times.push(performance.now() - started)
          const { requestId: _, ...rest } = body as Record<string, unknown>
          answers.add(JSON.stringify({ status, rest }))
        }
        return { answers: [...answers], quickest: Math.min(...times) }
      }
      const [known, unknown] = [await seen(account.loginId), await seen('nobody-has-this-one')]
      assert.equal(known.answers.length, 1)
      assert.deepEqual(unknown.answers, known.answers)
      assert.ok(known.quickest >= 149 && unknown.quickest >= 149)
    })

    test('counts outlive a restart and are forgotten after 24 hours', async () => {
      const account = await world.addAccount()
      await guessWrong(account.loginId, 4)
      const node = await world.startNode()
      world.advance(23 * hour)
      const elsewhere = world.client({ node: world.nodes.indexOf(node) })
      await tryFrom(elsewhere, '192.0.2.1', account.loginId, 'wrong password')
      assert.equal(await isLetIn(account), false)
      world.advance(24 * hour)
      await guessWrong(account.loginId, 4)
      assert.equal(await isLetIn(account), true)
    })

    test('one address has sixty wrong passwords in ten minutes, and right ones cost nothing', async () => {
      const client = world.client()
      const from = '2001:db8:1:2::1'
      const account = await world.addAccount()
      const right = await tryFrom(client, from, account.loginId, account.password)
      expectStatus(right, 200)
      const tries = (count: number, address: string) =>
        Promise.all(
          Array.from({ length: count }, (_, index) =>
            tryFrom(world.client(), address, `spray-${address.length}-${index}`, 'wrong password'),
          ),
        )
      for (let round = 0; round < 3; round += 1) {
        for (const { status } of await tries(20, from)) assert.equal(status, 401)
      }
      const refused = await tryFrom(client, '2001:db8:1:2:ffff::2', 'anybody', 'wrong password')
      assert.equal(expectProblem(refused, 429), 'too_many_attempts')
      assert.equal(refused.headers['retry-after'], '600')
      const next = await tryFrom(client, '2001:db8:1:3::1', 'anybody', 'wrong password')
      assert.equal(next.status, 401)
      world.advance(10 * minute)
      assert.equal((await tryFrom(client, from, 'anybody', 'wrong password')).status, 401)
    })

    test('wrong codes and failed passkeys never count as wrong passwords', async () => {
      const account = await world.addAccount()
      for (let round = 0; round < 2; round += 1) {
        const client = world.client()
        expectStatus(await givePassword(client, account), 200)
        const code = await world.nextCode(account)
        for (let time = 0; time < 4; time += 1) {
          const wrong = code === '000000' ? '000001' : '000000'
          expectProblem(await client.post('/api/sign-in/email-code', { code: wrong }), 400)
        }
      }
      assert.equal(await isLetIn(account), true)

      const { account: other, passkey, authenticator } = await accountWithPasskey(world)
      const client = world.client()
      expectStatus(await givePassword(client, other), 200)
      for (let time = 0; time < 12; time += 1) {
        const options = await askPasskey(client, passkey.id)
        const answer = await authenticator.get(options, { signature: 'bogus' })
        const refused = await client.post('/api/sign-in/passkey', answer)
        assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
      }
      const answer = await authenticator.get(await askPasskey(client, passkey.id))
      expectStatus(await client.post('/api/sign-in/passkey', answer), 200)
    })

    test('ten wrong codes over several sign-ins make the purpose wait an hour', async () => {
      const account = await world.addAccount()
      await wrongCodes(world, account, 10)
      const waiting = await world.client().post('/api/sign-in', account)
      assert.equal(expectProblem(waiting, 429), 'too_many_codes')
      assert.equal(waiting.headers['retry-after'], '3600')
      world.advance(hour)
      await wrongCodes(world, account, 10)
      world.advance(hour)
      const longer = await world.client().post('/api/sign-in', account)
      assert.equal(expectProblem(longer, 429), 'too_many_codes')
      world.advance(hour)
      await world.signIn(account)
      await wrongCodes(world, account, 9)
      world.advance(hour)
      await world.signIn(account)
    })

    test('many accounts that guessing has locked are reopened by one command', async () => {
      const since = new Date(world.now).toISOString()
      const accounts = [await world.addAccount(), await world.addAccount()]
      for (const account of accounts) await lock(world, account, guessWrong)
      const closed = await world.addAccount()
      const { status } = await world.command([
        ...['accounts', 'lock', '--login-id', closed.loginId, '--reason', 'asked by telephone'],
      ])
      assert.equal(status, 0)
      const result = await world.command([
        ...['accounts', 'unlock', '--guessing', '--since', since, '--reason', 'attack is over'],
      ])
      assert.match(result.output, /reopened: 2/)
      assert.equal(await isLetIn(closed), false)
    })
  })
}

type Guess = (loginId: string, times: number) => Promise<void>

function tryFrom(client: HttpClient, address: string, loginId: string, password: string) {
  return client.raw({
    method: 'POST',
    path: '/api/sign-in',
    headers: { 'x-forwarded-for': address, 'content-type': 'application/json' },
    body: JSON.stringify({ loginId, password }),
  })
}

async function lock(world: World, { loginId }: TestAccount, guessWrong: Guess): Promise<void> {
  await guessWrong(loginId, 5)
  for (const wait of [30, 60, 120, 240, 480]) {
    world.advance(wait * 1000)
    await guessWrong(loginId, 1)
  }
}

async function wrongCodes(world: World, account: TestAccount, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 4) {
    world.advance(31 * minute)
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    const code = await world.nextCode(account)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let time = 0; time < Math.min(left, 4); time += 1) {
      expectProblem(await client.post('/api/sign-in/email-code', { code: wrong }), 400)
    }
  }
}

async function failuresOf(world: World, { loginId }: TestAccount): Promise<number> {
  const key = `password/${world.deps.keys.hash('login-id', loginId)}`
  const row = await world.deps.db
    .selectFrom('throttles')
    .select('failures')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.failures ?? 0
}
