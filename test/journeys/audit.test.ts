// Rule 28: what happened is on record, and nothing secret is, there or in the log.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { auditEvents } from '../../src/domain/audit/events.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { removeLostPasskey } from '../../src/operations/support/remove-passkey.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { changePassword } from '../support/world/change-password.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { heldBack } from '../support/world/held-back.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import {
  expectProblem,
  expectStatus,
  type World,
  type TestAccount,
} from '../support/world/world.ts'

const operator = { name: 'suzuki', reason: 'asked by telephone' }

interface Event {
  readonly event: string
  readonly at: number
  readonly actor: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly request_id: string | null
  readonly address: string | null
  readonly browser: string | null
}

onEachDatabase('the audit trail', (world, database) => {
  const stored = async (loginId: string) => {
    const account = await findAccount(world.deps, loginId)
    assert.ok(account)
    return account
  }

  async function eventsOf(account: TestAccount): Promise<readonly Event[]> {
    const rows = await rowsOf(world, 'audit_events', account)
    return rows
      .toSorted((one, other) => Number(one['at']) - Number(other['at']) || byId(one, other))
      .map((row) => ({ ...row, detail: JSON.parse(String(row['detail'])) }) as unknown as Event)
  }

  /** What the steps so far put on record since the last question, in their order. */
  function follow(account: TestAccount) {
    let known = 0
    return async (...expected: readonly (readonly [string, object?])[]) => {
      world.advance(1000)
      const events = (await eventsOf(account)).slice(known)
      known += events.length
      assert.deepEqual(
        events.map(({ event }) => event),
        expected.map(([event]) => event),
      )
      for (const [name, detail = {}] of expected) {
        const event = events.find((one) => one.event === name)
        const told = Object.fromEntries(Object.keys(detail).map((key) => [key, event?.detail[key]]))
        assert.deepEqual(told, detail)
      }
      return events
    }
  }

  test('tells of every step of an account, in the words of OWASP', async () => {
    const account = await world.addAccount()
    const recorded = follow(account)
    await recorded(['user_created'])
    const client = world.client()
    const { loginId } = account
    const wrong = { loginId, password: 'wrong password' }
    expectProblem(await client.post('/api/sign-in', wrong), 401)
    await recorded(['authn_login_fail', { factor: 'password' }])
    expectStatus(await givePassword(client, account), 200)
    await recorded(
      ['authn_code_sent', { purpose: 'sign-in' }],
      ['authn_password_success', { next: 'email' }],
    )
    const code = await world.nextCode(account)
    expectProblem(await giveCode(client, code === '111111' ? '222222' : '111111'), 400)
    const byGuest = await recorded(['authn_code_fail', { factor: 'email', triesLeft: 4 }])
    expectStatus(await giveCode(client, code), 200)
    const proven = await recorded(
      ['session_created', { acr: 'urn:sekisho:acr:email-code' }],
      ['authn_login_success', { factor: 'email' }],
    )
    assert.deepEqual(
      [...byGuest, ...proven].map(({ actor }) => actor),
      ['guest', 'holder', 'holder'],
    )

    const authenticator = world.authenticator()
    await openRegistration(world, client, account)
    await recorded(['authn_code_sent', { purpose: 'passkey-registration' }])
    const passkey = expectStatus(await makePasskey(client, authenticator, 'Windows'), 201).id
    await recorded(['authn_passkey_registered', { passkey, synced: false }])
    await switchFactor(client, authenticator, passkey, 'passkey')
    await recorded(
      ['authn_proof_success', { purpose: 'switch', passkey }],
      ['authn_factor_switched', { from: 'email', to: 'passkey' }],
    )

    const other = world.client()
    expectStatus(await givePassword(other, account), 200)
    const bad = await authenticator.get(await askPasskey(other, passkey), { signature: 'bogus' })
    expectProblem(await other.post('/api/sign-in/passkey', bad), 400)
    const [, failed] = await recorded(
      ['authn_password_success', { next: 'passkey' }],
      ['authn_passkey_fail', { purpose: 'sign-in', passkey }],
    )
    assert.equal(failed?.actor, 'guest')
    const good = await authenticator.get(await askPasskey(other, passkey), { counter: 9 })
    expectStatus(await other.post('/api/sign-in/passkey', good), 200)
    await recorded(
      ['session_created', { acr: 'phr' }],
      ['authn_login_success', { factor: 'passkey', passkey }],
    )
    const [credential] = authenticator.credentials
    assert.ok(credential)
    credential.counter = 2
    expectProblem(await proveSession(client, authenticator, passkey, 'step-up'), 400)
    await recorded(
      ['authn_passkey_counter', { passkey, kept: 9, got: 3 }],
      ['authn_passkey_fail', { purpose: 'step-up', passkey }],
    )
    const sessions = await client.get<{ sessions: { id: string; current: boolean }[] }>(
      '/api/sessions',
    )
    const { sessions: rows } = expectStatus(sessions, 200)
    const id = rows.find(({ current }) => !current)?.id
    credential.counter = 20
    await proveChange(client, { authenticator, passkey: { id: passkey } })
    expectStatus(await client.delete(`/api/sessions/${id}`), 204)
    await recorded(['authn_proof_success', { purpose: 'change', passkey }], ['session_ended'])
    expectStatus(await client.delete('/api/sessions'), 204)
    await recorded()
    await signInWithPasskey(world, account, authenticator, passkey)
    await recorded(
      ['authn_password_success'],
      ['session_created'],
      ['authn_login_success', { factor: 'passkey', passkey }],
    )
    expectStatus(await client.delete('/api/sessions'), 204)
    await recorded(['session_ended'])
    const { browsers } = (await client.get<{ browsers: { id: string }[] }>('/api/browsers')).body
    const knownBrowser = browsers[0]?.id
    expectStatus(await client.delete(`/api/browsers/${knownBrowser}`), 204)
    await recorded(['authn_browser_forgotten', { knownBrowser }])
    expectStatus(await client.delete('/api/session'), 204)
    const byHolder = await recorded(['session_logout'])
    assert.ok(byHolder.every(({ actor }) => actor === 'holder'))

    await removeLostPasskey(world.deps, await stored(loginId), passkey, operator)
    const { reason } = operator
    const removed = await recorded(
      ['authn_passkey_removed', { passkey, reason, last: true }],
      ['authn_factor_switched', { from: 'passkey', to: 'email', reason }],
    )
    await changePassword(world.deps, await stored(loginId), 'another long one', operator)
    const changed = await recorded(['authn_password_change', { reason }])
    await changeEmail(world.deps, await stored(loginId), 'new@example.jp', operator)
    const moved = await recorded(['user_updated', { what: 'email', reason }])
    for (const { actor } of [...removed, ...changed, ...moved]) {
      assert.equal(actor, 'operator:suzuki')
    }
  })

  test('tells the time after the wait for another act', async (t) => {
    // On SQLite the acts of a process wait before they begin.
    if (database.name === 'sqlite') return
    const account = await world.addAccount()
    const began = world.now
    const begin = () => [givePassword(world.client(), account)]
    const meanwhile = () => world.advance(2000)
    const [answer] = await heldBack(t, world, 'accounts', 1, begin, meanwhile)
    expectStatus(await (answer ?? assert.fail()), 200)
    const events = await eventsOf(account)
    assert.deepEqual(
      events.filter(({ at }) => at >= began + 2000).map(({ event }) => event),
      ['authn_code_sent', 'authn_password_success'],
    )
  })

  test('names its events as the vocabulary does', () => {
    const word = /^(authn|authz|session|user|sequence|excess|sensitive|sys)_[a-z_]+$/
    assert.ok(Object.keys(auditEvents).every((name) => word.test(name)))
  })

  test('says who asked, from where, and in which request', async () => {
    const account = await world.addAccount()
    const client = world.client()
    const answer = await givePassword(client, account)
    const event = (await eventsOf(account)).find(({ event }) => event === 'authn_code_sent')
    assert.equal(event?.request_id, answer.headers['x-request-id'])
    assert.deepEqual([event?.address, event?.browser], ['127.0.0.1', 'Chrome'])
    const lines = linesOf(world, answer)
    assert.equal(lines.length, 1)
    const { method, path, status, milliseconds } = lines[0] ?? {}
    assert.deepEqual([method, path, status], ['POST', '/api/sign-in', 200])
    assert.equal(typeof milliseconds, 'number')
  })

  test('stands beside a log that says of each refusal what it was for', async () => {
    const client = await world.signIn(await world.addAccount())
    const foreign = { method: 'DELETE', path: '/api/session', headers: { origin: undefined } }
    const refusals: readonly (readonly [Answer, number, string])[] = [
      [await client.raw(foreign), 403, 'cross_site'],
      [
        await client.post('/api/passkeys/options', { name: 'A', device: 'phone' }),
        403,
        'email_code_needed',
      ],
      [await client.post('/api/sign-in', { loginId: 7 }), 400, 'invalid_request'],
      [await world.client().get('/api/passkeys'), 401, 'not_signed_in'],
      [await client.get('/nothing'), 404, 'not_found'],
    ]
    for (const [answer, status, code] of refusals) {
      assert.equal(answer.status, status)
      const [line] = linesOf(world, answer)
      assert.deepEqual([line?.['status'], line?.['code']], [status, code])
      assert.ok(line?.['path'] && line['address'])
    }
  })
})

function byId(one: Readonly<Record<string, unknown>>, other: typeof one): number {
  return String(one['id']) < String(other['id']) ? -1 : 1
}

function giveCode(client: HttpClient, code: string): Promise<Answer> {
  return client.post('/api/sign-in/email-code', { code })
}

/** The log lines of one request. */
function linesOf(world: World, answer: Answer): readonly Record<string, unknown>[] {
  const lines = world.log.map((line) => JSON.parse(line) as Record<string, unknown>)
  return lines.filter(({ requestId }) => requestId === answer.headers['x-request-id'])
}
