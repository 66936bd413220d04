// What has run out is removed, each kind by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tx } from '../../src/domain/tables/tables.ts'
import { chargeFailure } from '../../src/domain/throttle/store.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { formerEmailKept, newAddressKept } from '../../src/limits/accounts.ts'
import { passwordWaits } from '../../src/limits/passwords.ts'
import { activationLifetime, recoveryLifetime } from '../../src/limits/recoveries.ts'
import { stopsKept } from '../../src/limits/stops.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { outside } from '../support/checks/beside.ts'
import { accountRecord } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { locksAwaited } from '../support/world/held-back.ts'
import { givePassword } from '../support/world/journeys.ts'
import { activationOf, askForgotten } from '../support/world/recovery.ts'
import { asOwner } from '../support/world/roles.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('the sweep', (world, database) => {
  test('what cannot be swept is logged by its name, and the rest is swept all the same', async () => {
    const { db } = world.deps
    const codes = async () => (await db.selectFrom('email_codes').select('id').execute()).length
    expectStatus(await givePassword(world.client(), await world.addAccount()), 200)
    assert.equal(await codes(), 1)
    world.advance(31 * 60_000)
    await asOwner(world, ({ schema }) => schema.alterTable('sign_ins').renameTo('gone').execute())
    await sweep(world.deps)
    const failed = world.log.filter((line) => line.includes('the sweep failed'))
    assert.deepEqual(
      failed.map((line) => (JSON.parse(line) as { sweep: string }).sweep),
      ['unfinished sign-ins'],
    )
    assert.equal(await codes(), 0)
  })

  test('more rows than one statement takes are all swept', async () => {
    const { db } = world.deps
    const rows = Array.from({ length: 250 }, (_, count) => ({
      ...{ key: `password/${count}`, failures: 1, wait_until: 0, last_at: 0 },
      kept_until: count,
    }))
    await db.insertInto('throttles').values(rows).execute()
    await sweep(world.deps)
    assert.deepEqual(await db.selectFrom('throttles').select('key').execute(), [])
  })

  test('a count that goes on while the sweep waits for it stays', async (t) => {
    // On SQLite the sweep waits before it looks.
    if (database.name === 'sqlite') return
    const { db } = world.deps
    const key = 'password/goes-on'
    const charge = (tx: Tx) => chargeFailure(tx, key, passwordWaits, world.now)
    await db.transaction().execute(charge)
    world.advance(passwordWaits.forgetAfter + 1 * minutes)
    const begun = await db.transaction().execute(async (tx) => {
      await charge(tx)
      const swept = outside(() => sweep(world.deps))
      await locksAwaited(t, db, 1)
      return { swept }
    })
    await begun.swept
    const { failures } = await db
      .selectFrom('throttles')
      .select('failures')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    assert.equal(failures, 1)
  })
})

onEachDatabase('what an account’s life leaves', (world) => {
  test('is kept as long as it is said, and no longer', async () => {
    const { db } = world.deps
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const email = `another-${account.email}`
    await proveChange(client, { world, account })
    const { password } = account
    expectStatus(await client.post('/api/email', { email, password }), 202)
    const code = await world.nextCode({ ...account, email })
    const codes = { code, oldCode: await world.nextCode(account) }
    expectStatus(await client.post('/api/email/verify', codes), 204)
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    await activationOf(world, account)
    await askForgotten(world, account)
    const left = async () => {
      await sweep(world.deps)
      const { activation_hash, former_emails } = await accountRecord(world, account)
      const rows = await Promise.all([
        db.selectFrom('recoveries').select('id').execute(),
        db.selectFrom('new_addresses').select('id').execute(),
        db.selectFrom('stops').select('id').execute(),
      ])
      const kept = { activation: activation_hash, former: former_emails }
      const [recovery, wanted, stop] = rows.map(({ length }) => length || null)
      return Object.entries({ ...kept, recovery, wanted, stop }).flatMap(([name, value]) =>
        value === null ? [] : [name],
      )
    }
    const begun = world.now
    const lives = {
      recovery: recoveryLifetime,
      wanted: newAddressKept,
      activation: activationLifetime,
      former: formerEmailKept,
      stop: stopsKept,
    }
    const expected = new Set(Object.keys(lives))
    const sorted = Object.entries(lives).toSorted(([, one], [, other]) => one - other)
    for (const [name, life] of sorted) {
      world.advance(begun + life - 1000 - world.now)
      assert.deepEqual(new Set(await left()), expected)
      world.advance(2000)
      expected.delete(name)
      assert.deepEqual(new Set(await left()), expected, name)
    }
  })
})
