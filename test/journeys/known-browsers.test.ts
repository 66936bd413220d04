// Rules 19 and 20: the holder gets in although somebody guesses, and although passwords come in a storm.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fromNowhere } from '../../src/domain/actor.ts'
import { days, hours } from '../../src/kernel/clock.ts'
import { hashToken } from '../../src/kernel/secrets.ts'
import { withRightPassword } from '../../src/operations/sign-in/check-password.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { changePassword } from '../support/world/change-password.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  failuresOf,
  guessWrong,
  isLetIn,
  lockAtOnce,
  tryAnew,
  tryFrom,
} from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { passwordProcesses } from '../support/world/processes.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const year = 365 * days
const caller = { ...fromNowhere('guest'), address: '198.51.100.200' }
const support = { name: 'yamada', reason: 'asked by telephone' }

onEachDatabase(
  'a browser that has signed in before,',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    const isKnown = async (browser: HttpClient, account: TestAccount) => {
      const { status } = await givePassword(browser, account)
      if (status === 200) await world.nextCode(account)
      return status === 200
    }
    const found = ({ loginId }: TestAccount) => requireAccount(world.deps, loginId)

    test('gets in although somebody guesses, and lifts the lock', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      await guessWrong(world, account.loginId, 5)
      assert.equal(await isKnown(holder, account), true, 'while others wait')
      world.advance(1 * hours)
      await lockAtOnce(world, account)
      await world.nextMail(account, 'ログインの受け付けを止めました')
      assert.equal(await isLetIn(world, account), false)
      assert.equal(await isKnown(holder, account), true)
      assert.equal(await isLetIn(world, account), false, 'a password alone lifts nothing')
      await world.signIn(account, holder)
      assert.equal(await isLetIn(world, account), true, 'the lock is lifted')
    })

    test('lifts the lock with its passkey too', async () => {
      const { account, client, passkey, authenticator } = await accountWithPasskey(world)
      await lockAtOnce(world, account)
      assert.equal(await isLetIn(world, account), false)
      await signInWithPasskey(world, account, authenticator, passkey.id, client)
      expectStatus(await tryAnew(world, account), 200)
    })

    test('is known to its own accounts alone, and only when the sign-in is complete', async () => {
      const [account, stranger] = [await world.addAccount(), await world.addAccount()]
      const holder = await world.signIn(account)
      await lockAtOnce(world, stranger)
      assert.equal(await isKnown(holder, stranger), false)
      const half = world.client()
      expectStatus(await givePassword(half, account), 200)
      assert.equal(half.cookies.has('sekisho_browser'), false)
      const second = await world.addAccount()
      await world.signIn(second, holder)
      for (const one of [account, second]) {
        await lockAtOnce(world, one)
        assert.equal(await isKnown(holder, one), true, 'one browser may be known to two')
      }
    })

    test('and guesses at another login ID is met by the same statements whether anybody has that or not', async () => {
      const [account, own] = [await world.addAccount(), await world.addAccount()]
      const token = (await world.signIn(own)).cookies.get('sekisho_browser') ?? ''
      const statementsFor = async (loginId: string) => {
        const statements: string[] = []
        const db = world.deps.db.withPlugin({
          transformQuery({ node, queryId }) {
            statements.push(world.deps.db.getExecutor().compileQuery(node, queryId).sql)
            return node
          },
          transformResult: ({ result }) => Promise.resolve(result),
        })
        const request = { loginId, password: 'not the password', browser: [token], caller }
        const refused = { code: 'sign_in_refused' }
        const goOn = () => Promise.reject(new Error('the password was right'))
        await assert.rejects(withRightPassword({ ...world.deps, db }, request, goOn), refused)
        return statements
      }
      const known = await statementsFor(account.loginId)
      assert.ok(known.some((statement) => statement.includes('known_browsers')))
      assert.deepEqual(await statementsFor('nobody-has-this-one'), known)
    })

    test('has a count of its own, which keeps nobody else out and locks nothing', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      const mistype = async (times: number) => {
        for (let time = 0; time < times; time += 1) {
          const answer = await givePassword(holder, { ...account, password: 'mistyped it' })
          assert.equal(expectProblem(answer, 401), 'sign_in_refused')
        }
      }
      await mistype(5)
      assert.equal(await isKnown(holder, account), false)
      assert.equal(await failuresOf(world, account), 0)
      assert.equal(await isLetIn(world, account), true, 'its failures keep nobody else out')
      for (const wait of [30, 60, 120, 240, 480]) {
        world.advance(wait * 1000)
        await mistype(1)
      }
      world.advance(23 * hours)
      assert.equal(await isKnown(holder, account), false)
      assert.equal(await isLetIn(world, account), true, 'a known browser locks nothing')
      world.advance(1 * hours)
      assert.equal(await isKnown(holder, account), true)
    })

    test('gets in from an address that has no tries left', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      const from = '198.51.100.77'
      for (let round = 0; round < 3; round += 1) {
        const spray = Array.from({ length: 20 }, (_, index) =>
          tryFrom(world.client(), from, {
            loginId: `sprayed-${index}`,
            password: 'wrong password',
          }),
        )
        for (const { status } of await Promise.all(spray)) assert.equal(status, 401)
      }
      assert.equal(
        expectProblem(await tryFrom(world.client(), from, account), 429),
        'too_many_attempts',
      )
      expectStatus(await tryFrom(holder, from, account), 200)
    })

    test('is known for a year from its last sign-in, by a token of which only a hash is kept', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      world.advance(year - 1 * days)
      await world.signIn(account, holder)
      const token = holder.cookies.get('sekisho_browser') ?? ''
      assert.match(token, /^[\w-]{43}$/)
      const rows = await world.deps.db.selectFrom('known_browsers').selectAll().execute()
      assert.ok(rows.some((row) => row.token_hash === hashToken(token)))
      assert.ok(!JSON.stringify(rows).includes(token))
      world.advance(year - 1 * hours)
      await lockAtOnce(world, account)
      assert.equal(await isKnown(holder, account), true)
      world.advance(1 * hours)
      assert.equal(await isKnown(holder, account), false)
    })

    test('is kept out by support all the same, and forgotten with the old password', async () => {
      const [closed, changed] = [await world.addAccount(), await world.addAccount()]
      const [one, other] = [await world.signIn(closed), await world.signIn(changed)]
      await lockByCommand(world.deps, await found(closed), support)
      assert.equal(await isKnown(one, closed), false)
      await lockAtOnce(world, closed)
      assert.equal(await isKnown(one, closed), false, 'guessing makes it no lock by guessing')
      const password = 'a new and long one'
      await changePassword(world.deps, await found(changed), password, support)
      await lockAtOnce(world, changed)
      assert.equal(await isKnown(other, { ...changed, password }), false)
    })

    test('is forgotten with the old address', async () => {
      const account = await world.addAccount()
      const browser = await world.signIn(account)
      await lockAtOnce(world, account)
      assert.equal(await isKnown(browser, account), true)
      await changeEmail(world.deps, await found(account), `new.${account.email}`, support)
      assert.equal(await isKnown(browser, account), false)
    })

    test('has places kept in a full queue; everybody else is told to come again, and not charged', async (t) => {
      const [account, waiting] = [await world.addAccount(), await world.addAccount()]
      const holder = await world.signIn(account)
      await guessWrong(world, waiting.loginId, 5)
      await guessWrong(world, account.loginId, 4)
      const [pid] = await passwordProcesses(process.pid)
      assert.ok(pid)
      process.kill(pid, 'SIGSTOP')
      t.after(() => process.kill(pid, 'SIGCONT'))
      const { hasher } = world.deps
      const other = { account: 'another', turn: 'last' } as const
      const hashed = Array.from({ length: 60 }, () =>
        hasher.verify('a', 'none', other).catch(() => null),
      )
      const stranger = { loginId: 'nobody-at-all', password: account.password }
      const tries = [...Array<typeof stranger>(8).fill(account), stranger]
      for (const answer of await Promise.all(tries.map((login) => tryAnew(world, login)))) {
        if (answer.status === 401) continue
        assert.equal(expectProblem(answer, 503), 'busy')
        assert.equal(answer.headers['retry-after'], '2')
      }
      const late = await tryAnew(world, waiting)
      assert.equal(expectProblem(late, 401), 'sign_in_refused', 'waits are checked before')
      assert.deepEqual(
        [await failuresOf(world, account), await failuresOf(world, stranger)],
        [4, 0],
      )
      const known = givePassword(holder, account)
      assert.equal(await Promise.race([known, wait(200, 'in the queue')]), 'in the queue')
      process.kill(pid, 'SIGCONT')
      expectStatus(await known, 200)
      await Promise.all(hashed)
      expectStatus(await tryAnew(world, account), 200)
    })
  },
)
