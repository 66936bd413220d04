// Rule 20: nobody takes the places of all in the queue of passwords.
import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import { failuresOf, tryAnew, tryFrom } from '../support/guessing.ts'
import type { Answer, HttpClient } from '../support/http-client.ts'
import { databases } from '../support/postgres.ts'
import { passwordProcesses } from '../support/processes.ts'
import { expectProblem, World, type TestAccount } from '../support/world.ts'

for (const database of databases) {
  describe(`the places for passwords on ${database.name}`, { concurrency: 1 }, () => {
    let world: World
    before(async () => {
      world = await World.start(database, { env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } })
    })
    after(() => world.stop())

    /** So that what is given meanwhile stays in hand. */
    async function stopHashing(t: TestContext): Promise<() => void> {
      const [pid = 0] = await passwordProcesses(process.pid)
      const goOn = () => void process.kill(pid, 'SIGCONT')
      process.kill(pid, 'SIGSTOP')
      t.after(goOn)
      return goOn
    }

    /** Waits until all but so many of these are told to come again; returns what the others get. */
    async function allBut(inHand: number, tries: readonly Promise<Answer>[], t: TestContext) {
      const refused: Answer[] = []
      for (const one of tries) void one.then((answer) => void refused.push(answer))
      await t.waitFor(() => assert.equal(refused.length, tries.length - inHand), {
        timeout: 20_000,
      })
      const given = new Set(refused)
      for (const answer of given) {
        assert.equal(expectProblem(answer, 503), 'busy')
        assert.equal(answer.headers['retry-after'], '2')
      }
      return async () => {
        const all = await Promise.all(tries)
        return all.filter((answer) => !given.has(answer)).map(({ status }) => status)
      }
    }

    const times = (count: number, begin: (index: number) => Promise<Answer>) =>
      Array.from({ length: count }, (_, index) => begin(index))

    test('one customer with many right passwords at once keeps nobody out', async (t) => {
      const [greedy, other] = [await world.addAccount(), await world.addAccount()]
      const [browser, known] = [await world.signIn(greedy), await world.signIn(other)]
      const goOn = await stopHashing(t)
      const tries = times(120, (index) => tryFrom(browser, `198.51.100.${index}`, greedy))
      const rest = await allBut(2, tries, t)
      const others = [tryFrom(known, '192.0.2.1', other), tryAnew(world, other)]
      goOn()
      for (const { status } of await Promise.all(others)) assert.equal(status, 200)
      assert.deepEqual(await rest(), [200, 200])
    })

    test('nor with many browsers that know the account: four are in hand', async (t) => {
      const account = await world.addAccount()
      const browsers = [await world.signIn(account), await world.signIn(account)]
      browsers.push(await world.signIn(account))
      const goOn = await stopHashing(t)
      const tries = browsers.flatMap((browser, one) =>
        times(2, (index) => tryFrom(browser, `198.51.100.${one * 2 + index}`, account)),
      )
      const rest = await allBut(4, tries, t)
      const strange = tryAnew(world, account)
      goOn()
      assert.deepEqual(await rest(), [200, 200, 200, 200])
      assert.equal((await strange).status, 200)
    })

    test('nor with many accounts: sixteen of known browsers are in hand for one address', async (t) => {
      const customers: (readonly [HttpClient, TestAccount])[] = []
      for (let count = 0; count < 9; count += 1) {
        const account = await world.addAccount()
        customers.push([await world.signIn(account), account])
      }
      const goOn = await stopHashing(t)
      const from = (address: (index: number) => string) =>
        customers.flatMap(([browser, account], one) =>
          times(2, (index) => tryFrom(browser, address(one * 2 + index), account)),
        )
      const rest = await allBut(
        16,
        from((index) => `2001:db8:1:2::${index}`),
        t,
      )
      const [holder, account] = customers[8] ?? []
      assert.ok(holder && account)
      const elsewhere = tryFrom(holder, '2001:db8:1:3::1', account)
      goOn()
      assert.deepEqual([...new Set(await rest())], [200])
      assert.equal((await elsewhere).status, 200)
    })

    test('more than two tries of a login ID at once are refused alike, whether it is known or not', async (t) => {
      const account = await world.addAccount()
      const goOn = await stopHashing(t)
      const seen: string[] = []
      const rests: (() => Promise<number[]>)[] = []
      for (const loginId of [account.loginId, 'nobody-has-this-one']) {
        const tries = times(6, () => tryAnew(world, { loginId, password: 'wrong password' }))
        rests.push(await allBut(2, tries, t))
        const { status, body } = await tryAnew(world, { loginId, password: 'wrong password' })
        const { requestId: _, ...rest } = body as Record<string, unknown>
        seen.push(JSON.stringify({ status, rest }))
        assert.equal(await failuresOf(world, { loginId }), 2, 'what is refused is not charged')
      }
      assert.equal(seen[0], seen[1])
      goOn()
      for (const rest of rests) assert.deepEqual(await rest(), [401, 401])
    })
  })
}
