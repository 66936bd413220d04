// Accounts under suspicion of takeover: what ends at once, what waits, and for whom.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/store.ts'
import { blockedByCase } from '../../src/domain/cases/store.ts'
import { operatorRoles } from '../../src/domain/vocabulary/desk.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { performDue } from '../../src/operations/desk/perform-due.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { approve, askedFor, atDesk, shown, signInAgain, why } from '../support/world/requests.ts'
import { expectProblem, expectStatus, World, type TestAccount } from '../support/world/world.ts'

interface Case {
  readonly id: string
  readonly state: string
  readonly claim: string
  readonly openedBy: { id: string }
  readonly investigator: { id: string } | null
  readonly closed: { by: { id: string }; reason: string } | null
}

const told = {
  claim: '身に覚えのないログイン。\n昨日から。',
  reason: 'the caller says so',
  ticket: 'T-7',
}

for (const kind of databases) {
  describe(`cases on ${kind.name}`, () => {
    let world: World
    let desk: RunningConsole
    let agent: Seated
    let approver: Seated
    before(async () => {
      world = await World.start(kind)
      desk = await world.startConsole()
    })
    beforeEach(async () => {
      agent = await seatOperator(desk, ['agent'])
      approver = await seatOperator(desk, ['approver'])
    })
    after(() => world.stop())

    const idOf = async ({ loginId }: TestAccount) => (await findAccount(world.deps, loginId))!.id
    const open = async (account: TestAccount, { client }: Seated = agent, changes = {}) =>
      client.post<Case>(`/api/accounts/${await idOf(account)}/cases`, { ...told, ...changes })
    const opened = async (account: TestAccount, by = agent) =>
      expectStatus(await open(account, by), 201)
    const take = ({ id }: Case, { client }: Seated) => client.post<Case>(`/api/cases/${id}/take`)
    const close = ({ id }: Case, { client }: Seated) =>
      client.post<Case>(`/api/cases/${id}/close`, { reason: 'it was the holder' })
    const alertsOf = async (operator: Seated) => {
      const rows = world.deps.db.selectFrom('alerts').where('operator_id', '=', operator.id)
      return (await rows.select('kind').execute()).map((one) => one.kind)
    }

    test('a case ends sessions, sign-ins and known browsers at once, and locks nothing', async () => {
      const { account, client } = await accountWithPasskey(world)
      const other = world.client()
      expectStatus(await givePassword(other, account), 200)
      const made = await opened(account)
      assert.deepEqual([made.state, made.claim, made.openedBy.id], ['open', told.claim, agent.id])
      assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
      assert.equal(expectProblem(await other.get('/api/sign-in'), 404), 'no_sign_in')
      const id = await idOf(account)
      for (const table of ['sessions', 'sign_ins', 'known_browsers'] as const) {
        const left = world.deps.db
          .selectFrom(table)
          .select('account_id')
          .where('account_id', '=', id)
        assert.deepEqual(await left.execute(), [], table)
      }
      expectStatus(await givePassword(world.client(), account), 200)
      const page = await agent.client.get<{
        state: string
        cases: Case[]
        advice: { cause: string }[]
      }>(`/api/accounts/${id}`)
      const { state, cases, advice } = expectStatus(page, 200)
      assert.deepEqual([state, cases.length, advice[0]?.cause], ['open', 1, 'case-open'])
      assert.deepEqual(await alertsOf(agent), ['case-opened'])
    })

    test('an account has one open case, whoever is first', async () => {
      const account = await world.addAccount()
      const all = await Promise.all([agent, approver, agent].map((one) => open(account, one)))
      assert.deepEqual(all.map(({ status }) => status).toSorted(), [201, 409, 409])
      const refused = all.find(({ status }) => status === 409)!
      assert.equal(expectProblem(refused, 409), 'case_open')
    })

    test('who may open, take, close and export', async () => {
      const may = {
        open: ['agent', 'approver'],
        take: ['approver'],
        close: ['approver'],
        export: ['approver', 'auditor'],
        list: ['agent', 'approver', 'auditor'],
      } as const satisfies Record<string, readonly string[]>
      const acts: Readonly<Record<keyof typeof may, (by: Seated) => Promise<{ status: number }>>> =
        {
          open: async (by) => open(await world.addAccount(), by),
          take: async (by) => take(await opened(await world.addAccount()), by),
          close: async (by) => close(await opened(await world.addAccount()), by),
          export: async (by) =>
            by.client.get(`/api/cases/${(await opened(await world.addAccount())).id}/export`),
          list: (by) => by.client.get('/api/cases'),
        }
      for (const [act, work] of Object.entries(acts)) {
        for (const role of operatorRoles) {
          const { status } = await work(await seatOperator(desk, [role]))
          const allowed = (may[act as keyof typeof may] as readonly string[]).includes(role)
          assert.equal(status, allowed ? (act === 'open' ? 201 : 200) : 403, `${role}: ${act}`)
        }
      }
    })

    test('who opened a case neither takes nor closes it, and none is about the own account', async () => {
      const account = await world.addAccount()
      const made = await opened(account, approver)
      assert.equal(expectProblem(await take(made, approver), 403), 'not_allowed')
      assert.equal(expectProblem(await close(made, approver), 403), 'not_allowed')
      const own = await seatOperator(desk, ['approver'], await idOf(account))
      for (const answer of [await take(made, own), await close(made, own)]) {
        assert.equal(expectProblem(answer, 403), 'not_allowed')
      }
      const exported = await own.client.get(`/api/cases/${made.id}/export`)
      assert.equal(expectProblem(exported, 403), 'not_allowed')
      const [mine] = [await world.addAccount()]
      const self = await seatOperator(desk, ['agent'], await idOf(mine))
      assert.equal(expectProblem(await open(mine, self), 403), 'not_allowed')
      assert.deepEqual(await alertsOf(self), ['own-account'])
    })

    test('nothing opens the account but by the approver who investigates, until it is closed', async () => {
      const account = await world.addAccount()
      const id = await idOf(account)
      const { db } = world.deps
      assert.equal(await blockedByCase(db, id), false)
      const made = await opened(account)
      const other = await seatOperator(desk, ['approver'])
      const blocked = () =>
        Promise.all([undefined, approver.id, other.id].map((one) => blockedByCase(db, id, one)))
      assert.deepEqual(await blocked(), [true, true, true])
      expectStatus(await take(made, approver), 200)
      assert.deepEqual(await blocked(), [false, false, true])
      const handedOver = expectStatus(await take(made, other), 200)
      assert.equal(handedOver.investigator?.id, other.id)
      assert.deepEqual(await blocked(), [false, true, false])
      const closed = expectStatus(await close(made, other), 200)
      assert.deepEqual([closed.state, closed.closed?.by.id], ['closed', other.id])
      assert.equal(closed.closed?.reason, 'it was the holder')
      assert.deepEqual(await blocked(), [false, false, false])
      assert.equal(expectProblem(await close(made, other), 409), 'case_closed')
      assert.equal(expectProblem(await take(made, other), 409), 'case_closed')
      expectStatus(await open(account), 201)
    })

    test('a request waits for the investigator, whether it came before the case or after', async () => {
      const [asker, investigator, other] = await Promise.all(
        (['agent', 'approver', 'approver'] as const).map((role) =>
          atDesk(world, desk, { roles: [role] }),
        ),
      )
      assert.ok(asker && investigator && other)
      const { account, passkey } = await accountWithPasskey(world)
      const body = { act: 'remove-passkey', accountId: await idOf(account), passkeyId: passkey.id }
      const before = await askedFor(asker, body)
      const made = await opened(account)
      assert.equal(
        expectProblem(await asker.client.post('/api/requests', { ...why, ...body }), 409),
        'case_open',
      )
      for (const one of [investigator, other]) {
        assert.equal(expectProblem(await approve(one, before.id), 409), 'request_closed')
      }
      const { state, closedReason } = await shown(asker, before.id)
      assert.deepEqual([state, closedReason], ['lapsed', 'case_open'])
      const { client, operator } = investigator
      expectStatus(await take(made, { ...operator, client }), 200)
      const after = await askedFor(asker, body)
      assert.equal(expectProblem(await approve(other, after.id), 409), 'case_open')
      const done = expectStatus(await approve(investigator, after.id), 200)
      assert.equal(done.state, 'done')
    })

    test('who asked for what opens the account neither takes nor closes its case', async () => {
      const [asker, other] = [
        await atDesk(world, desk, { roles: ['agent', 'approver'] }),
        await atDesk(world, desk, { roles: ['approver'] }),
      ]
      const account = await world.addAccount()
      const accountId = await idOf(account)
      const body = { act: 'change-email', accountId, email: 'other@example.jp' }
      const asked = await askedFor(asker, body)
      const made = await opened(account)
      for (const path of [`/api/cases/${made.id}/take`, `/api/cases/${made.id}/close`]) {
        const answer = await asker.client.post(path, { reason: 'all is well' })
        assert.equal(expectProblem(answer, 403), 'not_allowed', path)
      }
      assert.equal(expectProblem(await approve(other, asked.id), 409), 'request_closed')
      expectStatus(await take(made, approver), 200)
      // Nor who asks meanwhile.
      const later = await askedFor(asker, body)
      const taken = await asker.client.post(`/api/cases/${made.id}/take`)
      assert.equal(expectProblem(taken, 403), 'not_allowed')
      assert.equal(expectProblem(await approve(other, later.id), 409), 'case_open')
      expectStatus(await close(made, approver), 200)
    })

    test('what waits ends with the case, whoever approved it takes none, and its holder is told', async () => {
      const waiting = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '48' })
      const [asker, other, third] = await Promise.all(
        ([['agent'], ['approver'], ['agent']] as const).map((roles) =>
          atDesk(world, waiting, { roles }),
        ),
      )
      assert.ok(asker && other && third)
      const account = await world.addAccount()
      const accountId = await idOf(account)
      const body = { act: 'change-email', accountId, email: 'other@example.jp' }
      const asked = await askedFor(asker, body)
      assert.equal(expectStatus(await approve(other, asked.id), 200).state, 'approved')
      const path = `/api/accounts/${accountId}/cases`
      const made = expectStatus(await third.client.post<Case>(path, told), 201)
      const taken = await other.client.post(`/api/cases/${made.id}/take`)
      assert.equal(expectProblem(taken, 403), 'not_allowed')
      const { state, closedReason } = await shown(asker, asked.id)
      assert.deepEqual([state, closedReason], ['lapsed', 'case_open'])
      const mails = world.deps.db
        .selectFrom('outbox')
        .select('kind')
        .where('account_id', '=', accountId)
      assert.ok((await mails.execute()).length > 0)
      world.advance(49 * hours)
      await performDue(waiting.deps.db, world.now, waiting.deps)
      const { email } = (await findAccount(world.deps, account.loginId))!
      assert.equal(email, account.email)
    })

    test('a day after it was done, a request bars nobody from a case', async () => {
      const [asker, other] = [
        await atDesk(world, desk, { roles: ['agent', 'approver'] }),
        await atDesk(world, desk, { roles: ['approver'] }),
      ]
      for (const [wait, status] of [
        [23 * hours, 403],
        [25 * hours, 200],
      ] as const) {
        const account = await world.addAccount()
        const accountId = await idOf(account)
        await signInAgain(asker)
        await signInAgain(other)
        const body = { act: 'change-email', accountId, email: 'other@example.jp' }
        const asked = await askedFor(asker, body)
        expectStatus(await approve(other, asked.id), 200)
        world.advance(wait)
        agent = await seatOperator(desk, ['agent'])
        const made = await opened(account)
        for (const one of [asker, other]) {
          await signInAgain(one)
          const taken = await one.client.post(`/api/cases/${made.id}/take`)
          assert.equal(taken.status, status)
        }
      }
    })

    test('nobody reads, refuses or cancels what the desk does about the own customer account', async () => {
      const asker = await atDesk(world, desk, { roles: ['agent'] })
      const account = await world.addAccount()
      const accountId = await idOf(account)
      const body = { act: 'change-email', accountId, email: 'other@example.jp' }
      const asked = await askedFor(asker, body)
      const self = await seatOperator(desk, ['agent', 'approver', 'auditor'], accountId)
      const other = await seatOperator(desk, ['agent', 'approver', 'auditor'])
      for (const [method, path] of [
        ['get', `/api/requests/${asked.id}`],
        ['post', `/api/requests/${asked.id}/refusal`],
        ['delete', `/api/requests/${asked.id}`],
      ] as const) {
        const answer = await (method === 'post'
          ? self.client.post(path, { reason: 'mine' })
          : self.client[method](path))
        assert.equal(expectProblem(answer, 403), 'not_allowed', path)
      }
      assert.equal((await shown(asker, asked.id))['state'], 'waiting')
      await opened(account)
      for (const path of ['/api/cases', '/api/alerts', '/api/requests', '/api/looks/export']) {
        const read = async (by: Seated) => (await by.client.get(path)).text
        assert.ok((await read(other)).includes(accountId), path)
        assert.ok(!(await read(self)).includes(accountId), path)
      }
    })

    test('a case is told in words that somebody can read', async () => {
      const account = await world.addAccount()
      for (const changes of [
        ...['', ' \n ', '\u0000', 'x\u202ey', 'x'.repeat(2001), undefined].map((claim) => ({
          claim,
        })),
        ...['', undefined].flatMap((text) => [{ reason: text }, { ticket: text }]),
      ]) {
        const answer = await open(account, agent, changes)
        assert.equal(expectProblem(answer, 400), 'invalid_request', JSON.stringify(changes))
      }
      for (const id of ['nobody', 'x'.repeat(22)]) {
        const answers = [
          await agent.client.post(`/api/accounts/${id}/cases`, told),
          await approver.client.post(`/api/cases/${id}/take`),
          await approver.client.post(`/api/cases/${id}/close`, { reason: 'none' }),
          await approver.client.get(`/api/cases/${id}/export`),
        ]
        for (const answer of answers) assert.equal(expectProblem(answer, 404), 'not_found')
      }
    })

    test('an export has the claim and the time-line, masked, and is recorded', async () => {
      const { account, passkey } = await accountWithPasskey(world)
      const made = await opened(account)
      const path = `/api/cases/${made.id}/export`
      const foreign = await approver.client.raw({
        ...{ method: 'GET', path },
        headers: { 'sec-fetch-site': 'same-site' },
      })
      assert.equal(expectProblem(foreign, 403), 'cross_site')
      const looks = () =>
        world.deps.db
          .selectFrom('looks')
          .select(['kind', 'fields'])
          .where('operator_id', '=', approver.id)
          .execute()
      assert.deepEqual(await looks(), [])
      const answer = await approver.client.get<{
        case: Case
        events: { event: string; passkeyName: string | null }[]
        complete: boolean
      }>(path)
      const exported = expectStatus(answer, 200)
      assert.deepEqual([exported.case.claim, exported.complete], [told.claim, true])
      const names = exported.events.map(({ event }) => event)
      assert.ok(names.includes('user_suspected') && names.includes('authn_passkey_registered'))
      assert.ok(exported.events.some(({ passkeyName }) => passkeyName === passkey.name))
      for (const personal of [account.displayName, account.email]) {
        assert.ok(!answer.text.includes(personal), personal)
      }
      const recorded = (await looks()).map((look) => ({ ...look }))
      assert.deepEqual(recorded, [{ kind: 'export', fields: `["case ${made.id}"]` }])
    })

    test('what was written in a case goes with the erased account', async () => {
      const account = await world.addAccount()
      const id = await idOf(account)
      const made = await opened(account)
      world.advance(1 * minutes)
      expectStatus(await close(made, approver), 200)
      expectStatus(await open(account, agent, { claim: `${account.displayName}, again` }), 201)
      const who = ['--login-id', account.loginId, '--reason', 'asked']
      for (const word of ['close', 'erase']) {
        const { status } = await world.command(['accounts', word, ...who], '', {
          SEKISHO_ERASE_DAYS: '0',
        })
        assert.equal(status, 0)
      }
      const rows = world.deps.db
        .selectFrom('cases')
        .where('account_id', '=', id)
        .orderBy('opened_at')
      assert.deepEqual(
        (await rows.selectAll().execute()).map((one) => [
          ...[one.claim, one.reason, one.ticket, one.closed_reason],
        ]),
        [
          ['', '', '', ''],
          ['', '', '', null],
        ],
      )
    })
  })
}
