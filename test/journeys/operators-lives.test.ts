// Rule 37: the list of operators, what an admin ends alone, and what two admins change.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { asOperator } from '../../src/domain/actor.ts'
import { selectOperator } from '../../src/domain/operators/store.ts'
import type { ActKind } from '../../src/domain/requests/act-kind.ts'
import { readingsOf } from '../../src/domain/requests/readings.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { Problem } from '../../src/kernel/http/problem.ts'
import { newId } from '../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import {
  addOperator,
  changeRoles,
  enrolmentCode,
} from '../../src/operations/requests/operator-acts.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import {
  addOperator as addByCommand,
  deskAuthenticator,
  deskClient,
  enrolOperator,
  enrolWithCode,
  signInAtDesk,
  type EnrolledOperator,
} from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

interface Listed {
  readonly id: string
  readonly passkeys: number
  readonly signedIn: boolean
  readonly lastSeenAt: string | null
  readonly closedAt: string | null
}

onEachDatabase('the lives of operators', (world) => {
  let desk: RunningConsole
  let admin: EnrolledOperator
  let second: EnrolledOperator

  before(async () => {
    desk = await world.startConsole()
    admin = await enrolOperator(world, desk, {
      name: '管理 一',
      roles: ['admin'],
      email: 'a1@example.jp',
    })
    second = await enrolOperator(world, desk, {
      name: '管理 二',
      roles: ['admin'],
      email: 'a2@example.jp',
    })
  })

  const again = async (one: EnrolledOperator) => {
    expectStatus(await signInAtDesk(one.client, one.authenticator), 200)
    return one.client
  }
  const list = async () => {
    const client = await again(admin)
    const answer = await client.get<{ operators: readonly Listed[] }>('/api/operators')
    return new Map(expectStatus(answer, 200).operators.map((one) => [one.id, one]))
  }
  const mailTo = (address: string) => world.mail.next((mail) => mail.to.includes(address))

  test('the list is for admins and auditors, and tells who was seen when', async () => {
    const { client, operator } = await enrolOperator(world, desk, { roles: ['auditor'] })
    const seenAt = new Date(world.now).toISOString()
    expectStatus(await client.get('/api/operators'), 200)
    for (const roles of [['agent'], ['approver']] as const) {
      const one = await enrolOperator(world, desk, { roles })
      assert.equal(expectProblem(await one.client.get('/api/operators'), 403), 'not_allowed')
    }
    const never = await addByCommand(desk, { roles: ['agent'] })
    const live = await list()
    assert.deepEqual(pick(live.get(operator.id)), [1, true, seenAt])
    assert.deepEqual(pick(live.get(never.id)), [0, false, null])
    world.advance(16 * minutes)
    await sweep(world.deps)
    assert.deepEqual(pick((await list()).get(operator.id)), [1, false, seenAt])

    function pick(one: Listed | undefined) {
      return [one?.passkeys, one?.signedIn, one?.lastSeenAt]
    }
  })

  test('one admin closes an operator at once, with sessions, passkeys and codes', async () => {
    const { client, authenticator, operator } = await enrolOperator(world, desk, {
      ...{ roles: ['agent', 'approver'], email: 'closed@example.jp' },
    })
    assert.match((await mailTo('closed@example.jp')).text, /パスキーが登録されました/)
    const half = { ...(await perform(enrolmentCode, { operatorId: operator.id })) }
    assert.match((await mailTo('closed@example.jp')).text, /登録コードが発行されました/)
    const agent = await enrolOperator(world, desk, { roles: ['agent'] })
    const path = `/api/operators/${operator.id}`
    assert.equal(expectProblem(await agent.client.delete(path), 403), 'not_allowed')
    expectStatus(await client.get('/api/session'), 200)

    const byAdmin = await again(admin)
    expectStatus(await byAdmin.delete(path), 204)
    assert.match((await mailTo('closed@example.jp')).text, /担当者が削除されました/)
    assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
    const refused = await signInAtDesk(deskClient(desk), authenticator)
    assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    const code = `${half.halves?.approver}${half.halves?.asker}`
    const options = await deskClient(desk).post('/api/enrolment/options', { code })
    assert.equal(expectProblem(options, 400), 'code_wrong')
    assert.notEqual((await list()).get(operator.id)?.closedAt, null)
    for (const gone of [path, '/api/operators/nobody', `/api/operators/${'x'.repeat(22)}`]) {
      assert.equal(expectProblem(await byAdmin.delete(gone), 404), 'not_found')
    }
  })

  test('the last two admins stay, whichever of them asks, and although a third is closed at once with one', async () => {
    for (const [who, whom] of [
      [admin, second],
      [second, admin],
      [admin, admin],
    ] as const) {
      const client = await again(who)
      const refused = await client.delete(`/api/operators/${whom.operator.id}`)
      assert.equal(expectProblem(refused, 409), 'last_admins')
    }
    const third = await enrolOperator(world, desk, { name: '管理 三', roles: ['admin'] })
    const [one, two] = [await again(admin), await again(second)]
    const answers = await Promise.all([
      one.delete(`/api/operators/${second.operator.id}`),
      two.delete(`/api/operators/${third.operator.id}`),
    ])
    const done = answers.filter(({ status }) => status === 204)
    assert.equal(done.length, 1, answers.map(({ text }) => text).join('\n'))
    if (answers[0].status === 204) second = third
  })

  test('an admin who has no passkey keeps nobody able to act, and a code ends with a change of roles', async () => {
    const never = await addByCommand(desk, { name: '管理 未登録', roles: ['admin'] })
    for (const whom of [admin, second]) {
      const values = { operatorId: whom.operator.id, roles: ['auditor'] }
      assert.equal(await refusal(changeRoles, values), 'last_admins')
    }
    const others = [...(await list()).values()].filter(
      ({ id, closedAt, passkeys }) =>
        closedAt === null && passkeys > 0 && ![admin, second].some((one) => one.operator.id === id),
    ) as unknown as readonly { id: string; roles: readonly string[] }[]
    assert.deepEqual(
      others.filter(({ roles }) => roles.includes('admin')),
      [],
    )
    const refused = await (await again(admin)).delete(`/api/operators/${second.operator.id}`)
    assert.equal(expectProblem(refused, 409), 'last_admins')
    await perform(changeRoles, { operatorId: never.id, roles: ['auditor'] })
    const { code } = never
    const options = await deskClient(desk).post('/api/enrolment/options', { code })
    assert.equal(expectProblem(options, 400), 'code_wrong')
  })

  test('what two admins add has the halves of a code, of which one alone enrols nobody', async () => {
    const customer = await world.addAccount()
    const values = { name: ' 新人 一郎 ', roles: ['approver', 'agent'], email: 'new@example.jp' }
    const { operatorId, halves } = await perform(addOperator, {
      ...{ ...values, loginId: customer.loginId },
    })
    assert.ok(operatorId && halves)
    const { approver, asker } = halves
    const enrol = (code: string) => deskClient(desk).post('/api/enrolment/options', { code })
    for (const wrong of [approver, asker, approver + approver, asker + asker]) {
      assert.equal(expectProblem(await enrol(wrong), 400), 'code_wrong')
    }
    const authenticator = deskAuthenticator(world)
    const enrolled = await enrolWithCode(deskClient(desk), authenticator, `${asker} ${approver}`)
    assert.deepEqual(expectStatus(enrolled, 201), {
      operator: { id: operatorId, name: '新人 一郎', roles: ['agent', 'approver'] },
    })
    assert.match((await mailTo('new@example.jp')).text, /パスキーが登録されました/)
    // One person is not two.
    const twice = { ...values, name: '別名', loginId: customer.loginId }
    assert.equal(await refusal(addOperator, twice), 'operator_known')
    assert.equal(await refusal(addOperator, { ...values, loginId: 'nobody-at-all' }), 'not_found')
  })

  test('an admin is neither agent nor approver, however she is made', async () => {
    const { id } = await addByCommand(desk, { roles: ['agent'] })
    const member = { name: '兼務', loginId: null }
    for (const roles of [
      ['admin', 'agent'],
      ['approver', 'admin'],
      ['admin', 'agent', 'approver', 'auditor'],
      [],
    ]) {
      assert.equal(await refusal(addOperator, { ...member, roles }), 'roles_not_allowed')
      assert.equal(await refusal(changeRoles, { operatorId: id, roles }), 'roles_not_allowed')
      await assert.rejects(addByCommand(desk, { roles: roles as never }), {
        code: 'roles_not_allowed',
      })
    }
    for (const roles of ['admin,agent', 'agent,king', '']) {
      const { status } = await world.command(['operators', 'add', '--name', 'A', '--roles', roles])
      assert.equal(status, 2, roles)
    }
    await perform(addOperator, { ...member, roles: ['admin', 'auditor'] })
    for (const values of [
      { roles: ['king'] },
      { name: '' },
      { name: '\u202e' },
      { email: 'a' },
      { loginId: 1 },
    ]) {
      const given = { ...member, roles: ['agent'], ...values }
      assert.equal(addOperator.values.safeParse(given).success, false)
    }
  })

  test('other roles are in force with the next call, and nobody changes her own', async () => {
    const { client, operator } = await enrolOperator(world, desk, {
      ...{ roles: ['auditor'], email: 'roles@example.jp' },
    })
    await mailTo('roles@example.jp')
    expectStatus(await client.get('/api/operators'), 200)
    await perform(changeRoles, { operatorId: operator.id, roles: ['agent'] })
    assert.match((await mailTo('roles@example.jp')).text, /役割が変更されました/)
    assert.equal(expectProblem(await client.get('/api/operators'), 403), 'not_allowed')
    for (const one of [admin, second]) {
      const own = { operatorId: one.operator.id, roles: ['auditor', 'admin'] }
      await assert.rejects(perform(changeRoles, own), { code: 'not_allowed' })
      await assert.rejects(perform(enrolmentCode, own), { code: 'not_allowed' })
    }
  })

  test('two admins are left, also by changes of roles', async () => {
    const admins = [...(await list()).values()].filter(
      (one) =>
        one.closedAt === null && (one as unknown as { roles: string[] }).roles.includes('admin'),
    )
    const others = admins.filter(
      ({ id }) => ![admin, second].some(({ operator }) => operator.id === id),
    )
    for (const { id: operatorId } of others)
      await perform(changeRoles, { operatorId, roles: ['auditor'] })
    for (const { operator } of [admin, second]) {
      const values = { operatorId: operator.id, roles: ['auditor'] }
      assert.equal(await refusal(changeRoles, values), 'last_admins')
    }
  })

  test('of an operator without an address the admins are told', async () => {
    const { operator } = await enrolOperator(world, desk, { roles: ['agent'] })
    const client = await again(admin)
    await world.mail.next(
      (mail) => mail.to.includes('a1@example.jp') && mail.text.includes('ほかの担当者'),
    )
    expectStatus(await client.delete(`/api/operators/${operator.id}`), 204)
    const told = await world.mail.next(
      (mail) => mail.to.includes('a1@example.jp') && mail.text.includes('担当者が削除'),
    )
    assert.doesNotMatch(told.text, /佐藤|https?:/)
  })

  /** Performs an act as if one admin had asked and the other approved. */
  async function perform<V>(kind: ActKind<V>, given: unknown) {
    const values = kind.values.parse(given)
    const [asker, approver] = await Promise.all(
      [admin, second].map(({ operator }) => selectOperator(desk.deps.db, operator.id)),
    )
    assert.ok(asker && approver)
    const on = { account: null, operator: null }
    const pair = { requestId: newId(), asker, approver, reason: 'test' }
    const when = whenAsked()
    const caller = {
      ...{ address: null, browser: null, system: null, requestId: null, language: 'ja' as const },
    }
    return transact(desk.deps, asOperator(caller, approver), async (act) => {
      const states = await kind.states(readingsOf(act.tx), on, values, when)
      return kind.perform(act, on, values, pair, states)
    })
  }

  const whenAsked = () => {
    const { now } = world
    return { ...{ now, doneFrom: now, askedAt: now }, earlier: [], together: [] }
  }

  /** The code with which an act cannot be asked for. */
  async function refusal<V>(kind: ActKind<V>, given: unknown): Promise<string> {
    const values = kind.values.parse(given)
    const on = { account: null, operator: null }
    return kind.states(readingsOf(desk.deps.db), on, values, whenAsked()).then(
      () => 'none',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    )
  }
})
