// Rule 30, over HTTP: whose word counts for where a caller is.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { databases } from '../support/world/postgres.ts'
import { World, type WorldOptions } from '../support/world/world.ts'

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

    test('is on record without the ports that proxies write', async () => {
      const written = '203.0.113.66:1, 198.51.100.1:51234, 10.0.0.2:443'
      assert.equal(await recordedFor({ 'x-forwarded-for': written }), address)
    })

    test('is not where other headers say', async () => {
      const lies = { 'x-real-ip': '198.51.100.9', forwarded: 'for=198.51.100.9' }
      assert.equal(await recordedFor(lies), '127.0.0.1')
    })
  })
}

describe('an operator hears of a proxy that cannot be read', () => {
  const start = async (proxies: string) => {
    assert.ok(sqlite)
    return World.start(sqlite, { env: { SEKISHO_TRUSTED_PROXIES: proxies } })
  }
  const come = (world: World, forwardedFor: string) =>
    world.client().raw({
      method: 'GET',
      path: '/api/session',
      headers: { 'x-forwarded-for': forwardedFor },
    })
  const warnings = ({ log }: World) => log.filter((line) => line.includes('X-Forwarded-For'))

  test('once a minute, with what it wrote', async () => {
    const world = await start('127.0.0.1')
    try {
      for (const good of ['198.51.100.1', '[2001:db8::1]:443', 'unknown, 198.51.100.1:80', '']) {
        await come(world, good)
      }
      assert.deepEqual(warnings(world), [])
      for (let time = 0; time < 3; time += 1) await come(world, `198.51.100.1, unknown-${time}`)
      assert.equal(warnings(world).length, 1)
      const { level, peer, entry } = JSON.parse(warnings(world)[0] ?? '{}') as Record<
        string,
        unknown
      >
      assert.deepEqual([level, peer, entry], [40, '127.0.0.1', 'unknown-0'])
      world.advance(59_999)
      await come(world, 'unknown')
      assert.equal(warnings(world).length, 1)
      world.advance(1)
      await come(world, 'x'.repeat(5000))
      assert.equal(warnings(world).length, 2)
      assert.ok((warnings(world)[1] ?? '').length < 300)
    } finally {
      await world.stop()
    }
  })

  test('once, where a proxy is there and none is named', async () => {
    const [world, other] = [await start(''), await start('192.0.2.7')]
    try {
      for (let time = 0; time < 3; time += 1) await come(world, '198.51.100.1')
      world.advance(3_600_000)
      await come(world, 'unknown')
      assert.equal(warnings(world).length, 1)
      assert.match(warnings(world)[0] ?? '', /SEKISHO_TRUSTED_PROXIES/)
      await come(other, '198.51.100.1')
      assert.deepEqual(warnings(other), [], 'a caller who says what nobody asked is no news')
    } finally {
      await world.stop()
      await other.stop()
    }
  })
})
