// Rules 38 and 39, each sentence: who may not approve, what makes a request void, and what a signature is good for.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import type { OperatorAct } from '../../src/domain/vocabulary/desk.ts'
import { newId } from '../../src/kernel/secrets.ts'
import { accountWithPasskey, askPasskey, atPasskey } from '../support/world/journeys.ts'
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
  describe(`two persons on ${kind}`, () => {
    let world: World
    let desk: RunningConsole
    let agent: AtDesk
    let approver: AtDesk
    before(async () => {
      world = await World.start(kind)
      desk = await world.startConsole()
      agent = await atDesk(world, desk, { roles: ['agent'] })
      approver = await atDesk(world, desk, { roles: ['approver'] })
    })
    after(() => world.stop())

    const seat = (...roles: Parameters<typeof atDesk>[2]['roles']) => atDesk(world, desk, { roles })

    const accountId = async (loginId: string) => {
      const query = world.deps.db.selectFrom('accounts').select('id')
      return (await query.where('login_id', '=', loginId).executeTakeFirstOrThrow()).id
    }

    /** A customer with a passkey that two operators are to remove. */
    const lost = async () => {
      const customer = await accountWithPasskey(world)
      const id = await accountId(customer.account.loginId)
      return {
        ...customer,
        accountId: id,
        body: { act: 'remove-passkey', accountId: id, passkeyId: customer.passkey.id },
      }
    }

    /** The live passkeys of an account. */
    const live = async (id: string) => {
      const rows = await world.deps.db
        .selectFrom('passkeys')
        .select('id')
        .where('account_id', '=', id)
        .where('removed_at', 'is', null)
        .execute()
      return rows.length
    }

    const refusedFor = async (one: AtDesk, id: string, code: string, status = 403) => {
      assert.equal(expectProblem(await approvalOptions(one, id), status), code)
    }

    /** Moves the clock, and signs these in again. */
    const later = async (milliseconds: number, ...seats: AtDesk[]) => {
      world.advance(milliseconds)
      for (const one of [agent, approver, ...seats]) await signInAgain(one)
    }

    /** What two admins did to an operator, as the approval of their request leaves it. */
    const done = async (
      act: OperatorAct,
      operator: AtDesk,
      [asker, other]: readonly [AtDesk, AtDesk],
    ) => {
      await world.deps.db
        .insertInto('requests')
        .values({
          ...{ id: newId(), kind: 'operator', account_id: null, operator_id: operator.operator.id },
          ...{ asker_id: asker.operator.id, approver_id: other.operator.id },
          ...{ names: JSON.stringify([act]), acts: '[]', reason: 'x', ticket: 'x', checks: '[]' },
          ...{ text: '', digest: '', state: 'done', asked_at: world.now, expires_at: world.now },
          ...{ decided_at: world.now, done_at: world.now, takes_effect_at: null },
          ...{ closed_reason: null, receipt: null, asker_half: null },
        })
        .execute()
    }

    const setRoles = (one: AtDesk, roles: readonly string[]) =>
      world.deps.db
        .updateTable('operators')
        .set((row) => ({ roles: JSON.stringify(roles), version: row('version', '+', 1) }))
        .where('id', '=', one.operator.id)
        .execute()

    test('not the asker, whatever roles she has', async () => {
      const both = await seat('agent', 'approver')
      const { body, accountId: id } = await lost()
      const asked = await askedFor(both, body)
      await refusedFor(both, asked.id, 'own_request')
      await refusedFor(agent, (await askedFor(agent, body)).id, 'own_request')
      assert.equal(await live(id), 1)
    })

    test('only an approver: no agent, no admin, no auditor', async () => {
      const { body } = await lost()
      const { id } = await askedFor(agent, body)
      for (const role of ['agent', 'admin', 'auditor'] as const) {
        await refusedFor(await seat(role), id, 'not_allowed')
      }
    })

    test('the roles are read again at the approval: one that was lost meanwhile signs for nothing', async () => {
      const { body, accountId: id } = await lost()
      const asked = await askedFor(agent, body)
      const loser = await seat('approver')
      const options = expectStatus(await approvalOptions(loser, asked.id), 200)
      const answer = await loser.authenticator.get(options)
      await setRoles(loser, ['agent'])
      const path = `/api/requests/${asked.id}/approval`
      assert.equal(expectProblem(await loser.client.post(path, answer), 403), 'not_allowed')
      // Given back, what was asked for before the change is void all the same.
      await setRoles(loser, ['approver'])
      assert.equal(expectProblem(await loser.client.post(path, answer), 409), 'start_again')
      assert.equal(await live(id), 1)
      expectStatus(await approve(loser, asked.id), 200)
    })

    test('not who made, re-enrolled or gave a role to the other, in either direction, for 24 hours', async () => {
      for (const act of ['add-operator', 'enrolment-code', 'change-roles'] as const) {
        const maker = await seat('admin')
        const third = await seat('admin')
        const puppet = await seat('agent')
        await done(act, puppet, [third, maker])
        // The admin becomes an approver, by the command line, which counts for nobody.
        await setRoles(maker, ['approver'])
        await setRoles(third, ['approver'])
        const { body } = await lost()
        const { id } = await askedFor(puppet, body)
        await refusedFor(maker, id, 'not_allowed')
        await refusedFor(third, id, 'not_allowed')
        expectStatus(await approvalOptions(approver, id), 200)
        await later(23.9 * hour, maker, puppet)
        await refusedFor(maker, id, 'not_allowed')
        if (act === 'change-roles') {
          await later(0.2 * hour, maker, puppet)
          const again = await askedFor(puppet, body)
          expectStatus(await approvalOptions(maker, again.id), 200)
        }
      }
    })

    test('not who was made, re-enrolled or given a role within 24 hours, nor within 24 hours of using the code', async () => {
      const admins = [await seat('admin'), await seat('admin')] as const
      for (const act of ['add-operator', 'enrolment-code', 'change-roles'] as const) {
        const puppet = await seat('approver')
        await done(act, puppet, admins)
        const { body } = await lost()
        const { id } = await askedFor(agent, body)
        await refusedFor(puppet, id, 'not_allowed')
      }
      // A code that was used at the end of its life: the 24 hours begin then.
      const late = await seat('approver')
      await done('enrolment-code', late, admins)
      await later(23 * hour)
      await world.deps.db
        .updateTable('operator_passkeys')
        .set({ created_at: world.now })
        .where('operator_id', '=', late.operator.id)
        .execute()
      await later(23 * hour, late)
      const { body } = await lost()
      const { id } = await askedFor(agent, body)
      await refusedFor(late, id, 'not_allowed')
      await later(1.1 * hour, late)
      expectStatus(await approvalOptions(late, id), 200)
    })

    test('not for the own customer account, asked or approved; and that is an alert', async () => {
      const { body, account } = await lost()
      const own = await atDesk(world, desk, {
        roles: ['agent', 'approver'],
        loginId: account.loginId,
      })
      const asked = await own.client.post('/api/requests', { ...why, ...body })
      assert.equal(expectProblem(asked, 403), 'not_allowed')
      const { id: request } = await askedFor(agent, body)
      await refusedFor(own, request, 'not_allowed')
      const alerts = await world.deps.db
        .selectFrom('alerts')
        .select('id')
        .where('kind', '=', 'own-account')
        .where('operator_id', '=', own.operator.id)
        .execute()
      assert.ok(alerts.length > 0)
    })

    test('not the same two again for one account within 24 hours, whichever of them asks', async () => {
      const one = await seat('agent', 'approver')
      const other = await seat('agent', 'approver')
      const { body, accountId: id, account } = await lost()
      expectStatus(await approve(other, (await askedFor(one, body)).id), 200)
      const next = { act: 'change-email', accountId: id, email: `x-${account.email}` }
      const again = await askedFor(one, next)
      await refusedFor(other, again.id, 'not_allowed')
      const turned = await askedFor(other, next)
      await refusedFor(one, turned.id, 'not_allowed')
      // A third person may, and for another account the two may.
      expectStatus(await approvalOptions(approver, again.id), 200)
      const elsewhere = await lost()
      expectStatus(await approve(other, (await askedFor(one, elsewhere.body)).id), 200)
      await later(24 * hour + 1, one, other)
      expectStatus(await approvalOptions(other, (await askedFor(one, next)).id), 200)
    })

    test('it lapses after 24 hours, and the state says so to everybody', async () => {
      const { body } = await lost()
      const { id } = await askedFor(agent, body)
      await later(24 * hour - 1)
      const options = expectStatus(await approvalOptions(approver, id), 200)
      const answer = await approver.authenticator.get(options)
      await later(1)
      assert.equal((await shown(agent, id))['state'], 'lapsed')
      await refusedFor(approver, id, 'request_closed', 409)
      const sent = await approver.client.post(`/api/requests/${id}/approval`, answer)
      // The session is another by now, and the request is closed before that is looked at.
      assert.equal(expectProblem(sent, 409), 'request_closed')
      const row = await world.deps.db
        .selectFrom('requests')
        .select(['state', 'closed_reason as why'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      assert.deepEqual({ ...row }, { state: 'lapsed', why: 'expired' })
    })

    test('it lapses when something that its text states has changed, between the options and the answer too', async () => {
      const { body, accountId: id } = await lost()
      const asked = await askedFor(agent, body)
      const options = expectStatus(await approvalOptions(approver, asked.id), 200)
      const answer = await approver.authenticator.get(options)
      await world.deps.db
        .updateTable('accounts')
        .set({ second_factor: 'email' })
        .where('id', '=', id)
        .execute()
      assert.equal((await shown(agent, asked.id))['state'], 'lapsed')
      await refusedFor(approver, asked.id, 'request_closed', 409)
      const path = `/api/requests/${asked.id}/approval`
      assert.equal(expectProblem(await approver.client.post(path, answer), 409), 'request_closed')
      // For good: it does not come back with the former state.
      await world.deps.db
        .updateTable('accounts')
        .set({ second_factor: 'passkey' })
        .where('id', '=', id)
        .execute()
      assert.equal((await shown(agent, asked.id))['closedReason'], 'changed')
      await refusedFor(approver, asked.id, 'request_closed', 409)
      assert.equal(await live(id), 1)
    })

    test('a lock by guessing, and its lifting, lapse no removal', async () => {
      const { body, accountId: id } = await lost()
      const asked = await askedFor(agent, body)
      const lock = (reason: 'guessing' | null) =>
        world.deps.db
          .updateTable('accounts')
          .set({ lock_reason: reason, locked_at: reason && world.now })
          .where('id', '=', id)
          .execute()
      await lock('guessing')
      assert.equal((await shown(agent, asked.id))['state'], 'waiting')
      const reopening = await askedFor(agent, { act: 'reopen', accountId: id })
      await lock(null)
      assert.equal((await shown(agent, asked.id))['state'], 'waiting')
      assert.equal((await shown(agent, reopening.id))['state'], 'lapsed')
      expectStatus(await approve(approver, asked.id), 200)
    })

    test('it lapses when the right of who asked has ended', async () => {
      for (const change of ['role', 'closed'] as const) {
        const leaver = await seat('agent')
        const { body, accountId: id } = await lost()
        const asked = await askedFor(leaver, body)
        const options = expectStatus(await approvalOptions(approver, asked.id), 200)
        const answer = await approver.authenticator.get(options)
        if (change === 'role') await setRoles(leaver, ['auditor'])
        else {
          const query = world.deps.db.updateTable('operators').set({ closed_at: world.now })
          await query.where('id', '=', leaver.operator.id).execute()
        }
        await refusedFor(approver, asked.id, 'request_closed', 409)
        const sent = await approver.client.post(`/api/requests/${asked.id}/approval`, answer)
        assert.equal(expectProblem(sent, 409), 'request_closed')
        assert.equal((await shown(agent, asked.id))['closedReason'], 'right_ended')
        assert.equal(await live(id), 1)
      }
    })

    test('a signature is good for one request, one operator, one session, once and for five minutes', async () => {
      const { body, accountId: id } = await lost()
      const asked = await askedFor(agent, body)
      const other = await askedFor(agent, body)
      const path = (request: string) => `/api/requests/${request}/approval`
      const signed = async () =>
        approver.authenticator.get(expectStatus(await approvalOptions(approver, asked.id), 200))

      const answer = await signed()
      const forOther = await approver.client.post(path(other.id), answer)
      assert.equal(expectProblem(forOther, 400), 'passkey_not_verified')
      const second = await seat('approver')
      const byOther = await second.client.post(path(asked.id), answer)
      assert.equal(expectProblem(byOther, 400), 'passkey_not_verified')

      await signInAgain(approver)
      const inOther = await approver.client.post(path(asked.id), answer)
      assert.equal(expectProblem(inOther, 409), 'start_again')

      const slow = await signed()
      world.advance(5 * 60 * 1000)
      const tooLate = await approver.client.post(path(asked.id), slow)
      assert.equal(expectProblem(tooLate, 400), 'ceremony_expired')

      // A wrong answer spends its challenge: it is no better the second time.
      const bent = await signed()
      const signature = Buffer.from(bent.response.signature, 'base64url')
      signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
      const wrong = {
        ...bent,
        response: { ...bent.response, signature: signature.toString('base64url') },
      }
      assert.equal(
        expectProblem(await approver.client.post(path(asked.id), wrong), 400),
        'passkey_not_verified',
      )
      assert.equal(
        expectProblem(await approver.client.post(path(asked.id), bent), 400),
        'ceremony_expired',
      )
      assert.equal(await live(id), 1)

      const right = await signed()
      expectStatus(await approver.client.post(path(asked.id), right), 200)
      assert.equal(
        expectProblem(await approver.client.post(path(asked.id), right), 409),
        'request_closed',
      )
      assert.equal(await live(id), 0)
    })

    test('another passkey, an unverified user, a customer’s challenge: none approves', async () => {
      const customer = await lost()
      const { body, accountId: id, authenticator: theirs } = customer
      const asked = await askedFor(agent, body)
      const path = `/api/requests/${asked.id}/approval`
      const options = async () => expectStatus(await approvalOptions(approver, asked.id), 200)
      const unverified = await approver.authenticator.get(await options(), {
        userVerified: false,
      })
      assert.equal(
        expectProblem(await approver.client.post(path, unverified), 400),
        'passkey_not_verified',
      )
      const ofAnybody = async () => {
        const { allowCredentials: _, ...rest } = await options()
        return rest
      }
      const stranger = await seat('approver')
      const byStranger = await stranger.authenticator.get(await ofAnybody())
      assert.equal(
        expectProblem(await approver.client.post(path, byStranger), 400),
        'passkey_not_verified',
      )
      const byCustomer = await theirs.get(await ofAnybody())
      assert.equal(
        expectProblem(await approver.client.post(path, byCustomer), 400),
        'passkey_not_verified',
      )
      const { challenge } = await askPasskey(await atPasskey(world, customer), customer.passkey.id)
      const forOther = await approver.authenticator.get({ ...(await options()), challenge })
      assert.equal(
        expectProblem(await approver.client.post(path, forOther), 400),
        'passkey_not_verified',
      )
      assert.equal(await live(id), 1)
    })

    test('an authenticator need not name the holder of a passkey that was asked for', async () => {
      const { body } = await lost()
      const { id } = await askedFor(agent, body)
      const path = `/api/requests/${id}/approval`
      const options = async () => expectStatus(await approvalOptions(approver, id), 200)
      const [{ userHandle: others = '' } = {}] = agent.authenticator.credentials
      const wrong = await approver.authenticator.get(await options(), { userHandle: others })
      assert.equal(
        expectProblem(await approver.client.post(path, wrong), 400),
        'passkey_not_verified',
      )
      const silent = await approver.authenticator.get(await options(), { userHandle: null })
      expectStatus(await approver.client.post(path, silent), 200)
    })

    test('a counter that went back approves nothing, and is written down', async () => {
      const { body, accountId: id } = await lost()
      const cloned = await seat('approver')
      const elsewhere = await lost()
      expectStatus(await approve(cloned, (await askedFor(agent, elsewhere.body)).id), 200)
      for (const credential of cloned.authenticator.credentials) credential.counter = 0
      const asked = await askedFor(agent, body)
      assert.equal(expectProblem(await approve(cloned, asked.id), 400), 'passkey_not_verified')
      assert.equal(await live(id), 1)
    })

    test('of two approvals at once one wins, in two consoles too, and it is done once', async () => {
      const second = await world.startConsole()
      for (let round = 0; round < 4; round += 1) {
        const others = [
          await atDesk(world, second, { roles: ['approver'] }),
          await seat('approver'),
        ]
        const { body, accountId: id } = await lost()
        const asked = await askedFor(agent, body)
        const answers = await Promise.all(
          [approver, ...others].map(async (one) => {
            const options = expectStatus(await approvalOptions(one, asked.id), 200)
            return { one, answer: await one.authenticator.get(options) }
          }),
        )
        const outcomes = await Promise.all(
          answers.map(({ one, answer }) =>
            one.client.post(`/api/requests/${asked.id}/approval`, answer),
          ),
        )
        const statuses = outcomes.map(({ status }) => status).toSorted()
        assert.deepEqual(statuses, [200, 409, 409])
        for (const one of outcomes) {
          if (one.status === 409) assert.equal(expectProblem(one, 409), 'request_closed')
        }
        assert.equal(await live(id), 0)
        const events = await world.deps.db
          .selectFrom('audit_events')
          .select('id')
          .where('account_id', '=', id)
          .where('event', '=', 'authn_passkey_removed')
          .execute()
        assert.equal(events.length, 1)
      }
    })

    test('an approval against a withdrawal: one wins, and nothing is done half', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { body, accountId: id } = await lost()
        const asked = await askedFor(agent, body)
        const options = expectStatus(await approvalOptions(approver, asked.id), 200)
        const answer = await approver.authenticator.get(options)
        const [approved, withdrawn] = await Promise.all([
          approver.client.post(`/api/requests/${asked.id}/approval`, answer),
          agent.client.delete(`/api/requests/${asked.id}`),
        ])
        const state = (await shown(agent, asked.id))['state']
        assert.deepEqual(
          [approved.status, withdrawn.status, state, await live(id)],
          state === 'done' ? [200, 409, 'done', 0] : [409, 204, 'withdrawn', 1],
        )
      }
    })
  })
}
