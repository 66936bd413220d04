// Rule 30, over HTTP: whose word counts for where a caller is.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { databases } from '../support/postgres.ts'
import { World, type WorldOptions } from '../support/world.ts'

const [sqlite] = databases
const forwarded = '203.0.113.66, 198.51.100.1, 10.0.0.2'

const cases: readonly (readonly [string, WorldOptions['env'] & object, string])[] = [
  ['no proxy', {}, '127.0.0.1'],
  ['another proxy', { SEKISHO_TRUSTED_PROXIES: '10.0.0.0/8' }, '127.0.0.1'],
  ['the nearest proxy', { SEKISHO_TRUSTED_PROXIES: '127.0.0.1' }, '10.0.0.2'],
  ['both proxies', { SEKISHO_TRUSTED_PROXIES: '127.0.0.0/8, 10.0.0.0/8' }, '198.51.100.1'],
]

for (const [trusted, env, address] of cases) {
  describe(`a caller behind proxies, with ${trusted} trusted`, () => {
    let world: World
    before(async () => {
      assert.ok(sqlite)
      world = await World.start(sqlite, { env })
    })
    after(() => world.stop())

    async function recordedFor(headers: Readonly<Record<string, string | string[]>>) {
      const body = JSON.stringify({ loginId: 'nobody', password: 'wrong password' })
      const request = { method: 'POST', path: '/api/sign-in', body }
      const json = { 'content-type': 'application/json' }
      const answer = await world.client().raw({ ...request, headers: { ...json, ...headers } })
      const row = await world.deps.db
        .selectFrom('audit_events')
        .select('address')
        .where('request_id', '=', String(answer.headers['x-request-id']))
        .executeTakeFirstOrThrow()
      const line = world.log.find((one) => one.includes(String(answer.headers['x-request-id'])))
      assert.equal((JSON.parse(line ?? '{}') as { address?: string }).address, row.address)
      return row.address
    }

    test(`is on record as ${address}`, async () => {
      assert.equal(await recordedFor({ 'x-forwarded-for': forwarded }), address)
      assert.equal(await recordedFor({ 'x-forwarded-for': forwarded.split(', ') }), address)
    })

    test('is not where other headers say', async () => {
      const lies = { 'x-real-ip': '198.51.100.9', forwarded: 'for=198.51.100.9' }
      assert.equal(await recordedFor(lies), '127.0.0.1')
    })
  })
}
