// What has run out is removed, each kind by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweep } from '../../src/operations/sweep.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('the sweep', (world) => {
  test('what cannot be swept is logged by its name, and the rest is swept all the same', async () => {
    const { db } = world.deps
    const codes = async () => (await db.selectFrom('email_codes').select('id').execute()).length
    expectStatus(await givePassword(world.client(), await world.addAccount()), 200)
    assert.equal(await codes(), 1)
    world.advance(31 * 60_000)
    await db.schema.alterTable('sign_ins').renameTo('gone').execute()
    await sweep(world.deps)
    const failed = world.log.filter((line) => line.includes('the sweep failed'))
    assert.deepEqual(
      failed.map((line) => (JSON.parse(line) as { sweep: string }).sweep),
      ['unfinished sign-ins'],
    )
    assert.equal(await codes(), 0)
  })
})
