// Rule 37: what a change of roles takes, whose half of a code is good, and whom the list lets an admin delete.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { addOperator, enrolOperator } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  approve,
  askedFor,
  atDesk,
  customerWhoLost,
  shown,
  why,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('changes of operators', (world) => {
  let desk: RunningConsole
  let admin: AtDesk
  let second: AtDesk
  before(async () => {
    desk = await world.startConsole()
    admin = await enrolOperator(world, desk, { name: '管理 一', roles: ['admin'] })
    second = await enrolOperator(world, desk, { name: '管理 二', roles: ['admin'] })
  })

  const done = async (body: object) => {
    const { id } = await askedFor(admin, body)
    expectStatus(await approve(second, id), 200)
    return id
  }

  const give = (one: AtDesk, roles: readonly string[]) =>
    done({ act: 'change-roles', operatorId: one.operator.id, roles })

  test('the list offers to delete an admin once two others have enrolled', async () => {
    const { id: late } = await addOperator(desk, { roles: ['admin'] })
    const offered = async () => {
      const { text } = await admin.client.get('/operators')
      return [second.operator.id, late].map((id) => text.includes(`data-remove="${id}"`))
    }
    assert.deepEqual(await offered(), [false, true])
    const refused = await admin.client.delete(`/api/operators/${second.operator.id}`)
    assert.equal(expectProblem(refused, 409), 'last_admins')
    expectStatus(await admin.client.delete(`/api/operators/${late}`), 204)
    await atDesk(world, desk, { roles: ['admin'] })
    assert.equal((await offered())[0], true)
  })

  test('a role that is given takes nothing, one that is taken ends what was asked for', async () => {
    const agent = await atDesk(world, desk, { roles: ['agent'] })
    const { id } = await askedFor(agent, (await customerWhoLost(world)).body)
    await give(agent, ['agent', 'auditor'])
    assert.equal((await shown(agent, id))['state'], 'waiting')
    await give(agent, ['agent'])
    assert.equal((await shown(agent, id))['state'], 'lapsed')
  })

  test('the roles that an operator has are no change', async () => {
    const agent = await atDesk(world, desk, { roles: ['approver', 'agent'] })
    const body = {
      act: 'change-roles',
      operatorId: agent.operator.id,
      roles: ['agent', 'approver'],
    }
    const asked = await admin.client.post('/api/requests', { ...why, ...body })
    assert.equal(expectProblem(asked, 409), 'nothing_to_do')
  })

  test('the half of a code is not shown once the code is replaced, or its operator is deleted', async () => {
    const agent = await atDesk(world, desk, { roles: ['agent'] })
    const code = { act: 'enrolment-code', operatorId: agent.operator.id }
    const first = await done(code)
    world.advance(1)
    const newer = await done(code)
    assert.equal((await shown(admin, first))['codeHalf'], null)
    expectStatus(await admin.client.delete(`/api/operators/${agent.operator.id}`), 204)
    assert.equal((await shown(admin, newer))['codeHalf'], null)
  })

  test('HEAD shows no half, and so spends none', async () => {
    const body = { act: 'add-operator', name: '新人', roles: ['agent'], loginId: null }
    const id = await done(body)
    const path = `/api/requests/${id}`
    assert.equal((await admin.client.raw({ method: 'HEAD', path, headers: {} })).status, 200)
    assert.ok((await shown(admin, id))['codeHalf'])
    assert.equal((await shown(admin, id))['codeHalf'], null)
  })
})
