// Rule 26: thousands of notices do not slow the search for codes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { databases } from '../../../test/support/world/postgres.ts'
import { asOwner } from '../../../test/support/world/roles.ts'
import { World } from '../../../test/support/world/world.ts'
import { newId } from '../../kernel/secrets.ts'
import { dueMailsQuery, type LaneName, type OutboxRow } from './store.ts'

for (const database of databases) {
  test(`the mails of each lane are found by an index of their own on ${database.name}`, async (t) => {
    const world = await World.start(database)
    t.after(() => world.stop())
    const { db, now } = world.deps
    const rows = Array.from({ length: 4000 }, (_, count): OutboxRow => {
      const isCode = count % 100 === 0
      return {
        ...{ id: newId(), kind: 'test', sealed: 'x', created_at: now(), account_id: null },
        ...{
          next_try_at: now() - count,
          tries: 0,
          sent_at: null,
          refusals: 0,
          refused_since: null,
        },
        ...{ expires_at: isCode ? now() + 1_000_000 : null },
        ...{ undelivered_at: null, undelivered_reason: null, request_id: null, renewals: null },
      }
    })
    while (rows.length > 0) await db.insertInto('outbox').values(rows.splice(0, 500)).execute()
    if (database.name === 'postgres') {
      await asOwner(world, (owner) => sql`analyze outbox`.execute(owner))
    }
    const explain = database.name === 'postgres' ? 'explain' : 'explain query plan'
    for (const lane of ['codes', 'notices'] satisfies LaneName[]) {
      const statement = dueMailsQuery(db, lane, now(), 4).compile()
      const plan = CompiledQuery.raw(`${explain} ${statement.sql}`, [...statement.parameters])
      const lines = JSON.stringify((await db.executeQuery(plan)).rows)
      assert.match(lines, new RegExp(`outbox_${lane}`))
      assert.doesNotMatch(lines, /seq scan|scan outbox"/i)
    }
  })
}
