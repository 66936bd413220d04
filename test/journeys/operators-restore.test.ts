// What a restore does to the console: nobody is signed in, no code is good, and whatever was taken from an operator
// since stays taken. What a doctor says of the desk, and what is swept.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { readClosings, type OperatorClosing } from '../../src/domain/closings.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { closeOperatorsAgain } from '../../src/operations/support/close-operators-again.ts'
import { endAllSessions } from '../../src/operations/support/end-sessions.ts'
import { endWhatWasBefore } from '../../src/operations/support/end-what-was-before.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { backUp, restoreFrom } from '../support/world/backups.ts'
import {
  addOperator,
  deskAuthenticator,
  deskClient,
  enrolOperator,
  enrolWithCode,
  signInAtDesk,
} from '../support/world/desk.ts'
import { examineHere } from '../support/world/doctor.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { changeRolesOf, closeOf, newCodeOf } from '../support/world/operator-changes.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

describe('a restore and the console', () => {
  test('sessions and codes of before have ended, and nobody gets back what was taken since', async (t) => {
    const [sqlite] = databases
    assert.ok(sqlite)
    const world = await World.start(sqlite)
    t.after(() => world.stop())
    const desk = await world.startConsole()
    const closed = await enrolOperator(world, desk, { name: '閉鎖', roles: ['agent'] })
    const anew = await enrolOperator(world, desk, { name: '再登録', roles: ['agent'] })
    const narrowed = await enrolOperator(world, desk, {
      ...{ name: '縮小', roles: ['agent', 'approver'] as const },
    })
    const kept = await enrolOperator(world, desk, { name: '存続', roles: ['auditor'] })
    const unused = await addOperator(desk, { roles: ['agent'] })
    const path = await backUp(world)

    await closeOf(desk, closed.operator.id)
    const code = await newCodeOf(desk, anew.operator.id)
    const fresh = deskAuthenticator(world)
    expectStatus(await enrolWithCode(deskClient(desk), fresh, code), 201)
    await changeRolesOf(desk, narrowed.operator.id, ['approver'])
    await changeRolesOf(desk, narrowed.operator.id, ['approver', 'auditor'])

    await desk.stop()
    world.consoles.pop()
    const said = await restoreFrom(world, path)
    assert.match(
      said,
      /^operators of the console closed, re-enrolled or with fewer roles again: 3$/m,
    )
    const again = await world.startConsole()
    for (const { client } of [closed, anew, narrowed, kept]) {
      const there = client.through(`http://127.0.0.1:${again.port}`)
      assert.equal(expectProblem(await there.get('/api/session'), 401), 'not_signed_in')
    }
    const atDesk = () => deskClient(again)
    for (const { authenticator } of [closed, anew]) {
      const refused = await signInAtDesk(atDesk(), authenticator)
      assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    }
    const { operator } = expectStatus(await signInAtDesk(atDesk(), narrowed.authenticator), 200)
    // What was given since is not given again.
    assert.deepEqual(operator.roles, ['approver'])
    expectStatus(await signInAtDesk(atDesk(), kept.authenticator), 200)
    const options = await atDesk().post('/api/enrolment/options', { code: unused.code })
    assert.equal(expectProblem(options, 400), 'code_wrong')
  })
})

onEachDatabase('operators, beside the console', (world, database) => {
  let desk: RunningConsole

  before(async () => {
    desk = await world.startConsole()
  })

  test('a new epoch ends sessions and codes, and ending all sessions those of operators too', async () => {
    const one = await enrolOperator(world, desk, { roles: ['agent'] })
    const { code } = await addOperator(desk, { roles: ['agent'] })
    await endWhatWasBefore(desk.deps, { name: 'test', reason: 'test' })
    assert.equal(expectProblem(await one.client.get('/api/session'), 401), 'not_signed_in')
    const options = await deskClient(desk).post('/api/enrolment/options', { code })
    assert.equal(expectProblem(options, 400), 'code_wrong')
    expectStatus(await signInAtDesk(one.client, one.authenticator), 200)
    await endAllSessions(desk.deps, { name: 'test', reason: 'test' })
    assert.equal(expectProblem(await one.client.get('/api/session'), 401), 'not_signed_in')
  })

  test('what the database does not know, or has taken as far, is left as it is', async () => {
    const one = await enrolOperator(world, desk, { roles: ['agent', 'approver'] })
    const { id } = one.operator
    const at = world.now
    const by = { name: 'test', reason: 'test' }
    const closings: readonly OperatorClosing[] = [
      { at, what: 'operator closed', operator: 'x'.repeat(22) },
      { at: at - 1, what: 'operator enrolled', operator: id },
      { at, what: 'operator roles', operator: id, roles: ['agent', 'approver', 'admin'] },
    ]
    assert.equal(await closeOperatorsAgain(desk.deps, closings, by), 0)
    expectStatus(await one.client.get('/api/session'), 200)
    assert.equal(readClosings(null), null)
  })

  test('the sweep removes sessions and codes that have run out, and no other', async () => {
    const one = await enrolOperator(world, desk, { roles: ['agent'] })
    const { code } = await addOperator(desk, { roles: ['agent'] })
    const rows = async (table: 'operator_sessions' | 'enrolment_codes') =>
      (await desk.deps.db.selectFrom(table).select('id').execute()).length
    world.advance(15 * minutes - 1)
    await sweep(world.deps)
    expectStatus(await one.client.get('/api/session'), 200)
    world.advance(15 * minutes)
    await sweep(world.deps)
    assert.equal(await rows('operator_sessions'), 0)
    expectStatus(await deskClient(desk).post('/api/enrolment/options', { code }), 200)
    world.advance(24 * hours)
    await sweep(world.deps)
    assert.equal(await rows('enrolment_codes'), 0)
  })

  test('the doctor counts who could do what takes two, once there is anybody', async (t) => {
    const own = await World.start(database)
    t.after(() => own.stop())
    const env = {
      ...{ SEKISHO_DATABASE: own.database.address, SEKISHO_SECRET: own.config.secrets[0] },
      ...{ SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9', SEKISHO_MAIL_FROM: 'a@example.jp' },
    }
    const said = async () =>
      (await examineHere(env)).findings
        .filter(({ check }) => check === 'support desk')
        .map(({ state, says }) => `${state}: ${says}`)
    assert.deepEqual(await said(), [])
    const console = await own.startConsole()
    const email = 'a@example.jp'
    await addOperator(console, { roles: ['admin'] })
    await enrolOperator(own, console, { roles: ['admin', 'auditor'], email })
    await enrolOperator(own, console, { roles: ['agent', 'approver'], email })
    assert.deepEqual(await said(), [
      'warning: admins with a passkey: 1',
      'warning: approvers with a passkey: 1',
      'warning: operators without a contact address: 1',
    ])
    const second = await enrolOperator(own, console, { roles: ['admin'], email })
    await enrolOperator(own, console, { roles: ['approver'], email })
    const [without] = await console.deps.db
      .selectFrom('operators')
      .select('id')
      .where('contact', 'is', null)
      .execute()
    expectStatus(await second.client.delete(`/api/operators/${without?.id}`), 204)
    assert.deepEqual(await said(), ['ok: 2 admins and 2 approvers have a passkey'])
  })
})
