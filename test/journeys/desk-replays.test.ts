// Rules 5 and 28 at the desk: an answer that is refused is spent, and stands in the trail with its reason.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { RunningConsole } from '../../src/node/console.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  customerWhoLost,
  pairAtDesk,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('replays at the desk', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const signed = async (one: AtDesk, id: string) =>
    one.authenticator.get(expectStatus(await approvalOptions(one, id), 200))

  const sent = ({ client }: AtDesk, id: string, answer: object) =>
    client.post(`/api/requests/${id}/approval`, answer)

  /** Why approvals of a request were refused, as the trail keeps it. */
  const reasons = async (id: string) => {
    const rows = world.deps.db.selectFrom('audit_events').select('detail')
    const found = rows.where('event', '=', 'authz_request_fail').orderBy('at').orderBy('id')
    const details = (await found.execute()).map(
      ({ detail }) => JSON.parse(detail) as { request: string; reason: string },
    )
    return details.filter(({ request }) => request === id).map(({ reason }) => reason)
  }

  test('an approval that was refused is good for nothing, also when nothing stands against it any more', async () => {
    const one = await atDesk(world, desk, { roles: ['agent', 'approver'] })
    const { body, account, accountId } = await customerWhoLost(world)
    const first = await askedFor(one, body)
    const email = `n-${account.email}`
    const next = await askedFor(one, { act: 'change-email', accountId, email })
    const answer = await signed(approver, next.id)
    expectStatus(await approve(approver, first.id), 200)
    assert.equal(expectProblem(await sent(approver, next.id, answer), 403), 'not_allowed')
    assert.deepEqual(await reasons(next.id), ['same_pair'])
    // As if the first had never been.
    await world.deps.db.deleteFrom('requests').where('id', '=', first.id).execute()
    assert.equal(expectProblem(await sent(approver, next.id, answer), 400), 'ceremony_expired')
    assert.deepEqual(await reasons(next.id), ['same_pair'])
    const { email: kept } = await world.deps.db
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    assert.equal(kept, account.email)
  })

  test('who approves her own request, or what she has no role for, stands in the trail; junk leaves nothing', async () => {
    const { body } = await customerWhoLost(world)
    const { id } = await askedFor(agent, body)
    const others = await signed(approver, id)
    assert.equal(expectProblem(await sent(agent, id, others), 403), 'own_request')
    const second = await atDesk(world, desk, { roles: ['agent'] })
    assert.equal(expectProblem(await sent(second, id, others), 403), 'not_allowed')
    assert.deepEqual(await reasons(id), ['own_request', 'role'])
    const { challenge: _, ...options } = expectStatus(await approvalOptions(approver, id), 200)
    const junk = await approver.authenticator.get({ ...options, challenge: 'bm9uZSBvZiBvdXJz' })
    assert.equal(expectProblem(await sent(agent, id, junk), 403), 'own_request')
    assert.deepEqual(await reasons(id), ['own_request', 'role'])
    // What others sent of it was none of its approver's doing.
    expectStatus(await sent(approver, id, others), 200)
  })
})
