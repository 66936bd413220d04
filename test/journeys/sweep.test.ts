// What has run out is removed, each kind by itself.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sweep } from '../../src/operations/sweep.ts'
import { givePassword } from '../support/journeys.ts'
import { databases } from '../support/postgres.ts'
import { expectStatus, World } from '../support/world.ts'

for (const database of databases) {
  describe(`the sweep on ${database.name}`, () => {
    let world: World
    before(async () => {
      world = await World.start(database)
    })
    after(() => world.stop())

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
}
