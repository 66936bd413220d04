// The trail is kept for ever, or for as long as the broker says; what trims it says so in it.
import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { test } from 'node:test'
import { dialectOf, openDatabase } from '../../src/domain/tables/database.ts'
import { erasure } from '../../src/domain/tables/migrations/0018-erasure.ts'
import { days } from '../../src/kernel/clock.ts'
import { deriveKeys } from '../../src/kernel/secrets.ts'
import { onEachDatabase } from '../support/world/frames.ts'

onEachDatabase('the trail', (world, database) => {
  const reason = 'the rules of retention'
  const trim = async (changes: Record<string, string> = {}) => {
    const { status, output, errors } = await world.command(
      ['trail', 'trim', '--reason', reason],
      '',
      changes,
    )
    return { status, said: output + errors }
  }
  const asOwner = () => ({ SEKISHO_DATABASE: world.database.owner ?? world.database.address })
  const eventsBefore = async (time: number) =>
    (await world.deps.db.selectFrom('audit_events').select('id').where('at', '<', time).execute())
      .length

  test('is trimmed by command alone, no further than the setting says, and says so itself', async () => {
    const now = Date.now()
    const rows = Array.from({ length: 250 }, (_, count) => ({
      ...{ id: `old-${count}`, at: now - 800 * days, event: 'session_logout', account_id: null },
      ...{ login_id_hash: null, actor: 'holder', detail: '{}', address: '192.0.2.1' },
      ...{ browser: null, system: null, request_id: null },
    }))
    const young = { ...rows[0]!, id: 'young', at: now - 799 * days + 60_000 }
    await world.deps.db
      .insertInto('audit_events')
      .values([...rows, young])
      .execute()

    const unset = await trim(asOwner())
    assert.deepEqual(unset, {
      status: 1,
      said: 'SEKISHO_TRAIL_DAYS: is not set, so the trail is kept for ever\n',
    })
    const short = await trim({ ...asOwner(), SEKISHO_TRAIL_DAYS: '364' })
    assert.equal(short.status, 1)
    assert.match(short.said, /^SEKISHO_TRAIL_DAYS: must be a whole number from 365 to \d+\n$/)
    assert.equal(await eventsBefore(now - 799 * days), 250)

    const { status, said } = await trim({ ...asOwner(), SEKISHO_TRAIL_DAYS: '799' })
    assert.equal(status, 0, said)
    assert.match(said, /^events deleted: 250, of before 20\d\d-.*Z\n$/)
    assert.equal(await eventsBefore(now - 799 * days), 0)
    const left = await world.deps.db.selectFrom('audit_events').selectAll().execute()
    assert.ok(left.some(({ id }) => id === 'young'))
    const [event, ...more] = left.filter((one) => one.event === 'sys_trail_trimmed')
    assert.deepEqual(more, [])
    assert.equal(event?.actor, `operator:${userInfo().username}`)
    assert.match(
      event.detail,
      /^\{"before":"20\d\d-[^"]+Z","events":250,"reason":"the rules of retention"\}$/,
    )
  })

  test('is trimmed by no node and no user of theirs', async () => {
    if (database.name === 'sqlite') return
    const { status, said } = await trim({ SEKISHO_TRAIL_DAYS: '799' })
    assert.equal(status, 1)
    assert.match(said, /^SEKISHO_DATABASE: the user lacks a right in the database/)
    assert.equal(said.trimEnd().split('\n').length, 1)
  })

  test('loses the names of passkeys that earlier versions wrote into it', async (t) => {
    const old = await database.create()
    t.after(() => old.drop())
    const keys = deriveKeys('a secret of thirty-two characters or more')
    const db = await openDatabase({ address: old.address, keys, use: 'either' })
    t.after(() => db.destroy())
    // As the database was before that migration.
    await db.schema.dropIndex('outbox_of_account').execute()
    const row = { at: 1, account_id: null, login_id_hash: null, actor: 'holder', address: null }
    const where = { browser: null, system: null, request_id: null }
    const passkey = { passkey: 'a', name: '花子の"鍵"', synced: false }
    const client = { client: 'b', name: 'NEOTRADER' }
    await db
      .insertInto('audit_events')
      .values([
        {
          id: '1',
          event: 'authn_passkey_registered',
          detail: JSON.stringify(passkey),
          ...row,
          ...where,
        },
        {
          id: '2',
          event: 'authn_passkey_removed',
          detail: JSON.stringify({ ...passkey, reason: 'lost' }),
          ...row,
          ...where,
        },
        { id: '3', event: 'authz_consent_given', detail: JSON.stringify(client), ...row, ...where },
      ])
      .execute()
    await erasure(dialectOf(old)).up(db)
    const events = await db.selectFrom('audit_events').select('detail').orderBy('id').execute()
    assert.deepEqual(
      events.map(({ detail }) => JSON.parse(detail) as unknown),
      [{ passkey: 'a', synced: false }, { passkey: 'a', synced: false, reason: 'lost' }, client],
    )
  })
})
