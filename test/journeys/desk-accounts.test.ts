// What the desk sees of an account, and what it is told to say to the caller.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { auditEvents } from '../../src/domain/audit/events.ts'
import { eventKinds, kindOfEvent } from '../../src/domain/audit/timeline.ts'
import { operatorRoles } from '../../src/domain/vocabulary/desk.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { deskPage } from '../../src/limits/desk.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { registerFurtherPasskey } from '../support/world/ceremonies.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Page {
  readonly displayName: string
  readonly email: string
  readonly state: string
  readonly secondFactor: string
  readonly lock: { reason: string } | null
  readonly hold: { reason: string } | null
  readonly passkeys: readonly {
    name: string
    state: string
    boundBy: string
    removed: { reason: string } | null
  }[]
  readonly sessions: readonly unknown[]
  readonly signIns: readonly { waitsFor: string; browser: string | null; address: string | null }[]
  readonly mails: readonly { kind: string; state: string; reason: string | null }[]
  readonly requests: readonly unknown[]
  readonly cases: readonly unknown[]
}

interface Event {
  readonly id: string
  readonly event: string
  readonly kind: string
  readonly at: string
  readonly by: { who: string; name: string | null }
  readonly passkeyName: string | null
  readonly browser: string | null
  readonly address: string | null
}

onEachDatabase("an account's page at the desk", (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
  })

  const look = async (account: TestAccount) =>
    expectStatus(
      await agent.client.get<Page>(`/api/accounts/${await accountIdOf(world, account)}`),
      200,
    )
  const eventsOf = async (id: string, query = '') =>
    expectStatus(
      await agent.client.get<{ events: readonly Event[]; next: string | null }>(
        `/api/accounts/${id}/events${query}`,
      ),
      200,
    )

  test('one page answers a call', async () => {
    const holder = await accountWithPasskey(world)
    const { account, authenticator, passkey } = holder
    world.advance(1 * minutes)
    const further = await registerFurtherPasskey(world, holder, world.authenticator(), 'Phone')
    const why = ['--reason', 'lost on a train']
    await world.command([
      ...['passkeys', 'remove', '--login-id', account.loginId, '--id', further.id, ...why],
    ])
    agent = await seatOperator(desk, ['agent'])
    await signInWithPasskey(world, account, authenticator, passkey.id)
    expectStatus(await givePassword(world.client(), account), 200)
    await world.mail.next(
      (mail) => mail.to.includes(account.email) && mail.subject.includes('削除'),
    )
    const page = await look(account)
    assert.equal(page.displayName, '田中 ●●')
    assert.equal(page.email, 'u***@example.jp')
    assert.deepEqual([page.state, page.secondFactor, page.lock], ['open', 'passkey', null])
    assert.equal(page.hold?.reason, 'first_passkey')
    assert.deepEqual(
      page.passkeys.map(({ name, state, boundBy, removed }) => {
        return [name, state, boundBy, removed?.reason ?? null]
      }),
      [
        ['Phone', 'removed', 'passkey', 'lost on a train'],
        ['Windows', 'live', 'email', null],
      ],
    )
    assert.equal(page.sessions.length, 1)
    assert.deepEqual(
      page.signIns.map(({ waitsFor, browser, address }) => [waitsFor, browser, address]),
      [['passkey', 'Chrome', '127.0.0.1']],
    )
    assert.ok(
      page.mails.some((mail) => mail.kind === 'passkey-registration' && mail.state === 'sent'),
    )
    assert.deepEqual([page.requests, page.cases], [[], []])
    const { displayName, email } = account
    const said = JSON.stringify([page, await eventsOf(await accountIdOf(world, account))])
    for (const personal of [displayName, email]) assert.ok(!said.includes(personal), personal)
  })

  test('who may look, and at whom', async () => {
    const account = await world.addAccount()
    const id = await accountIdOf(world, account)
    for (const role of operatorRoles) {
      const { client } = await seatOperator(desk, [role])
      for (const path of [`/api/accounts/${id}`, `/api/accounts/${id}/events`]) {
        const answer = await client.get(path)
        if (role === 'admin') assert.equal(expectProblem(answer, 403), 'not_allowed')
        else expectStatus(answer, 200)
      }
    }
    const own = await seatOperator(desk, ['agent'], id)
    for (const path of [`/api/accounts/${id}`, `/api/accounts/${id}/events`]) {
      assert.equal(expectProblem(await own.client.get(path), 403), 'not_allowed')
      assert.equal(
        expectProblem(await agent.client.get(path.replace(id, 'nobody')), 404),
        'not_found',
      )
    }
  })

  test('looking changes nothing, and the log says who looked', async () => {
    const account = await world.addAccount()
    const tables = ['looks', 'alerts', 'audit_events', 'cases'] as const
    const counts = () =>
      Promise.all(
        tables.map(async (table) => {
          const rows = await world.deps.db.selectFrom(table).select('id').execute()
          return rows.length
        }),
      )
    const before = await counts()
    await look(account)
    await eventsOf(await accountIdOf(world, account))
    assert.deepEqual(await counts(), before)
    const path = `/api/accounts/${await accountIdOf(world, account)}`
    const lines = world.log.map((line) => JSON.parse(line) as { path?: string; operator?: string })
    assert.deepEqual(
      lines.filter((line) => line.path?.startsWith(path)).map(({ operator }) => operator),
      [agent.id, agent.id],
    )
  })

  test('the time-line goes back through all there is, by kind too', async () => {
    const { account, client, passkey } = await accountWithPasskey(world)
    const id = await accountIdOf(world, account)
    // Many at one moment, so that a page ends among equals.
    for (let count = 0; count < deskPage; count += 1) {
      expectStatus(await givePassword(client, account), 200)
    }
    const rows = await world.deps.db
      .selectFrom('audit_events')
      .select('id')
      .where('account_id', '=', id)
      .execute()
    const seen: Event[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await eventsOf(id, next === '' ? '' : `?before=${next}`)
      assert.ok(page.events.length <= deskPage)
      seen.push(...page.events)
      next = page.next
    }
    assert.deepEqual(seen.map((one) => one.id).toSorted(), rows.map((one) => one.id).toSorted())
    const ordered = seen.toSorted((one, other) => other.at.localeCompare(one.at))
    assert.deepEqual(seen, ordered)
    assert.ok(seen.every(({ kind }) => (eventKinds as readonly string[]).includes(kind)))
    for (const wanted of eventKinds) {
      const { events } = await eventsOf(id, `?kind=${wanted}`)
      const all = seen.filter((one) => one.kind === wanted).slice(0, deskPage)
      assert.deepEqual(events, all, wanted)
    }
    const registered = seen.find(({ event }) => event === 'authn_passkey_registered')
    assert.equal(registered?.passkeyName, passkey.name)
    assert.deepEqual([registered.browser, registered.address], ['Chrome', '127.0.0.1'])
    for (const bent of ['before=1', 'before=x.y', 'kind=all', 'before=1.%00']) {
      const answer = await agent.client.get(`/api/accounts/${id}/events?${bent}`)
      assert.equal(expectProblem(answer, 400), 'invalid_request', bent)
    }
  })
})

test('every event has a kind, and what the desk does is its own', () => {
  const kinds = Object.keys(auditEvents).map((name) => [name, kindOfEvent(name)] as const)
  const of = (kind: string) => kinds.filter(([, one]) => one === kind).map(([name]) => name)
  assert.ok(eventKinds.every((kind) => of(kind).length > 0))
  assert.deepEqual(
    of('sign-in').filter((name) => !/_login_|password_success|rate_limit/.test(name)),
    [],
  )
  for (const name of ['sensitive_read', 'user_suspected', 'authz_request_done']) {
    assert.equal(kindOfEvent(name), 'support')
  }
  for (const name of ['authn_login_lock', 'user_updated', 'authn_password_change']) {
    assert.equal(kindOfEvent(name), 'account')
  }
})
