// What a supervisor of the support desk should see: as a row, as a line of the log, and who reads it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { transact, type Act } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { raiseAlert } from '../../src/domain/alerts/alerts.ts'
import { record } from '../../src/domain/audit/record.ts'
import { insertRequest } from '../../src/domain/requests/store.ts'
import { watchAddressChange, watchAsked, watchDone } from '../../src/domain/requests/watch.ts'
import { alertKinds, operatorRoles } from '../../src/domain/vocabulary/desk.ts'
import { days, hours, minutes } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/secrets.ts'
import { alertsCounted, deskPage, manyByPair, recoveredLately } from '../../src/limits/desk.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { backlogOf } from '../../src/operations/upkeep/count-backlog.ts'
import { alertsOf } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

interface Alert {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly accountId: string | null
  readonly operator: { id: string; name: string } | null
  readonly other: { id: string; name: string } | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** Noon in Tokyo. */
const startsAt = new Date('2026-03-02T03:00:00Z')

onEachDatabase('alerts', { startsAt }, (world) => {
  let desk: RunningConsole
  before(async () => {
    desk = await world.startConsole()
  })

  const act = <T>(work: (act: Act) => Promise<T>) =>
    transact(desk.deps, fromNowhere({ name: 'test', reason: 'test' }), work)
  const newAccount = async () =>
    (await findAccount(world.deps, (await world.addAccount()).loginId))!.id
  const read = async (path = '/api/alerts', roles = ['auditor'] as const) =>
    expectStatus(
      await (
        await seatOperator(desk, roles)
      ).client.get<{ alerts: Alert[]; next: string | null }>(path),
      200,
    )
  const said = () =>
    world.log
      .map((line) => JSON.parse(line) as { msg?: string; level: number; alert?: object })
      .filter(({ msg }) => msg === 'the support desk: a supervisor should see this')

  test('every kind is a row that a supervisor reads, and a line of the log', async () => {
    const [one, other] = [
      await seatOperator(desk, ['agent']),
      await seatOperator(desk, ['approver']),
    ]
    const accountId = await newAccount()
    for (const kind of alertKinds) {
      world.advance(1 * minutes)
      const detail = { most: 7 }
      await act((act) =>
        raiseAlert(act, { kind, accountId, operatorId: one.id, otherId: other.id, detail }),
      )
    }
    const { alerts } = await read()
    assert.deepEqual(alerts.map((alert) => alert.kind).toReversed(), [...alertKinds])
    const [latest] = alerts
    assert.equal(latest?.accountId, accountId)
    assert.deepEqual(latest.operator, { id: one.id, name: one.name })
    assert.deepEqual(latest.other, { id: other.id, name: other.name })
    assert.deepEqual(latest.detail, { most: 7 })
    const lines = said()
    assert.deepEqual(
      lines.map(({ alert }) => (alert as { kind: string }).kind),
      [...alertKinds],
    )
    assert.deepEqual(lines.at(-1)?.alert, {
      ...{ kind: alertKinds.at(-1), account: accountId, operator: one.id, other: other.id },
      most: 7,
    })
    assert.ok(lines.every(({ level }) => level === 40))
  })

  test('what is told once is told once, and what did not happen is not told', async () => {
    const one = await seatOperator(desk, ['agent'])
    const before = said().length
    const raise = (once?: string) =>
      act((act) =>
        raiseAlert(act, {
          ...{ kind: 'too-many-requests', operatorId: one.id },
          ...(once === undefined ? {} : { once }),
        }),
      )
    await Promise.all(['a', 'a', 'a', 'b'].map((once) => raise(once)))
    await raise()
    await raise()
    const undone = act(async (act) => {
      await raiseAlert(act, { kind: 'too-many-requests', operatorId: one.id })
      throw new Error('rolled back')
    })
    await assert.rejects(undone, /rolled back/)
    assert.equal((await alertsOf(world, one)).length, 4)
    assert.equal(said().length - before, 4)
  })

  test('who reads alerts, and what of them', async () => {
    for (const role of operatorRoles) {
      const { client } = await seatOperator(desk, [role])
      const answer = await client.get<{ alerts: Alert[] }>('/api/alerts')
      if (role === 'agent') assert.equal(expectProblem(answer, 403), 'not_allowed')
      else {
        const { alerts } = expectStatus(answer, 200)
        const seesAccounts = alerts.some(({ accountId }) => accountId !== null)
        assert.equal(seesAccounts, role !== 'admin', role)
      }
      const looks = await client.get('/api/looks')
      const exported = await client.get('/api/looks/export')
      const status = role === 'auditor' ? 200 : 403
      assert.deepEqual([looks.status, exported.status], [status, status], role)
    }
  })

  test('the list goes back through all alerts', async () => {
    const one = await seatOperator(desk, ['agent'])
    for (let count = 0; count <= deskPage; count += 1) {
      await act((act) => raiseAlert(act, { kind: 'own-account', operatorId: one.id }))
    }
    const rows = await world.deps.db.selectFrom('alerts').select('id').execute()
    const seen: Alert[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await read(`/api/alerts${next === '' ? '' : `?before=${next}`}`)
      seen.push(...page.alerts)
      next = page.next
    }
    assert.deepEqual(seen.map(({ id }) => id).toSorted(), rows.map(({ id }) => id).toSorted())
    assert.equal((await backlogOf(world.deps)())?.alerts, rows.length)
    const tomorrow = { ...world.deps, now: () => world.now + alertsCounted }
    assert.equal((await backlogOf(tomorrow)())?.alerts, 0)
  })

  test('a request that is asked at night in the zone of the broker is an alert', async () => {
    const asked: Record<number, boolean> = {}
    const midnight = Date.parse('2026-03-02T15:00:00Z')
    for (let hour = 0; hour < 24; hour += 1) {
      const one = await seatOperator(desk, ['agent'])
      const now = midnight + hour * hours
      const at = { ...desk.deps, now: () => now }
      await transact(at, fromNowhere('system'), (act) =>
        watchAsked(act, { id: newId(), accountId: null, askerId: one.id }),
      )
      asked[hour] = (await alertsOf(world, one)).length === 1
    }
    const atNight = Object.keys(asked).filter((hour) => asked[Number(hour)])
    assert.deepEqual(atNight.map(Number), [0, 1, 2, 3, 4, 5, 22, 23])
  })

  const done = async (asker: Seated, approver: Seated, accountId: string, at: number) => {
    const id = newId()
    await act((act) =>
      insertRequest(act.tx, {
        ...{ id, kind: 'account', accountId, operatorId: null, askerId: asker.id },
        ...{ names: ['remove-passkey'], acts: [], reason: '', ticket: '', checks: [], text: '' },
        ...{ digest: id, state: 'done', askedAt: at, expiresAt: at, approverId: approver.id },
        ...{ decidedAt: at, takesEffectAt: null, doneAt: at, closedReason: null },
        ...{ receipt: null, askerHalf: null },
      }),
    )
    const watched = { id, accountId, askerId: asker.id, approverId: approver.id }
    await act((act) => watchDone(act, { ...watched, acts: ['remove-passkey'] }))
  }

  test('many acts by one pair within a day are one alert', async () => {
    const [asker, third, approver, other] = [
      await seatOperator(desk, ['agent']),
      await seatOperator(desk, ['agent']),
      await seatOperator(desk, ['approver']),
      await seatOperator(desk, ['approver']),
    ]
    const accountId = await newAccount()
    await done(asker, approver, accountId, world.now - manyByPair.within - 1)
    for (let count = 1; count < manyByPair.acts; count += 1) {
      await done(asker, approver, accountId, world.now)
      await done(asker, other, accountId, world.now)
      await done(third, approver, accountId, world.now)
    }
    assert.deepEqual(await alertsOf(world, asker), [])
    for (const _ of ['the tenth', 'the eleventh']) await done(asker, approver, accountId, world.now)
    assert.deepEqual(await alertsOf(world, asker), ['many-by-pair'])
  })

  test('nor is it hidden by two who take turns', async () => {
    const both = ['agent', 'approver'] as const
    const [one, other] = [await seatOperator(desk, both), await seatOperator(desk, both)]
    const accountId = await newAccount()
    for (let count = 0; count <= manyByPair.acts; count += 1) {
      const [asker, approver] = count % 2 === 0 ? [one, other] : [other, one]
      await done(asker, approver, accountId, world.now)
    }
    const alerts = [...(await alertsOf(world, one)), ...(await alertsOf(world, other))]
    assert.deepEqual(alerts, ['many-by-pair'])
  })

  test('an address that is changed after a recovery is an alert', async () => {
    const one = await seatOperator(desk, ['agent'])
    const change = async (accountId: string, changes = {}) => {
      const before = (await alertsOf(world, one)).length
      const watched = { accountId, operatorId: one.id, ...changes }
      await act((act) => watchAddressChange(act, watched))
      return (await alertsOf(world, one)).length - before
    }
    const accountId = await newAccount()
    assert.equal(await change(accountId), 0)
    assert.equal(await change(accountId, { together: true }), 1)
    await act(async (act) => record(act, { event: 'authn_login_unlock', accountId, detail: {} }))
    assert.equal(await change(accountId), 1)
    const watched = { id: newId(), accountId, askerId: one.id, approverId: one.id }
    await act((act) => watchDone(act, { ...watched, acts: ['end-hold'] }))
    assert.equal((await alertsOf(world, one)).length, 2)
    await act((act) => watchDone(act, { ...watched, acts: ['change-email'] }))
    assert.equal((await alertsOf(world, one)).length, 3)
    world.advance(recoveredLately)
    assert.equal(await change(accountId), 0)
    const resumed = await newAccount()
    const detail = { passkey: newId() }
    await act(async (act) =>
      record(act, { event: 'authn_passkey_resumed', accountId: resumed, detail }),
    )
    assert.equal(await change(resumed), 1)
    const own = await newAccount()
    await transact(desk.deps, fromNowhere('holder'), async (act) => {
      record(act, { event: 'authn_login_unlock', accountId: own, detail: {} })
    })
    assert.equal(await change(own), 0, 'nobody of support')
  })

  test('an auditor reads what operators looked for and at, and takes it along', async () => {
    const agent = await seatOperator(desk, ['agent'])
    const account = await world.addAccount(undefined, '雪舟 等楊')
    const { id } = (await findAccount(world.deps, account.loginId))!
    expectStatus(
      await agent.client.get('/api/accounts?q=雪舟'.replace('雪舟', encodeURIComponent('雪舟'))),
      200,
    )
    const asked = { fields: ['email'], reason: 'to read it back', ticket: 'T-9' }
    expectStatus(await agent.client.post(`/api/accounts/${id}/reveal`, asked), 200)
    const auditor = await seatOperator(desk, ['auditor'])
    type Look = { operator: { name: string }; accountId: string; found: number } & typeof asked
    const looks = async (kind: string) =>
      expectStatus(await auditor.client.get<{ looks: Look[] }>(`/api/looks?kind=${kind}`), 200)
        .looks[0]
    const reveal = await looks('reveal')
    assert.deepEqual(
      [reveal?.operator.name, reveal?.accountId, reveal?.fields, reveal?.reason, reveal?.ticket],
      [agent.name, id, asked.fields, asked.reason, asked.ticket],
    )
    const search = await looks('search')
    assert.deepEqual([search?.operator.name, search?.found], [agent.name, 1])
    const wrong = await auditor.client.get('/api/looks?kind=all')
    assert.equal(expectProblem(wrong, 400), 'invalid_request')
    const exported = await auditor.client.get<{
      reveals: Look[]
      searches: Look[]
      alerts: Alert[]
      complete: boolean
    }>('/api/looks/export')
    const { reveals, searches, alerts, complete } = expectStatus(exported, 200)
    assert.equal(complete, true)
    assert.equal(reveals[0]?.ticket, asked.ticket)
    assert.ok(searches.length > 0 && alerts.length > deskPage)
    assert.match(exported.headers['content-disposition'] ?? '', /^attachment/)
    assert.doesNotMatch(exported.text, /雪舟/)
    assert.deepEqual((await looks('export'))?.fields, ['looks and alerts'])
    world.advance(1 * days)
  })
})
