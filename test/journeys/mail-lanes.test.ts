// Rule 26: codes go before notices, always.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { putMail } from '../../src/domain/outbox/outbox.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'

const notices = 3000

for (const database of databases) {
  test(`a code does not wait behind thousands of notices on ${database.name}`, async (t) => {
    const world = await World.start(database)
    t.after(() => world.stop())
    const account = await world.addAccount()
    const notice = {
      ...{ kind: 'notice', accountId: null, to: 'many@example.jp', subject: 'A notice' },
      ...{ text: 'Text.', expiresAt: null },
    }
    await transact(world.deps, fromNowhere('system'), async (act) => {
      for (let count = 0; count < notices; count += 1) putMail(act, notice)
    })
    // One turn has begun before, and one begins with the mails; then there is one a second.
    const mostSince = (begun: number) => 20 * (2 + (performance.now() - begun) / 1000)
    const began = performance.now()
    world.deps.wakeSender()
    const arrived = () => world.mail.mails.filter(({ subject }) => subject === 'A notice').length
    await t.waitFor(() => assert.ok(arrived() > 0, 'no notice is on its way'), { timeout: 10_000 })
    for (let count = 0; count < 3; count += 1) {
      const [before, begun] = [arrived(), performance.now()]
      await world.signIn(account)
      const [first, most] = [arrived() - before, mostSince(begun)]
      assert.ok(first <= most, `${first} notices went first, of ${most}`)
    }
    await t.waitFor(() => assert.ok(arrived() >= 120), { timeout: 30_000 })
    const most = mostSince(began)
    assert.ok(arrived() <= most, `${arrived()} notices of ${most}`)
  })

  test(`a code does not wait behind those that came too late on ${database.name}`, async (t) => {
    const world = await World.start(database)
    t.after(() => world.stop())
    const account = await world.addAccount()
    const late = {
      ...{ kind: 'sign-in', accountId: null, to: 'many@example.jp', subject: 'Too late' },
      ...{ text: 'Text.', expiresAt: world.now + 10 * minutes },
    } as const
    // Nobody is woken, and the lane looks once a second: the clock is moved before.
    await transact(world.deps, fromNowhere('system'), async (act) => {
      for (let count = 0; count < 250; count += 1) putMail(act, late)
      world.advance(11 * minutes)
    })
    const began = performance.now()
    await world.signIn(account)
    assert.ok(performance.now() - began < 8000, 'the code came soon')
    assert.ok(world.mail.mails.every(({ subject }) => subject !== 'Too late'))
  })
}
