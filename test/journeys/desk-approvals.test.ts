// Rule 39: what a signature is good for; and of two decisions at once one wins (rule 38).
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { alertsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { askPasskey, atPasskey } from '../support/world/journeys.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  countUnremovedPasskeys,
  customerWhoLost,
  shown,
  signInAgain,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('approvals', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const seat = (...roles: Parameters<typeof atDesk>[2]['roles']) => atDesk(world, desk, { roles })
  const lost = () => customerWhoLost(world)
  const live = (id: string) => countUnremovedPasskeys(world, id)

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
    assert.deepEqual(await alertsOf(world, cloned.operator), ['operator-counter'])
  })

  test('of two approvals at once one wins, in two consoles too, and it is done once', async () => {
    const second = await world.startConsole()
    for (let round = 0; round < 4; round += 1) {
      const others = [await atDesk(world, second, { roles: ['approver'] }), await seat('approver')]
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
