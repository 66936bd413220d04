// Rule 18: wrong passwords of one IPv6 customer, who has more addresses than there are tries.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { tryFrom } from '../support/world/guessing.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase(
  'the limits of an IPv6 network',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    let count = 0
    const wrong = (address: string) => {
      count += 1
      return tryFrom(world.client(), address, { loginId: `nobody-${count}`, password: 'wrong one' })
    }
    const failuresOf = async (network: string) => {
      const counts = world.deps.db.selectFrom('throttles').select('failures')
      return (await counts.where('key', '=', `address/${network}`).executeTakeFirst())?.failures
    }
    /** As if so many wrong passwords had come from a network. */
    const fill = (network: string, failures: number) => {
      const row = { failures, wait_until: world.now + 10 * minutes, last_at: world.now }
      return world.deps.db
        .insertInto('throttles')
        .values({ key: `address/${network}`, ...row })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
        .execute()
    }

    for (const { network, most, inside, outside } of [
      {
        network: '2001:db8:1:2a00::/56',
        most: 240,
        inside: '2001:db8:1:2aff::1',
        outside: '2001:db8:1:2b00::1',
      },
      {
        network: '2001:db8:2::/48',
        most: 960,
        inside: '2001:db8:2:ffff::1',
        outside: '2001:db8:3::1',
      },
    ]) {
      test(`${network} has ${most} in ten minutes, from whatever address in it`, async () => {
        await fill(network, most - 1)
        assert.equal((await wrong(inside)).status, 401)
        const [narrow] = [inside.replace('::1', '::/64')]
        const before = await failuresOf(narrow)
        const refused = await wrong(inside)
        assert.equal(expectProblem(refused, 429), 'too_many_attempts')
        assert.equal(refused.headers['retry-after'], '600')
        assert.equal(await failuresOf(narrow), before, 'one refused counts nowhere')
        assert.equal((await wrong(outside)).status, 401)
        const event = await world.deps.db
          .selectFrom('audit_events')
          .select('detail')
          .where('event', '=', 'excess_rate_limit_exceeded')
          .where('address', '=', inside)
          .execute()
        const detail = JSON.stringify({ what: 'wrong passwords of an address', count: most })
        assert.deepEqual(
          event.map((one) => one.detail),
          [detail],
        )
        world.advance(10 * minutes)
        assert.equal((await wrong(inside)).status, 401)
      })
    }

    test('a right password counts for none of its networks', async () => {
      const account = await world.addAccount()
      expectStatus(await tryFrom(world.client(), '2001:db8:9:9::1', account), 200)
      for (const network of ['2001:db8:9:9::/64', '2001:db8:9:0::/56', '2001:db8:9::/48']) {
        assert.equal(await failuresOf(network), 0, network)
      }
    })
  },
)
