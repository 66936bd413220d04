// Several acts of one request: what they come to does not depend on their order, nor on a wait before them.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { registerFurtherPasskey, securityKey } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { approve, askedFor, atDesk, shown, why, type AtDesk } from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

onEachDatabase('the order of acts', (world) => {
  let desk: RunningConsole
  let slow: RunningConsole
  before(async () => {
    desk = await world.startConsole()
    slow = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '24' })
  })

  const pairAt = async (at: RunningConsole) => ({
    agent: await atDesk(world, at, { roles: ['agent'] }),
    approver: await atDesk(world, at, { roles: ['approver'] }),
  })

  const withTwo = async () => {
    const holder = await accountWithPasskey(world)
    const second = await registerFurtherPasskey(world, holder, securityKey(world), 'Second')
    return { ...holder, second, accountId: await accountIdOf(world, holder.account) }
  }

  const suspend = async ({ client }: AtDesk, accountId: string, passkeyId: string) => {
    const path = `/api/accounts/${accountId}/passkeys/${passkeyId}/suspend`
    expectStatus(await client.post(path, { reason: 'lost', ticket: 'T-2' }), 204)
  }

  /** What of an account tells whether, and how, its holder gets in. */
  const endOf = async (account: TestAccount) => {
    const {
      second_factor: factor,
      hold_reason: hold,
      lock_reason: lock,
      id,
    } = await accountRecord(world, account)
    const passkeys = await world.deps.db
      .selectFrom('passkeys')
      .select(['name', 'suspended_at as suspendedAt', 'removed_at as removedAt'])
      .where('account_id', '=', id)
      .orderBy('name')
      .execute()
    const states = passkeys.map(({ name, suspendedAt, removedAt }) => {
      if (removedAt !== null) return `${name} removed`
      return `${name} ${suspendedAt === null ? 'live' : 'suspended'}`
    })
    return { factor, hold, lock, states }
  }

  test('of one live and one suspended passkey: every two acts, one of them about a passkey, end alike in either order, and as the text says', async () => {
    const ofPasskeys = ['remove A', 'remove B', 'resume B']
    const names = [...ofPasskeys, 'e-mail', 'code', 'end hold']
    const pairs = ofPasskeys.flatMap((one, index) =>
      names.slice(index + 1).map((other) => [one, other]),
    )
    for (const pair of pairs) {
      const { agent, approver } = await pairAt(desk)
      const ends = []
      for (const order of [pair, pair.toReversed()]) {
        const { account, accountId, passkey, second } = await withTwo()
        await suspend(agent, accountId, second.id)
        const acts: Readonly<Record<string, object>> = {
          'remove A': { act: 'remove-passkey', passkeyId: passkey.id },
          'remove B': { act: 'remove-passkey', passkeyId: second.id },
          'resume B': { act: 'resume-passkey', passkeyId: second.id },
          'e-mail': { act: 'change-email', email: `n-${account.email}` },
          ...{ code: { act: 'activation-code' }, 'end hold': { act: 'end-hold' } },
        }
        const body = { ...why, accountId, acts: order.map((name) => acts[name]) }
        const asked = await agent.client.post<{ id: string }>('/api/requests', body)
        if (asked.status !== 201) {
          ends.push(expectProblem(asked, asked.status))
          continue
        }
        const { id } = asked.body
        expectStatus(await approve(approver, id), 200)
        const end = await endOf(account)
        const { acts: said } = JSON.parse(String((await shown(agent, id))['text'])) as {
          acts: { after: { secondFactor?: string } }[]
        }
        for (const { after } of said) assert.equal(after.secondFactor ?? end.factor, end.factor)
        ends.push(end)
      }
      assert.deepEqual(ends[0], ends[1], pair.join(' and '))
    }
  })

  test('an account that keeps a passkey keeps it as its factor, whichever act came first', async () => {
    const { agent, approver } = await pairAt(desk)
    const { account, accountId, passkey, second } = await withTwo()
    await suspend(agent, accountId, second.id)
    const { id } = await askedFor(agent, {
      accountId,
      acts: [
        { act: 'remove-passkey', passkeyId: passkey.id },
        { act: 'resume-passkey', passkeyId: second.id },
      ],
    })
    expectStatus(await approve(approver, id), 200)
    assert.equal((await endOf(account)).factor, 'passkey')
  })

  test('all passkeys are removed by one request although it waits, and the holder gets in by e-mail', async () => {
    const { account, accountId, passkey, second } = await withTwo()
    const { agent, approver } = await pairAt(slow)
    const { id } = await askedFor(agent, {
      accountId,
      acts: [passkey, second].map((one) => ({ act: 'remove-passkey', passkeyId: one.id })),
    })
    assert.equal(expectStatus(await approve(approver, id), 200).state, 'approved')
    assert.equal((await endOf(account)).factor, 'passkey')
    world.advance(24 * hours)
    await sweep(world.deps)
    const { state } = await world.deps.db
      .selectFrom('requests')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(state, 'done')
    assert.equal((await endOf(account)).factor, 'email')
    await world.signIn(account)
  })
})
