// The end of a contract: what `accounts close` and `accounts erase` leave of a customer, and that nothing else does.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { retention } from '../../scripts/describe-retention.ts'
import { days, minutes } from '../../src/kernel/clock.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { endContract, eraseAccount, eraseDue } from '../../src/operations/support/end-contract.ts'
import { lockByCommand, reopenAccount } from '../../src/operations/support/lock-account.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { accountRecord } from '../support/checks/records.ts'
import { cellsWith, snapshot } from '../support/checks/tables.ts'
import {
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import { changePassword } from '../support/world/change-password.ts'
import { proveChange } from '../support/world/changes.ts'
import { seatOperator } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce, otherThan } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { givePassword, proveSession, registerFirstPasskey } from '../support/world/journeys.ts'
import { startListener, tokensOf, until, type Listener } from '../support/world/openid.ts'
import { activationOf, askForgotten } from '../support/world/recovery.ts'
import { operator, register, type RelyingParty } from '../support/world/relying-party.ts'
import { checkOptions, sayDigits, sendCheck, showNumber } from '../support/world/telephone.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const options = { reachable: true, stillClock: true, timeout: 120_000 }

onEachDatabase('the end of a contract', options, (world, database) => {
  let listener: Listener
  let desk: RelyingParty
  let aggregator: RelyingParty
  before(async () => {
    listener = await startListener()
    desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
    aggregator = await register(world, 'web', { thirdParty: true })
  })
  after(() => listener.stop())

  const run = async (words: readonly string[], changes = {}) => {
    const result = await world.command([...words, '--reason', 'the contract ended'], '', changes)
    return { ...result, said: result.output + result.errors }
  }
  const atOnce = { SEKISHO_ERASE_DAYS: '0' }

  /** A customer who has done all that a customer can, and everything that is of this person alone. */
  async function customerWithEverything(loginId: string) {
    const account = await world.addAccount(loginId, `田中 ${loginId} 様`)
    const client = await world.signIn(account)
    const authenticator = world.authenticator()
    const key = securityKey(world)
    const passkey = await registerFirstPasskey(world, client, account, authenticator, '青い鍵の束')
    const holder = { account, client, authenticator, passkey }
    const further = await registerFurtherPasskey(world, holder, key, '玄関の赤い鍵')
    await removeBySupport(world, account, further.id)
    await world.signIn(account, client)
    await world.signIn(account)
    await callSupport(account, client, passkey.id)
    const tokens = await tokensOf(desk, client, {
      scope: 'openid profile offline_access',
      prompt: 'consent',
    })
    await tokensOf(aggregator, client)
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    const stranger = world.client()
    expectProblem(await givePassword(stranger, { ...account, password: 'wrong' }), 401)
    expectStatus(await givePassword(stranger, account), 200)
    const wrong = otherThan(await world.nextCode(account))
    expectProblem(await stranger.post('/api/sign-in/email-code', { code: wrong }), 400)
    const addresses = await changeAddresses(account, client)
    await activationOf(world, account)
    await askForgotten(world, account)
    await world.nextCode(account)
    const row = await accountRecord(world, account)
    await world.deps.db
      .insertInto('outbox')
      .values({
        ...{ id: `undelivered-${row.id}`, kind: 'notice', sealed: null, account_id: row.id },
        ...{ created_at: world.now, next_try_at: world.now, tries: 3, refusals: 3 },
        ...{ undelivered_at: world.now, undelivered_reason: '550 5.1.1' },
      })
      .execute()
    const passkeys = await world.deps.db
      .selectFrom('passkeys')
      .select(['credential_id', 'public_key', 'name'])
      .where('account_id', '=', row.id)
      .execute()
    assert.equal(passkeys.length, 2)
    const personal = [
      ...[row.login_id, row.display_name, row.email, row.password_hash, row.user_handle],
      ...passkeys.flatMap(Object.values<string>),
      ...[...addresses, row.activation_hash ?? ''],
    ]
    return { account, client, id: row.id, tokens, personal }
  }

  /** A stop, and every address that an account can have beside its own; gives these. */
  async function changeAddresses(account: TestAccount, client: HttpClient) {
    const { email, password } = account
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    const former = `former-${email}`
    const second = `second-${email}`
    for (const address of [former, second]) {
      world.advance(1 * minutes)
      await proveChange(client, { world, account })
      const asked = await client.post('/api/notices/address', { email: address, password })
      expectStatus(asked, 202)
      const code = await world.nextCode({ ...account, email: address })
      expectStatus(await client.post('/api/notices/address/verify', { code }), 204)
    }
    const wanted = `wanted-${email}`
    world.advance(1 * minutes)
    await proveChange(client, { world, account })
    expectStatus(await client.post('/api/email', { email: wanted, password }), 202)
    await world.nextCode(account)
    return [former, second, wanted]
  }

  /** All that a call to support leaves, and one of the broker. */
  async function callSupport(account: TestAccount, client: HttpClient, passkeyId: string) {
    const agent = await seatOperator(await world.startConsole(), ['agent'])
    const { id } = await accountRecord(world, account)
    const accounts = world.deps.db.updateTable('accounts').where('id', '=', id)
    await accounts.set({ hold_until: null }).execute()
    const number = await showNumber(client)
    const email = account.email
    const digits = await sendCheck(agent, number, { act: 'change-email', email })
    expectStatus(await sayDigits(client, digits), 204)
    expectStatus(await checkOptions(client, passkeyId), 200)
    const path = `/api/accounts/${id}/call`
    expectStatus(await agent.client.post(path, { purpose: 'account-change' }), 201)
  }

  test('leaves none of a customer’s data in any cell of any table, and keeps the trail', async (t) => {
    const loginId = 'hanako.of-the-blue-keys'
    const { id, personal } = await customerWithEverything(loginId)
    const full = await snapshot(world)
    for (const value of personal) assert.notDeepEqual(cellsWith(full, value), [], value)

    for (const words of ['close', 'erase']) {
      const { status, said } = await run(['accounts', words, '--login-id', loginId], atOnce)
      assert.equal(status, 0, said)
    }
    // Nodes tell the applications, and what is counted by address alone runs out.
    await until(() => listener.heard[0])
    world.advance(10 * minutes)
    await sweep(world.deps)
    await until(async () =>
      cellsWith(await snapshot(world), id).every((cell) => !/^oidc/.test(cell)),
    )

    const empty = await snapshot(world)
    for (const value of personal) assert.deepEqual(cellsWith(empty, value), [], value)
    const { clients: _, ...ofPeople } = empty
    assert.deepEqual(cellsWith(ofPeople, '127.0.0.1'), ['audit_events.address'])
    assert.deepEqual(cellsWith(ofPeople, 'Chrome'), ['audit_events.browser'])
    const events = (rows = full['audit_events'] ?? []) =>
      rows.filter((row) => row['account_id'] === id)
    const after = events(empty['audit_events'])
    for (const event of events()) assert.ok(after.some((row) => row['id'] === event['id']))

    // docs/retention.md says the same of each table.
    const tables = Object.keys(empty).filter((name) => !name.startsWith('kysely_'))
    assert.deepEqual(tables.toSorted(), Object.keys(retention).toSorted())
    const left = new Set(cellsWith(empty, id).map((cell) => cell.split('.')[0]))
    for (const [table, { erased }] of Object.entries(retention)) {
      assert.equal(/^(go|—)/.test(erased) && left.has(table), false, table)
    }
    const [row] = (empty['accounts'] ?? []).filter((one) => one['id'] === id)
    assert.equal(row?.['lock_reason'], 'erased')
    if (database.name === 'postgres') return
    // Nor in the file, where SQLite by itself leaves what was deleted until the place is needed.
    using file = new DatabaseSync(world.database.address)
    // Not while the node's own checkpoints are under way.
    const checkpoint = () => {
      const { busy } = file.prepare('pragma wal_checkpoint(truncate)').get() ?? {}
      assert.equal(busy, 0)
    }
    await t.waitFor(checkpoint, { timeout: 10_000 })
    const bytes = readFileSync(world.database.address)
    assert.ok(bytes.includes(id))
    for (const value of personal) assert.ok(!bytes.includes(value), value)
  })

  test('is not undone by a command that has read the account before', async () => {
    const { loginId } = await world.addAccount()
    const seen = await requireAccount(world.deps, loginId)
    const deps = {
      ...world.deps,
      config: { ...world.config, retention: { eraseWait: 0, trail: null } },
    }
    assert.equal(await endContract(deps, seen, operator), null)
    const closed = await requireAccount(world.deps, loginId)
    assert.equal(await eraseAccount(deps, closed, operator), null)
    const erased = await accountRow(seen.id)
    const late = { code: 'not_found' }
    await assert.rejects(changeEmail(deps, seen, 'late@example.jp', operator), late)
    await assert.rejects(changePassword(deps, seen, 'a late and long one', operator), late)
    await assert.rejects(lockByCommand(deps, seen, operator), late)
    await assert.rejects(endContract(deps, seen, operator), late)
    assert.equal(await reopenAccount(deps, closed, operator), 'changed_meanwhile')
    assert.equal(await eraseAccount(deps, closed, operator), 'not_closed')
    assert.deepEqual(await accountRow(seen.id), erased)
    assert.deepEqual(cellsWith(await snapshot(world), 'late@example.jp'), [])
  })

  test('frees the login ID, and who gets it inherits nothing', async () => {
    const loginId = 'taken-once-more'
    const former = await customerWithEverything(loginId)
    const [credential] = former.personal.slice(5)
    for (const words of ['close', 'erase'])
      await run(['accounts', words, '--login-id', loginId], atOnce)
    const account = await world.addAccount(loginId, '鈴木 一郎')
    const { id } = await requireAccount(world.deps, loginId)
    assert.notEqual(id, former.id)
    assert.equal(expectProblem(await former.client.get('/api/session'), 401), 'not_signed_in')
    await lockAtOnce(world, account)
    const known = await givePassword(former.client, account)
    assert.equal(expectProblem(known, 401), 'sign_in_refused', 'the browser is not known to it')
    await run(['accounts', 'unlock', '--login-id', loginId])
    world.advance(15 * minutes)
    const client = await world.signIn(account)
    const state = expectStatus(
      await client.get<{ hold: unknown; secondFactor: string }>('/api/session'),
      200,
    )
    assert.deepEqual([state.hold, state.secondFactor], [null, 'email'])
    const { passkeys } = expectStatus(
      await client.get<{ passkeys: unknown[] }>('/api/passkeys'),
      200,
    )
    assert.deepEqual(passkeys, [])
    const { applications } = expectStatus(
      await client.get<{ applications: unknown[] }>('/api/applications'),
      200,
    )
    assert.deepEqual(applications, [])
    const { browsers } = expectStatus(
      await client.get<{ browsers: unknown[] }>('/api/browsers'),
      200,
    )
    assert.equal(browsers.length, 1)
    assert.deepEqual(cellsWith(await snapshot(world), String(credential)), [])
    const rows = await world.deps.db
      .selectFrom('audit_events')
      .select('event')
      .where('account_id', '=', id)
      .execute()
    assert.ok(!rows.some(({ event }) => event === 'authn_passkey_registered'))
  })

  test('is two steps, with a time between them in which a mistake can be mended', async () => {
    const { loginId } = await world.addAccount()
    const who = ['--login-id', loginId]
    const early = await run(['accounts', 'erase', ...who], atOnce)
    assert.deepEqual(
      [early.status, early.said],
      [1, 'it is not closed: accounts close comes first\n'],
    )
    const closed = await run(['accounts', 'close', ...who])
    assert.equal(closed.status, 0, closed.said)
    const lately = await run(['accounts', 'erase', ...who])
    assert.equal(lately.status, 1)
    assert.match(lately.said, /^it was closed lately: SEKISHO_ERASE_DAYS lets .* from 20.*Z on$/m)
    assert.deepEqual((await run(['accounts', 'erase', '--due'])).said, 'erased: 0\n')

    const account = await requireAccount(world.deps, loginId)
    const due = (account.lockedAt ?? 0) + 14 * days
    world.advance(due - 1 - world.now)
    assert.equal(await eraseAccount(world.deps, account, operator), 'closed_lately')
    assert.equal(await eraseDue(world.deps, operator), 0)
    const lockedMeanwhile = await world.addAccount()
    await lockByCommand(
      world.deps,
      await requireAccount(world.deps, lockedMeanwhile.loginId),
      operator,
    )
    world.advance(1)
    assert.equal(await eraseDue(world.deps, operator), 1)
    const again = await run(['accounts', 'erase', ...who], atOnce)
    assert.deepEqual([again.status, again.said], [1, 'there is no account with this login ID\n'])
    await requireAccount(world.deps, lockedMeanwhile.loginId)
  })

  const accountRow = (id: string) =>
    world.deps.db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
})
