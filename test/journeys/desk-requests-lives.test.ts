// What becomes of requests: those about operators, those that wait, those that nobody approves, and those of a
// customer who is erased.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { performDue } from '../../src/operations/desk/perform-due.ts'
import { endContract, eraseAccount } from '../../src/operations/support/end-contract.ts'
import { sweep } from '../../src/operations/sweep.ts'
import { cellsWith, snapshot } from '../support/checks/tables.ts'
import {
  deskAuthenticator,
  deskClient,
  enrolWithCode,
  signInAtDesk,
} from '../support/world/desk.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  shown,
  signInAgain,
  why,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

const hour = 60 * 60 * 1000

for (const kind of databases) {
  describe(`the lives of requests on ${kind.name}`, () => {
    let world: World
    let desk: RunningConsole
    let waiting: RunningConsole
    let agent: AtDesk
    let approver: AtDesk
    before(async () => {
      world = await World.start(kind)
      desk = await world.startConsole()
      waiting = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '48' })
      agent = await atDesk(world, desk, { roles: ['agent'] })
      approver = await atDesk(world, desk, { roles: ['approver'] })
    })
    after(() => world.stop())

    const seat = (...roles: Parameters<typeof atDesk>[2]['roles']) => atDesk(world, desk, { roles })

    const due = ({ deps }: Pick<RunningConsole, 'deps'>) => performDue(deps.db, world.now, deps)

    const lost = async () => {
      const customer = await accountWithPasskey(world)
      const { id: accountId } = await world.deps.db
        .selectFrom('accounts')
        .select('id')
        .where('login_id', '=', customer.account.loginId)
        .executeTakeFirstOrThrow()
      const body = { act: 'remove-passkey', accountId, passkeyId: customer.passkey.id }
      return { ...customer, accountId, body }
    }

    const passkeyOf = (accountId: string) =>
      world.deps.db
        .selectFrom('passkeys')
        .select(['removed_at as removedAt', 'suspended_at as suspendedAt'])
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow()

    const eventsOf = async (accountId: string, event: string) => {
      const query = world.deps.db.selectFrom('audit_events').select('actor')
      const rows = await query
        .where('account_id', '=', accountId)
        .where('event', '=', event)
        .execute()
      return rows.map(({ actor }) => actor)
    }

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

    const enrolled = async (code: string): Promise<AtDesk> => {
      const [client, authenticator] = [deskClient(desk), deskAuthenticator(world)]
      expectStatus(await enrolWithCode(client, authenticator, code), 201)
      const { operator } = expectStatus(await signInAtDesk(client, authenticator), 200)
      return { client, authenticator, operator }
    }

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
      assert.equal(expectProblem(await approve(agent, asked.id), 403), 'not_allowed')
      assert.equal(expectProblem(await approve(approver, asked.id), 403), 'not_allowed')
      assert.equal(expectProblem(await approve(one, asked.id), 403), 'own_request')
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

    test('whom two admins made approves nothing for 24 hours, and nothing of a puppet is approved by its maker', async () => {
      const admins = [await seat('admin'), await seat('admin')] as const
      const puppet = await made(admins, ['approver'])
      const puppetAgent = await made(admins, ['agent'])
      const { body } = await lost()
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
      const { body } = await lost()
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

    test('with a wait, what closes happens at once and what opens when the time has come', async () => {
      const [asker, other] = [
        await atDesk(world, waiting, { roles: ['agent'] }),
        await atDesk(world, waiting, { roles: ['approver'] }),
      ]
      const { body, accountId } = await lost()
      const asked = await askedFor(asker, body)
      const { state, takesEffectAt } = expectStatus(await approve(other, asked.id), 200)
      assert.deepEqual(
        [state, takesEffectAt],
        ['approved', new Date(world.now + 48 * hour).toISOString()],
      )
      const { removedAt, suspendedAt } = await passkeyOf(accountId)
      assert.deepEqual([removedAt, suspendedAt], [null, world.now])
      // It is no longer open to anybody's decision.
      assert.equal(expectProblem(await approve(approver, asked.id), 409), 'request_closed')
      world.advance(48 * hour - 1)
      assert.equal(await due(waiting), 0)
      world.advance(1)
      // Two nodes at once do it once.
      await Promise.all([due(waiting), due(desk)])
      assert.equal((await passkeyOf(accountId)).removedAt, world.now)
      await signInAgain(asker)
      assert.equal((await shown(asker, asked.id))['state'], 'done')
      assert.equal((await eventsOf(accountId, 'authn_passkey_removed')).length, 1)
      assert.equal(await due(waiting), 0)
    })

    test('what waited is checked again: a right that has ended, or a change, makes it void', async () => {
      for (const change of ['asker', 'approver', 'account'] as const) {
        const [asker, other] = [
          await atDesk(world, waiting, { roles: ['agent'] }),
          await atDesk(world, waiting, { roles: ['approver'] }),
        ]
        const { body, accountId } = await lost()
        const asked = await askedFor(asker, body)
        expectStatus(await approve(other, asked.id), 200)
        const leaver = change === 'asker' ? asker : other
        if (change === 'account') {
          const query = world.deps.db.updateTable('accounts').set({ second_factor: 'email' })
          await query.where('id', '=', accountId).execute()
        } else {
          const query = world.deps.db.updateTable('operators').set({ closed_at: world.now })
          await query.where('id', '=', leaver.operator.id).execute()
        }
        world.advance(48 * hour)
        await due(waiting)
        await signInAgain(agent)
        const { state, closedReason } = await shown(agent, asked.id)
        const reason = change === 'account' ? 'changed' : 'right_ended'
        assert.deepEqual([state, closedReason], ['lapsed', reason])
        assert.equal((await passkeyOf(accountId)).removedAt, null)
      }
    })

    test('the sweep says of what nobody approved that it lapsed, and leaves what is young', async () => {
      await signInAgain(agent)
      const { body } = await lost()
      const old = await askedFor(agent, body)
      world.advance(1 * hour)
      await signInAgain(agent)
      const young = await askedFor(agent, body)
      world.advance(23 * hour)
      await sweep(world.deps)
      const stateOf = async (id: string) => {
        const query = world.deps.db.selectFrom('requests').select('state')
        return (await query.where('id', '=', id).executeTakeFirstOrThrow()).state
      }
      assert.deepEqual([await stateOf(old.id), await stateOf(young.id)], ['lapsed', 'waiting'])
    })

    test('of a customer who is erased nothing personal is left in a request, and who did what stays', async () => {
      for (const one of [agent, approver]) await signInAgain(one)
      const { body, accountId, account } = await lost()
      const email = `later-${account.email}`
      const reason = `${account.displayName}様より`
      const doneOne = await askedFor(agent, { ...body, reason, ticket: account.loginId })
      expectStatus(await approve(approver, doneOne.id), 200)
      const open = await askedFor(agent, { act: 'change-email', accountId, email, reason })
      const full = await snapshot(world)
      const personal = [account.loginId, account.email, email, reason]
      for (const value of personal) {
        assert.ok(
          cellsWith(full, value).some((cell) => cell.startsWith('requests.')),
          value,
        )
      }
      const operator = { name: 'test', reason: 'test' }
      await endContract(world.deps, { id: accountId }, operator)
      world.advance(15 * 24 * hour)
      assert.equal(await eraseAccount(world.deps, { id: accountId }, operator), null)
      const empty = await snapshot(world)
      for (const value of personal) {
        const cells = cellsWith(empty, value).filter((cell) => cell.startsWith('requests.'))
        assert.deepEqual(cells, [], value)
      }
      await signInAgain(agent)
      assert.equal((await shown(agent, doneOne.id))['text'], '')
      const { state, digest, asker, approver: by, acts } = await shown(agent, doneOne.id)
      assert.deepEqual(
        [state, digest, acts, (asker as { id: string }).id, (by as { id: string }).id],
        ['done', doneOne.digest, ['remove-passkey'], agent.operator.id, approver.operator.id],
      )
      assert.equal((await shown(agent, open.id))['state'], 'lapsed')
    })
  })
}
