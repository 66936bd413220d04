// What becomes of requests: those that wait, those that nobody approves, and those of a customer who is erased.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { newId } from '../../src/kernel/secrets.ts'
import { mostRequestsListed } from '../../src/limits/requests.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { performDue } from '../../src/operations/requests/perform-due.ts'
import { endContract, eraseAccount } from '../../src/operations/support/end-contract.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { cellsWith, snapshot } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer } from '../support/world/http-client.ts'
import { switchFactor } from '../support/world/journeys.ts'
import {
  approve,
  askedFor,
  atDesk,
  type AtDesk,
  customerWhoLost,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
} from '../support/world/requests.ts'
import { expectStatus } from '../support/world/world.ts'

const minute = 60 * 1000
const hour = 60 * minute

onEachDatabase('the lives of requests', (world) => {
  let desk: RunningConsole
  let waiting: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
    waiting = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '48' })
  })

  const due = ({ deps }: Pick<RunningConsole, 'deps'>) => performDue(deps.db, world.now, deps)

  const lost = () => customerWhoLost(world)

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
    assert.equal(await refusedApproval(world, approver, asked.id, 409), 'request_closed')
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

  interface Row {
    readonly id: string
    readonly state: string
    readonly approverSignedIn: boolean
  }

  const listed = async ({ client }: AtDesk, query: string) => {
    const answer = await client.get<{ requests: readonly Row[] }>(`/api/requests?${query}`)
    return expectStatus(answer, 200).requests
  }

  test('what is not as its text states any more waits in no list, whoever has changed it', async () => {
    for (const one of [agent, approver]) await signInAgain(one)
    const changes = {
      desk: async (_: object, id: string) => void expectStatus(await approve(approver, id), 200),
      holder: ({ client, authenticator, passkey }: Awaited<ReturnType<typeof lost>>) =>
        switchFactor(client, authenticator, passkey.id, 'email'),
    }
    for (const [who, change] of Object.entries(changes)) {
      const customer = await lost()
      const { accountId, body } = customer
      const first = await askedFor(agent, body)
      const second = await askedFor(agent, body)
      const other = await askedFor(agent, {
        ...{ act: 'change-email', accountId, email: `x-${customer.account.email}` },
      })
      await change(customer, first.id)
      const ofAccount = await listed(agent, `accountId=${accountId}`)
      const row = ofAccount.find(({ id }) => id === second.id)
      assert.deepEqual([row?.state, row?.approverSignedIn], ['lapsed', false], who)
      assert.equal((await shown(agent, second.id))['state'], 'lapsed')
      const waits = (await listed(agent, 'state=waiting')).map(({ id }) => id)
      assert.deepEqual([waits.includes(second.id), waits.includes(other.id)], [false, true])
      const { text } = await approver.client.get('/requests')
      const [mine = ''] = text.split('id="others-title"')
      assert.deepEqual([mine.includes(second.id), mine.includes(other.id)], [false, true])
      const lapsed = (await listed(agent, 'state=lapsed')).map(({ id }) => id)
      assert.deepEqual(
        [second.id, other.id].map((id) => lapsed.includes(id)),
        [true, false],
      )
      const page = await agent.client.get<{ requests: readonly Row[] }>(
        `/api/accounts/${accountId}`,
      )
      const onPage = expectStatus(page, 200).requests
      assert.equal(onPage.find(({ id }) => id === second.id)?.state, 'lapsed')
      assert.equal(onPage.find(({ id }) => id === other.id)?.state, 'waiting')
      world.advance(24 * hour)
      await sweep(world.deps)
      for (const one of [agent, approver]) await signInAgain(one)
      assert.equal((await shown(agent, second.id))['closedReason'], 'changed')
      assert.equal((await shown(agent, other.id))['closedReason'], 'expired')
    }
  })

  test('of two changes of one operator that wait, the second waits for nobody once the first is done', async () => {
    const [admin, second] = [
      await atDesk(world, desk, { roles: ['admin'] }),
      await atDesk(world, desk, { roles: ['admin'] }),
    ]
    const { operator } = await atDesk(world, desk, { roles: ['agent'] })
    const roles = (list: readonly string[]) =>
      askedFor(admin, { act: 'change-roles', operatorId: operator.id, roles: list })
    const first = await roles(['auditor'])
    const same = await roles(['auditor', 'agent'])
    const code = await askedFor(admin, { act: 'enrolment-code', operatorId: operator.id })
    const joining = { act: 'add-operator', name: '新人', loginId: null, roles: ['agent'] }
    const other = await askedFor(admin, joining)
    const waiting = async () => (await listed(admin, 'state=waiting')).map(({ id }) => id)
    assert.deepEqual(new Set(await waiting()), new Set([first.id, same.id, code.id, other.id]))
    expectStatus(await approve(second, first.id), 200)
    assert.deepEqual(await waiting(), [other.id])
  })

  test('what waits behind many void ones is on the first page, and each void one on one page of the lapsed', async () => {
    for (const one of [agent, approver]) await signInAgain(one)
    const { body } = await lost()
    const busy = await atDesk(world, desk, { roles: ['agent'] })
    const real = await askedFor(busy, body)
    const { db } = world.deps
    const row = await db
      .selectFrom('requests')
      .selectAll()
      .where('id', '=', real.id)
      .executeTakeFirstOrThrow()
    // A text names the id of its request, so that what has another id is void.
    const copies = Array.from({ length: mostRequestsListed + 20 }, (_, index) => {
      return { ...row, id: newId(), asked_at: row.asked_at + 1 + index }
    })
    await db.insertInto('requests').values(copies).execute()
    world.advance(minute)
    const latest = await askedFor(agent, body)
    const [first, second] = await listed(agent, 'state=waiting')
    assert.deepEqual([first?.id, second?.id], [latest.id, real.id])
    const { text } = await approver.client.get('/requests')
    assert.ok(text.split('id="others-title"')[0]?.includes(real.id))
    const pages: (readonly Row[])[] = []
    let next: string | null = null
    do {
      const path = `/api/requests?state=lapsed${next === null ? '' : `&before=${next}`}`
      const answer: Answer<{ requests: readonly Row[]; next: string | null }> =
        await agent.client.get(path)
      const page = expectStatus(answer, 200)
      pages.push(page.requests)
      next = page.next
    } while (next !== null)
    for (const page of pages.slice(0, -1)) assert.equal(page.length, mostRequestsListed)
    const found = pages.flat()
    assert.ok(found.every(({ state }) => state === 'lapsed'))
    for (const { id } of copies) assert.equal(found.filter((one) => one.id === id).length, 1)
    const ids = copies.map(({ id }) => id)
    await db.deleteFrom('requests').where('id', 'in', ids).execute()
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
