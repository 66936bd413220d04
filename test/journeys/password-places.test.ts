// Rule 20: nobody takes the places of all in the queue of passwords.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { sql } from 'kysely'
import { passwordWaits } from '../../src/limits/passwords.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { failuresOf, tryAnew, tryFrom } from '../support/world/guessing.ts'
import type { Answer } from '../support/world/http-client.ts'
import { passwordProcesses } from '../support/world/processes.ts'
import { asOwner } from '../support/world/roles.ts'
import { expectProblem } from '../support/world/world.ts'

onEachDatabase(
  'the places for passwords',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    /** So that what is given meanwhile stays in hand. */
    async function stopHashing(t: TestContext): Promise<() => void> {
      const [pid] = await passwordProcesses(process.pid)
      // 0 would be this process and all of its group.
      assert.ok(pid, 'there is no password process')
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
      let answered = 0
      const tries = times(120, async (index) => {
        const answer = await tryFrom(browser, `198.51.100.${index}`, greedy)
        answered += 1
        return answer
      })
      const others = [tryFrom(known, '192.0.2.1', other), tryAnew(world, other)]
      goOn()
      for (const { status } of await Promise.all(others)) assert.equal(status, 200)
      assert.ok(answered < 60, `${answered} of the greedy ones went before`)
      for (const answer of await Promise.all(tries)) {
        // Each was right; of codes there are few (rule 15).
        if (answer.status !== 200) assert.equal(expectProblem(answer, 429), 'too_many_codes')
      }
    })

    test('a right password whose sign-in cannot be kept is given back', async () => {
      const account = await world.addAccount()
      const { db } = world.deps
      await asOwner(world, (owner) =>
        sql`alter table sign_ins rename to sign_ins_away`.execute(owner),
      )
      for (let count = 0; count <= passwordWaits.stopAt; count += 1) {
        const { status } = await tryFrom(world.client(), '203.0.113.9', account)
        assert.equal(status, 500)
      }
      await asOwner(world, (owner) =>
        sql`alter table sign_ins_away rename to sign_ins`.execute(owner),
      )
      const kept = db.selectFrom('throttles').selectAll().where('failures', '>', 0)
      assert.deepEqual(await kept.where('key', 'not like', 'code%').execute(), [])
      assert.equal((await tryFrom(world.client(), '203.0.113.9', account)).status, 200)
    })

    test('of a login ID two are in hand, the next wait, and too many are told to come again, known or not', async (t) => {
      const account = await world.addAccount()
      const seen: string[] = []
      for (const loginId of [account.loginId, 'nobody-has-this-one']) {
        const goOn = await stopHashing(t)
        const tries = times(262, () => tryAnew(world, { loginId, password: 'wrong password' }))
        const rest = await allBut(258, tries, t)
        const { status, body } = await tryAnew(world, { loginId, password: 'wrong password' })
        const { requestId: _, ...problem } = body as Record<string, unknown>
        seen.push(JSON.stringify({ status, problem }))
        assert.equal(
          await failuresOf(world, { loginId }),
          2,
          'who waits or is refused is not charged',
        )
        goOn()
        assert.deepEqual([...new Set(await rest())], [401])
        assert.equal(await failuresOf(world, { loginId }), 5)
      }
      assert.equal(seen[0], seen[1])
    })
  },
)
