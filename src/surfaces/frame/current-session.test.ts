import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Context } from 'hono'
import { databases } from '../../../test/support/world/postgres.ts'
import { World } from '../../../test/support/world/world.ts'
import { minutes } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { lookForSession, withSession } from './current-session.ts'
import type { Visit, VisitEnv } from './visit.ts'

describe('the idle clock of a session that is due', () => {
  let world: World
  let visit: Visit
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite)
    const { cookies } = await world.signIn(await world.addAccount())
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    visit = new Context<VisitEnv>(new Request(world.origin, { headers: { cookie } }))
    visit.set('deps', world.deps)
  })
  after(() => world.stop())

  const isDue = async () => (await lookForSession(world.deps, visit)).move !== undefined

  for (const [error, moves] of [
    [new Problem('name_taken'), true],
    [new Error('the disk is full'), false],
  ] as const) {
    test(`${moves ? 'moves' : 'waits'} when a request ends by "${error.message}"`, async () => {
      world.advance(2 * minutes)
      assert.ok(await isDue())
      const request = withSession(world.deps, visit, () => Promise.reject(error))
      await assert.rejects(request, error)
      assert.equal(await isDue(), !moves)
    })
  }
})
