// Rules 16 to 18: guessing at passwords.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { reopenAccount } from '../../src/operations/support/lock-account.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  failuresOf,
  guessWrong,
  isLetIn,
  lockAtOnce,
  lockByGuessing,
  otherThan,
  tryAnew,
  tryFrom,
} from '../support/world/guessing.ts'
import { heldBack } from '../support/world/held-back.ts'
import { accountWithPasskey, askPasskey, givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase(
  'throttling',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world, database) => {
    const throttleKeys = async () => {
      const rows = await world.deps.db.selectFrom('throttles').select('key').execute()
      return new Set(rows.map(({ key }) => key))
    }

    test('five wrong passwords make even the right one wait, for longer each time', async () => {
      const account = await world.addAccount()
      for (let round = 0; round < 2; round += 1) {
        await guessWrong(world, account.loginId, 4)
        assert.equal(await isLetIn(world, account), true, 'four are forgiven by a right one')
      }
      await guessWrong(world, account.loginId, 5)
      assert.equal(await isLetIn(world, account), false)
      world.advance(29 * seconds)
      assert.equal(await isLetIn(world, account), false)
      world.advance(1 * seconds)
      await guessWrong(world, account.loginId, 1)
      world.advance(1 * minutes - 1)
      assert.equal(await isLetIn(world, account), false)
      world.advance(1)
      assert.equal(await isLetIn(world, account), true)
    })

    test('what was guessed while nobody had the login ID keeps nobody out who gets it', async () => {
      const loginId = 'guessed-before-it-was-there'
      await lockByGuessing(world, { loginId })
      const account = await world.addAccount(loginId)
      assert.equal(await failuresOf(world, account), 0)
      assert.equal(await isLetIn(world, account), true)
    })

    test('each wait is twice the last one, and while it lasts nothing is checked or counted', async () => {
      const account = await world.addAccount()
      await guessWrong(world, account.loginId, 5)
      for (const [counted, wait] of [30, 60, 120, 240, 480].entries()) {
        world.advance(wait * seconds - 1)
        assert.equal(await isLetIn(world, account), false, `${wait} seconds`)
        assert.equal(await failuresOf(world, account), 5 + counted)
        world.advance(1)
        await guessWrong(world, account.loginId, 1)
        assert.equal(await failuresOf(world, account), 6 + counted)
      }
    })

    test('ten in a row lock: the answers stay the same, the holder is told, open sign-ins end', async () => {
      const account = await world.addAccount()
      const inside = await world.signIn(account)
      const open = world.client()
      expectStatus(await givePassword(open, account), 200)
      await world.nextCode(account)
      await lockByGuessing(world, account)
      await world.nextMail(account, 'ログインの受け付けを止めました')
      assert.equal(expectProblem(await open.get('/api/sign-in'), 404), 'no_sign_in')
      expectStatus(await inside.get('/api/session'), 200)
      world.advance(25 * hours)
      assert.equal(await isLetIn(world, account), false, 'a lock does not run out')
      const support = { name: 'yamada', reason: 'identity checked' }
      const found = await requireAccount(world.deps, account.loginId)
      assert.equal(await reopenAccount(world.deps, found, support), 'reopened')
      await world.nextMail(account, 'ログインの受け付けを再開しました')
      const back = await world.signIn(account)
      const { hold } = expectStatus(await back.get<{ hold: unknown }>('/api/session'), 200)
      assert.equal(hold, null, 'a stranger holds nobody up by guessing')
    })

    test('of a hundred tries at once five are checked, on whatever node', async (t) => {
      const account = await world.addAccount()
      if (database.name === 'postgres' && world.nodes.length < 2) await world.startNode()
      const { loginId } = account
      const tries = () =>
        Array.from({ length: 100 }, (_, index) => {
          const client = world.client({ node: index % world.nodes.length })
          return tryFrom(client, `198.51.100.${index}`, { loginId, password: 'wrong password' })
        })
      // Two of them are in hand on each node.
      const answers = await Promise.all(
        database.name === 'postgres' ? await heldBack(t, world, 'throttles', 4, tries) : tries(),
      )
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [401])
      assert.equal(await failuresOf(world, account), 5)
    })

    test('an unknown login ID is counted and refused as a known one is, in the same time', async () => {
      const account = await world.addAccount()
      const seen = async (loginId: string) => {
        const times: number[] = []
        const answers = new Set<string>()
        for (let time = 0; time < 7; time += 1) {
          const started = performance.now()
          const answer = await tryAnew(world, { loginId, password: 'wrong password' })
          times.push(performance.now() - started)
          answers.add(wordsOf(answer))
        }
        const failures = await failuresOf(world, { loginId })
        return { answers: [...answers], quickest: Math.min(...times), failures }
      }
      const [known, unknown] = [await seen(account.loginId), await seen('nobody-has-this-one')]
      assert.equal(known.answers.length, 1)
      assert.deepEqual(unknown.answers, known.answers)
      assert.ok(known.quickest >= 149 && unknown.quickest >= 149)
      assert.deepEqual([known.failures, unknown.failures], [5, 5])
    })

    test('who waits, is locked or is closed is refused as a wrong password is, however right it is', async () => {
      const [waiting, locked, closed] = [
        await world.addAccount(),
        await world.addAccount(),
        await world.addAccount(),
      ]
      await guessWrong(world, waiting.loginId, 5)
      await lockAtOnce(world, locked)
      world.advance(25 * hours)
      await guessWrong(world, waiting.loginId, 5)
      const reason = ['--reason', 'asked by telephone']
      await world.command(['accounts', 'lock', '--login-id', closed.loginId, ...reason])
      const wrong = await tryAnew(world, { ...closed, password: 'wrong password' })
      for (const account of [waiting, locked, closed]) {
        const began = performance.now()
        const answer = await tryAnew(world, account)
        assert.ok(performance.now() - began >= 149)
        assert.equal(wordsOf(answer), wordsOf(wrong))
      }
    })

    test('a login ID is counted as one, however it is written', async () => {
      const { loginId } = await world.addAccount()
      const written = [loginId.toUpperCase(), ` ${loginId}\t`, loginId.replace('user', 'ｕｓｅｒ')]
      for (const id of written) await guessWrong(world, id, 1)
      assert.equal(await failuresOf(world, { loginId }), 3)
    })

    test('counts outlive a restart and are forgotten after 24 hours', async () => {
      const account = await world.addAccount()
      await guessWrong(world, account.loginId, 4)
      const node = await world.startNode()
      world.advance(23 * hours)
      await sweep(world.deps)
      const elsewhere = world.client({ node: world.nodes.indexOf(node) })
      await tryFrom(elsewhere, '192.0.2.1', { ...account, password: 'wrong password' })
      assert.equal(await isLetIn(world, account), false)
      world.advance(24 * hours)
      await guessWrong(world, account.loginId, 4)
      assert.equal(await isLetIn(world, account), true)
      world.advance(25 * hours)
      await sweep(world.deps)
      // The sweep has told the holder just now of what the last try began.
      const counts = [...(await throttleKeys())].filter((key) => !key.startsWith('unfinished/'))
      assert.deepEqual(counts, [])
    })

    test('one address has sixty wrong passwords in ten minutes, and right ones cost nothing', async () => {
      const client = world.client()
      const from = '2001:db8:1:2::1'
      const account = await world.addAccount()
      expectStatus(await tryFrom(client, from, account), 200)
      const wrong = (loginId: string, address: string, by = world.client()) =>
        tryFrom(by, address, { loginId, password: 'wrong password' })
      for (let round = 0; round < 3; round += 1) {
        const tries = Array.from({ length: 20 }, (_, index) => wrong(`spray-${index}`, from))
        for (const { status } of await Promise.all(tries)) assert.equal(status, 401)
      }
      for (const address of ['2001:db8:1:2:ffff::2', from]) {
        const refused = await wrong('anybody', address)
        assert.equal(expectProblem(refused, 429), 'too_many_attempts')
        assert.equal(refused.headers['retry-after'], '600')
      }
      assert.equal((await wrong('anybody', '2001:db8:1:3::1')).status, 401)
      world.advance(10 * minutes - 1)
      assert.equal(expectProblem(await tryFrom(client, from, account), 429), 'too_many_attempts')
      world.advance(1)
      assert.equal((await wrong('anybody', from)).status, 401)
      const events = await world.deps.db
        .selectFrom('audit_events')
        .select(['account_id', 'address', 'detail'])
        .where('event', '=', 'excess_rate_limit_exceeded')
        .where('account_id', 'is', null)
        .execute()
      const detail = JSON.stringify({ what: 'wrong passwords of an address', count: 60 })
      assert.deepEqual(
        events.map((event) => ({ ...event })),
        [{ account_id: null, address: from, detail }],
        'on record once, when it is reached',
      )
    })

    test('wrong codes and failed passkeys never count as wrong passwords, nor the reverse', async () => {
      const before = await throttleKeys()
      const account = await world.addAccount()
      await guessWrong(world, account.loginId, 4)
      const byPassword = (await throttleKeys()).difference(before)
      assert.deepEqual(
        [...byPassword].filter((key) => key.startsWith('code/')),
        [],
      )
      assert.equal(await isLetIn(world, account), true)
      for (let round = 0; round < 2; round += 1) {
        const client = world.client()
        expectStatus(await givePassword(client, account), 200)
        const wrong = otherThan(await world.nextCode(account))
        for (let time = 0; time < 4; time += 1) {
          expectProblem(await client.post('/api/sign-in/email-code', { code: wrong }), 400)
        }
      }
      assert.equal(await failuresOf(world, account), 0)
      assert.equal(await isLetIn(world, account), true)

      const { account: other, passkey, authenticator } = await accountWithPasskey(world)
      const client = world.client()
      expectStatus(await givePassword(client, other), 200)
      const known = await throttleKeys()
      for (let time = 0; time < 12; time += 1) {
        const options = await askPasskey(client, passkey.id)
        const answer = await authenticator.get(options, { signature: 'bogus' })
        const refused = await client.post('/api/sign-in/passkey', answer)
        assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
      }
      assert.deepEqual([...(await throttleKeys()).difference(known)], [])
      const answer = await authenticator.get(await askPasskey(client, passkey.id))
      expectStatus(await client.post('/api/sign-in/passkey', answer), 200)
    })

    test('many accounts that guessing has locked are reopened by one command', async () => {
      const since = new Date(world.now).toISOString()
      const accounts = [await world.addAccount(), await world.addAccount()]
      for (const account of accounts) await lockAtOnce(world, account)
      const closed = await world.addAccount()
      const { status } = await world.command([
        ...['accounts', 'lock', '--login-id', closed.loginId, '--reason', 'asked by telephone'],
      ])
      assert.equal(status, 0)
      // Another reader takes 9 for 2001, and a time without a zone for one of the machine's.
      for (const vague of ['9', '2026-01-09 09:00', '2026-01-09T09:00']) {
        const words = ['accounts', 'unlock', '--guessing', '--since', vague, '--reason', 'haste']
        const { status, errors } = await world.command(words)
        assert.deepEqual([status, /--since takes a time with its zone/.test(errors)], [2, true])
      }
      const result = await world.command([
        ...['accounts', 'unlock', '--guessing', '--since', since, '--reason', 'attack is over'],
      ])
      assert.match(result.output, /reopened: 2/)
      assert.equal(await isLetIn(world, closed), false)
    })
  },
)

/** What an answer says, without the number of its request. */
function wordsOf({ status, body }: { status: number; body: unknown }): string {
  const { requestId: _, ...rest } = body as Record<string, unknown>
  return JSON.stringify({ status, rest })
}
