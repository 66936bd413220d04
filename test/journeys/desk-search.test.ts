// Rule 41: finding accounts at the support desk.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { findAccount, selectAccount } from '../../src/domain/accounts/find.ts'
import { operatorRoles } from '../../src/domain/vocabulary/desk.ts'
import { mostFound, searchesPerOperator } from '../../src/limits/desk.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { accountIdOf, alertsOf } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { deskClient } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Line {
  readonly id: string
  readonly loginId: string
  readonly displayName: string
  readonly email: string
  readonly state: string
}

interface Found {
  readonly accounts: readonly Line[]
  readonly more: boolean
}

const asked = { fields: ['displayName', 'email'], reason: 'to spell the name', ticket: 'T-100' }

onEachDatabase('accounts at the desk', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
  })
  beforeEach(async () => {
    agent = await seatOperator(desk, ['agent'])
  })

  const search = async (typed: string, { client }: Seated = agent) =>
    client.get<Found>(`/api/accounts?q=${encodeURIComponent(typed)}`)
  const found = async (typed: string, by?: Seated) =>
    expectStatus(await search(typed, by), 200).accounts.map(({ loginId }) => loginId)
  const reveal = async (account: TestAccount, { client }: Seated, changes = {}) =>
    client.post(`/api/accounts/${await accountIdOf(world, account)}/reveal`, {
      ...asked,
      ...changes,
    })
  const looks = () => world.deps.db.selectFrom('looks').selectAll().orderBy('at').execute()

  test('an account is found by what matches whole, however it is typed', async () => {
    const { account } = await accountWithPasskey(world)
    const { loginId, email } = account
    const [{ credential_id: credential } = { credential_id: '' }] = await world.deps.db
      .selectFrom('passkeys')
      .select('credential_id')
      .where('account_id', '=', await accountIdOf(world, account))
      .execute()
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))
    const wholes = [
      wide(loginId),
      wide(email),
      email.replace('@', '＠'),
      loginId,
      ` ${loginId.toUpperCase()} `,
      email,
      email.toUpperCase(),
      credential,
    ]
    for (const typed of wholes) assert.deepEqual(await found(typed), [loginId], typed)
    const parts = [
      loginId.slice(0, -1),
      email.slice(1),
      email.slice(0, -1),
      credential.slice(0, -1),
    ]
    for (const typed of parts) assert.deepEqual(await found(typed), [], typed)
  })

  test('a name is found by two characters of its beginning or more, spaces left aside', async () => {
    const { loginId } = await world.addAccount(undefined, '龍﨑　Ｊｉｒō')
    for (const typed of ['龍﨑', '龍 﨑', '龍﨑j', '龍﨑　ＪＩＲ', '龍﨑jirō', ' 龍﨑 ']) {
      assert.deepEqual(await found(typed), [loginId], typed)
    }
    for (const typed of ['﨑j', 'jirō', '龍﨑x', '龍﨑jirōx']) {
      assert.deepEqual(await found(typed), [], typed)
    }
    for (const typed of ['', ' ', '龍', '龍 ', '%', '\u0000龍﨑', '龍\n﨑', 'x'.repeat(2000)]) {
      assert.equal(expectProblem(await search(typed), 400), 'invalid_request', typed)
    }
    for (const typed of ['%%%', '__', '龍%', '龍_']) assert.deepEqual(await found(typed), [], typed)
  })

  test('an account of the version before is found by name as soon as a node has swept', async () => {
    const { loginId } = await world.addAccount(undefined, '葛飾 北斎')
    const { db } = world.deps
    const account = () => db.updateTable('accounts').where('login_id', '=', loginId)
    await account().set({ search_name: null }).execute()
    assert.deepEqual(await found('葛飾'), [])
    await sweep(world.deps)
    assert.deepEqual(await found('葛飾'), [loginId])
  })

  test('a search shows few lines, and says that there are more', async () => {
    const name = '多々良 一'
    for (let count = 0; count <= mostFound; count += 1) await world.addAccount(undefined, name)
    const many = expectStatus(await search('多々良'), 200)
    assert.equal(many.accounts.length, mostFound)
    assert.equal(many.more, true)
    assert.equal(new Set(many.accounts.map(({ id }) => id)).size, mostFound)
  })

  test('a line says the family name, who provides the mailbox, and how the account stands', async () => {
    const account = await world.addAccount(undefined, '佐久間 象山')
    const { accounts } = expectStatus(await search(account.loginId), 200)
    const { loginId } = account
    const line = {
      ...{ id: await accountIdOf(world, account), loginId, displayName: '佐久間 ●●' },
      ...{ email: 'u***@example.jp', state: 'open' },
    }
    assert.deepEqual(accounts, [line])
    await world.command(['accounts', 'lock', '--login-id', loginId, '--reason', 'asked'])
    agent = await seatOperator(desk, ['agent'])
    assert.equal(expectStatus(await search(loginId), 200).accounts[0]?.state, 'locked')
    const { displayName } = await world.addAccount(undefined, '象山')
    assert.equal(expectStatus(await search(displayName), 200).accounts[0]?.displayName, '象 ●●')
  })

  test('each search is recorded, by a keyed hash and what was shown', async () => {
    const { loginId } = await world.addAccount(undefined, '本因坊 秀策')
    const before = (await looks()).length
    for (const typed of ['本因坊', '本因 坊', '本因坊x']) await search(typed)
    const made = (await looks()).slice(before)
    const [one, same, none] = made
    assert.equal(made.length, 3)
    assert.ok(made.every((look) => look.operator_id === agent.id && look.kind === 'search'))
    assert.deepEqual([one?.found, same?.found, none?.found], [1, 1, 0])
    assert.equal(one?.query_hash, same?.query_hash)
    assert.notEqual(one?.query_hash, none?.query_hash)
    const events = await world.deps.db
      .selectFrom('audit_events')
      .select(['actor', 'detail', 'address', 'browser'])
      .where('event', '=', 'sensitive_search')
      .orderBy('id', 'desc')
      .limit(3)
      .execute()
    const shown = events.map(({ detail }) => (JSON.parse(detail) as { shown: string }).shown)
    assert.deepEqual(shown, ['', (await findAccount(world.deps, loginId))!.id, shown[1]])
    assert.ok(events.every(({ actor }) => actor === `operator:${agent.name}/${agent.id}`))
    assert.doesNotMatch(JSON.stringify([made, events, world.log]), /本因/)
  })

  test('an operator searches so often and no more, however fast', async () => {
    const { most, within } = searchesPerOperator
    const busy = await seatOperator(desk, ['agent'])
    for (let count = 0; count < most - 3; count += 1) await search('nobody', busy)
    const last = await Promise.all(Array.from({ length: 8 }, () => search('nobody', busy)))
    assert.equal(last.filter(({ status }) => status === 200).length, 3)
    const refused = last.filter(({ status }) => status === 429)
    assert.equal(expectProblem(refused[0]!, 429), 'too_many_searches')
    assert.equal(refused[0]?.headers['retry-after'], String(within / 1000))
    assert.deepEqual(await alertsOf(world, busy), ['too-many-searches'])
    assert.equal((await search('nobody')).status, 200, 'the others may')
    world.advance(within)
    const back = await seatOperator(desk, ['agent'])
    await world.deps.db
      .updateTable('looks')
      .set({ operator_id: back.id })
      .where('operator_id', '=', busy.id)
      .execute()
    assert.equal((await search('nobody', back)).status, 200)
  })

  test('who may search, and who may ask', async () => {
    const account = await world.addAccount()
    for (const role of operatorRoles) {
      const one = await seatOperator(desk, [role])
      const looks = role === 'admin' ? 403 : 200
      assert.equal((await search(account.loginId, one)).status, looks, role)
      const asks = role === 'agent' || role === 'approver' ? 200 : 403
      assert.equal((await reveal(account, one)).status, asks, role)
    }
    const stranger = { client: deskClient(desk), id: '', name: '' }
    assert.equal(expectProblem(await search('nobody', stranger), 401), 'not_signed_in')
    assert.equal(expectProblem(await reveal(account, stranger), 401), 'not_signed_in')
    const foreign = await agent.client.raw({
      ...{ method: 'GET', path: '/api/accounts?q=nobody' },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    assert.equal(expectProblem(foreign, 403), 'cross_site')
  })

  test('an erased account is found no more, and what was written about it is gone', async () => {
    const account = await world.addAccount(undefined, '消去 予定')
    const id = await accountIdOf(world, account)
    expectStatus(await reveal(account, agent, { reason: 'wants 消去 予定' }), 200)
    const who = ['--login-id', account.loginId, '--reason', 'asked']
    for (const word of ['close', 'erase']) {
      const { status } = await world.command(['accounts', word, ...who], '', {
        SEKISHO_ERASE_DAYS: '0',
      })
      assert.equal(status, 0)
    }
    agent = await seatOperator(desk, ['agent'])
    for (const typed of [account.loginId, account.email, '消去']) {
      assert.deepEqual(await found(typed), [], typed)
    }
    assert.equal((await selectAccount(world.deps.db, id))?.lockReason, 'erased')
    const row = world.deps.db.selectFrom('accounts').select('search_name').where('id', '=', id)
    assert.equal((await row.executeTakeFirstOrThrow()).search_name, '')
    const kept = (await looks()).filter((look) => look.account_id === id)
    assert.deepEqual(
      kept.map(({ reason, ticket }) => [reason, ticket]),
      [[null, null]],
    )
    const answer = await agent.client.post(`/api/accounts/${id}/reveal`, asked)
    assert.equal(expectProblem(answer, 404), 'not_found')
  })
})
