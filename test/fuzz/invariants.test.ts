// What the fuzzer looks at after each bent request holds whatever the sweep has done, and is seen broken where it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insertCode } from '../../src/domain/email-codes/store.ts'
import { days, minutes } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/secrets.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { brokenInvariants } from '../support/checks/invariants.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword, registerFirstPasskey } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('the rules that a query can check', (world) => {
  /** Codes and a notice, and a minute later more of them. */
  const live = async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    world.advance(1 * minutes)
    await registerFirstPasskey(world, client, account, world.authenticator())
    world.advance(1 * minutes)
    expectStatus(await givePassword(world.client(), account), 200)
    return account
  }

  test('they hold, whatever was swept', async () => {
    await live()
    assert.deepEqual(await brokenInvariants(world.deps), [])
    for (const passed of [31 * minutes, 8 * days, 31 * minutes]) {
      world.advance(passed)
      await sweep(world.deps)
      assert.deepEqual(await brokenInvariants(world.deps), [], 'swept')
      await live()
      assert.deepEqual(await brokenInvariants(world.deps), [], 'and used anew')
    }
  })

  test('they hold where a notice left long after those that were swept', async () => {
    const { db } = world.deps
    await live()
    const since = world.now
    world.advance(1 * minutes)
    await live()
    const early = db.updateTable('outbox').where('created_at', '<=', since)
    await early.set({ undelivered_at: world.now }).execute()
    world.advance(8 * days)
    await sweep(world.deps)
    await early.set({ undelivered_at: null, sealed: null }).execute()
    assert.deepEqual(await brokenInvariants(world.deps), [])
  })

  test('a code without its mail, a mail without its code and a passkey without its notice are seen', async () => {
    const { db } = world.deps
    const { loginId } = await live()
    const { id: accountId } = await db
      .selectFrom('accounts')
      .select('id')
      .where('login_id', '=', loginId)
      .executeTakeFirstOrThrow()
    const [stray, codeHash] = [newId(), 'x'.repeat(43)]
    const at = world.now
    await db.transaction().execute((tx) =>
      insertCode(tx, {
        ...{ id: stray, accountId, purpose: 'sign-in', owner: newId(), codeHash },
        ...{ factorsVersion: 1, createdAt: at, expiresAt: at + 10 * minutes },
      }),
    )
    assert.deepEqual(await brokenInvariants(world.deps), [
      `rule 26: each code has its mail: [{"id":"${stray}"}]`,
    ])
    await db.deleteFrom('email_codes').where('id', '=', stray).execute()
    assert.deepEqual(await brokenInvariants(world.deps), [])

    const { id: last } = await db
      .selectFrom('email_codes')
      .select('id')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow()
    await db.deleteFrom('email_codes').where('id', '=', last).execute()
    assert.deepEqual(await brokenInvariants(world.deps), [
      `rule 26: each mail with a code has its code: [{"id":"${last}"}]`,
    ])
    await db.deleteFrom('outbox').where('id', '=', last).execute()
    await db
      .deleteFrom('outbox')
      .where('account_id', '=', accountId)
      .where('kind', '=', 'passkey_registered')
      .execute()
    assert.deepEqual(await brokenInvariants(world.deps), [
      'rule 27: each passkey registered and each lock has its notice: [{"id":"notices"}]',
    ])
  })
})
