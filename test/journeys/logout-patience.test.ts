// A slow application is told once that a session has ended, by however many nodes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import {
  signedIn,
  startListener,
  startSecondNode,
  tokensOf,
  until,
} from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { register } from '../support/world/relying-party.ts'
import { expectStatus, World } from '../support/world/world.ts'

for (const database of databases) {
  test(`an application that takes three seconds is told once on ${database.name}`, async (t) => {
    const world = await World.start(database, { reachable: true })
    t.after(() => world.stop())
    if (database.name === 'postgres') await startSecondNode(world)
    const listener = await startListener()
    t.after(() => listener.stop())
    listener.delay = 3000
    const desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
    const { client } = await signedIn(world)
    await tokensOf(desk, client)
    expectStatus(await client.delete('/api/session'), 204)
    await until(() => listener.heard[0])
    const notices = () => world.deps.db.selectFrom('logout_notices').select('id').execute()
    await until(async () => (await notices()).length === 0)
    // As long as a second telling would take to begin.
    await wait(2000)
    assert.equal(listener.heard.length, 1)
    assert.ok(world.log.every((line) => !line.includes('a logout was not heard')))
  })
}

test('how long an application may take is a setting, which the log names, and holds up no stop', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const listener = await startListener()
  t.after(() => listener.stop())
  listener.status = null
  for (const [seconds, isHeard] of [
    ['1', true],
    ['20', false],
  ] as const) {
    const env = { SEKISHO_LOGOUT_SECONDS: seconds }
    const world = await World.start(sqlite, { reachable: true, env })
    const desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
    const { client } = await signedIn(world)
    await tokensOf(desk, client)
    listener.heard.length = 0
    expectStatus(await client.delete('/api/session'), 204)
    await until(() => listener.heard[0])
    const said = () => world.log.find((line) => line.includes('a logout was not heard'))
    if (isHeard) assert.match(await until(said), /no answer within SEKISHO_LOGOUT_SECONDS/)
    const stoppedAt = performance.now()
    await world.stop()
    assert.ok(performance.now() - stoppedAt < 6000)
    if (!isHeard) assert.match(said() ?? '', /abort/)
  }
})
