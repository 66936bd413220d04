// Requests about operators: how two admins make one, and what whom they made or changed does not approve.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { enrolAndSignIn } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { changeRolesOf } from '../support/world/operator-changes.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  type AtDesk,
  customerWhoLost,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('requests about operators', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const seat = (...roles: Parameters<typeof atDesk>[2]['roles']) => atDesk(world, desk, { roles })

  /** Makes an operator as two admins do; each of them has one half of the code. */
  const made = async (
    [asker, other]: readonly [AtDesk, AtDesk],
    roles: readonly string[],
  ): Promise<AtDesk> => {
    const asked = await askedFor(asker, {
      act: 'add-operator',
      name: '人形',
      roles,
      loginId: null,
    })
    const { codeHalf } = expectStatus(await approve(other, asked.id), 200)
    assert.ok(codeHalf)
    return enrolled(`${codeHalf} ${String((await shown(asker, asked.id))['codeHalf'])}`)
  }

  const enrolled = (code: string): Promise<AtDesk> => enrolAndSignIn(world, desk, code)

  test('two admins make an operator: a half of the code for each, the asker’s once and for nobody else', async () => {
    const [one, other, third] = [await seat('admin'), await seat('admin'), await seat('admin')]
    const asked = await askedFor(one, {
      ...{
        act: 'add-operator',
        name: '新人',
        roles: ['agent'],
        loginId: null,
        checks: undefined,
      },
    })
    assert.equal(await refusedApproval(world, agent, asked.id, 403), 'role')
    assert.equal(await refusedApproval(world, approver, asked.id, 403), 'role')
    assert.equal(await refusedApproval(world, one, asked.id, 403), 'own_request')
    const { state, codeHalf } = expectStatus(await approve(other, asked.id), 200)
    assert.equal(state, 'done')
    assert.equal((await shown(other, asked.id))['codeHalf'], null)
    assert.equal((await shown(third, asked.id))['codeHalf'], null)
    // Neither a link elsewhere nor the receipt spends a half.
    const path = `/api/requests/${asked.id}`
    const headers = { 'sec-fetch-site': 'cross-site' }
    const foreign = await one.client.raw({ method: 'GET', path, headers })
    assert.equal(expectProblem(foreign, 403), 'cross_site')
    const { receipt } = expectStatus(
      await one.client.get<{ receipt: object }>(`${path}/receipt`),
      200,
    )
    const halves = async () => {
      const events = world.deps.db.selectFrom('audit_events').select('id')
      const taken = events.where('event', '=', 'authz_request_half_taken')
      return (await taken.where('detail', 'like', `%${asked.id}%`).execute()).length
    }
    assert.equal(await halves(), 0)
    const { codeHalf: half, ...rest } = await shown(one, asked.id)
    assert.deepEqual(rest['receipt'], receipt)
    assert.equal((await shown(one, asked.id))['codeHalf'], null)
    assert.equal(await halves(), 1)
    const { operator } = await enrolled(`${String(half)} ${String(codeHalf)}`)
    assert.deepEqual([operator.name, operator.roles], ['新人', ['agent']])
    assert.equal((await shown(one, asked.id))['operatorId'], operator.id)
  })

  test('a half of a code is for an admin: it waits while who asked is none', async () => {
    const [one, other] = [await seat('admin'), await seat('admin')]
    const asked = await askedFor(one, {
      ...{ act: 'add-operator', name: '新人', roles: ['agent'], loginId: null },
    })
    expectStatus(await approve(other, asked.id), 200)
    const as = async (...roles: readonly ('admin' | 'auditor')[]) => {
      await changeRolesOf(desk, one.operator.id, roles)
      await signInAgain(one)
      return (await shown(one, asked.id))['codeHalf']
    }
    assert.equal(await as('auditor'), null)
    assert.equal(typeof (await as('admin')), 'string')
  })

  test('whom two admins made approves nothing for 24 hours, and nothing of a puppet is approved by its maker', async () => {
    const admins = [await seat('admin'), await seat('admin')] as const
    const puppet = await made(admins, ['approver'])
    const puppetAgent = await made(admins, ['agent'])
    const { body } = await customerWhoLost(world)
    const { id } = await askedFor(agent, body)
    assert.equal(expectProblem(await approvalOptions(puppet, id), 403), 'not_allowed')
    // A new admin approves no further operator, made by whomever.
    const newAdmin = await made(admins, ['admin'])
    const next = { act: 'add-operator', name: '次', roles: ['approver'], loginId: null }
    const byOld = await askedFor(await seat('admin'), next)
    assert.equal(expectProblem(await approvalOptions(newAdmin, byOld.id), 403), 'not_allowed')
    // Nor does who made her approve what she asks.
    const byNew = await askedFor(newAdmin, next)
    for (const maker of admins) {
      assert.equal(expectProblem(await approvalOptions(maker, byNew.id), 403), 'not_allowed')
    }
    // What a new agent asks, somebody who did not make her may approve.
    const byPuppet = await askedFor(puppetAgent, body)
    expectStatus(await approvalOptions(approver, byPuppet.id), 200)
  })

  test('whom two admins gave a role, or a new code, approves nothing for 24 hours', async () => {
    const [one, other] = [await seat('admin'), await seat('admin')]
    const changed = await seat('agent')
    const operatorId = changed.operator.id
    const roles = { act: 'change-roles', operatorId, roles: ['approver'] }
    expectStatus(await approve(other, (await askedFor(one, roles)).id), 200)
    const { body } = await customerWhoLost(world)
    const { id } = await askedFor(agent, body)
    assert.equal(expectProblem(await approvalOptions(changed, id), 403), 'not_allowed')

    const renewed = await seat('approver')
    const code = { act: 'enrolment-code', operatorId: renewed.operator.id }
    const asked = await askedFor(one, code)
    const { codeHalf } = expectStatus(await approve(other, asked.id), 200)
    const half = String((await shown(one, asked.id))['codeHalf'])
    const again = await enrolled(`${half} ${String(codeHalf)}`)
    assert.equal(again.operator.id, renewed.operator.id)
    assert.equal(expectProblem(await approvalOptions(again, id), 403), 'not_allowed')
    // Her former passkey and session are none any more.
    assert.equal(expectProblem(await approvalOptions(renewed, id), 401), 'not_signed_in')
  })

  test('nobody asks for or approves what is done to herself', async () => {
    const [one, other] = [await seat('admin'), await seat('admin')]
    const body = { act: 'change-roles', operatorId: one.operator.id, roles: ['auditor', 'admin'] }
    const own = await one.client.post('/api/requests', { ...why, ...body })
    assert.equal(expectProblem(own, 403), 'not_allowed')
    const { id } = await askedFor(other, body)
    assert.equal(expectProblem(await approvalOptions(one, id), 403), 'not_allowed')
  })
})
