// Rules 22, 23 and 24: how long a session lives, what ends it, and how strong it is said to be.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { permissionLifetime } from '../../src/limits/passkeys.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { lockByCommand, reopenAccount } from '../../src/operations/support/lock-account.ts'
import { removeLostPasskey } from '../../src/operations/support/remove-passkey.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { databaseText, rowsOf } from '../support/checks/tables.ts'
import { changePassword } from '../support/world/change-password.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  givePassword,
  openRegistration,
  proveSession,
  registerFirstPasskey,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'

import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const cookie = 'sekisho_session'
const operator = { name: 'test', reason: 'test' }

interface SessionAnswer {
  readonly acr: string
  readonly amr: readonly string[]
  readonly signedInAt: string
  readonly provenAt: string
  readonly registerUntil: string | null
  readonly expiresAt: string
  readonly account: { readonly loginId: string }
}

onEachDatabase('a session', (world) => {
  const at = (milliseconds = 0) => new Date(world.now + milliseconds).toISOString()
  const look = async (client: HttpClient) =>
    expectStatus(await client.get<SessionAnswer>('/api/session'), 200)
  const lives = async (client: HttpClient) => (await client.get('/api/session')).status === 200

  /** A browser that holds this token of a session and nothing else. */
  function holding(token: string): HttpClient {
    const client = world.client()
    client.setCookie(cookie, token)
    return client
  }

  async function ownId(client: HttpClient): Promise<string | undefined> {
    const answer = await client.get<{ sessions: { id: string; current: boolean }[] }>(
      '/api/sessions',
    )
    return expectStatus(answer, 200).sessions.find(({ current }) => current)?.id
  }

  async function stored({ loginId }: TestAccount) {
    const account = await findAccount(world.deps, loginId)
    assert.ok(account)
    return account
  }

  test('has a token of 256 bits, of which the database keeps only a hash', async () => {
    const account = await world.addAccount()
    const token = tokenOf(await world.signIn(account))
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    const hash = createHash('sha256').update(token).digest('base64url')
    const [row] = await rowsOf(world, 'sessions', account)
    assert.equal(row?.['token_hash'], hash)
    assert.ok(!(await databaseText(world)).includes(token))
    assert.equal(await lives(holding(hash)), false)
    assert.equal(await lives(holding(String(row?.['id']))), false)
  })

  test('ends after 30 minutes without use', async () => {
    const client = await world.signIn(await world.addAccount())
    world.advance(30 * minutes - 1)
    await sweep(world.deps)
    assert.equal((await look(client)).expiresAt, at(30 * minutes))
    world.advance(30 * minutes)
    assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
    assert.equal((await client.get('/portal')).headers['location'], '/sign-in')
  })

  test('ends after 12 hours, however much it is used', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const end = at(12 * hours)
    for (let hour = 0; hour < 24; hour += 1) {
      world.advance(30 * minutes - 1)
      expectStatus(await client.get('/api/passkeys'), 200)
    }
    assert.equal((await look(client)).expiresAt, end)
    await sweep(world.deps)
    world.advance(23)
    assert.equal(await lives(client), true)
    world.advance(1)
    assert.equal(await lives(client), false)
    assert.equal((await rowsOf(world, 'sessions', account)).length, 1)
    await sweep(world.deps)
    assert.deepEqual(await rowsOf(world, 'sessions', account), [])
  })

  test('is not made longer by a proof', async () => {
    const { client, passkey, authenticator } = await accountWithPasskey(world)
    const { signedInAt } = await look(client)
    for (let hour = 0; hour < 24; hour += 1) {
      world.advance(30 * minutes - 1)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    }
    assert.equal((await look(client)).signedInAt, signedInAt)
    world.advance(24)
    assert.equal(await lives(client), false)
  })

  test('is over on the server when its holder signs out', async () => {
    const client = await world.signIn(await world.addAccount())
    const token = tokenOf(client)
    expectStatus(await client.delete('/api/session'), 204)
    assert.equal(client.cookies.get(cookie), undefined)
    assert.equal(await lives(holding(token)), false)
    assert.equal(expectProblem(await client.delete('/api/session'), 401), 'not_signed_in')
  })

  test('has a new token after a proof, and keeps its id', async () => {
    const { client, passkey, authenticator } = await accountWithPasskey(world)
    for (const purpose of ['step-up', 'register', 'switch'] as const) {
      const [token, id] = [tokenOf(client), await ownId(client)]
      expectStatus(await proveSession(client, authenticator, passkey.id, purpose), 200)
      assert.notEqual(tokenOf(client), token)
      assert.equal(await ownId(client), id)
      assert.equal(await lives(holding(token)), false)
    }
  })

  test('alone stays when the second factor is switched, in either direction', async () => {
    const account = await world.addAccount()
    const [client, other] = [await world.signIn(account), await world.signIn(account)]
    const stranger = await world.signIn(await world.addAccount())
    const authenticator = world.authenticator()
    const { id } = await registerFirstPasskey(world, client, account, authenticator)
    assert.equal(await lives(other), true)
    await switchFactor(client, authenticator, id, 'passkey')
    assert.deepEqual([await lives(client), await lives(other)], [true, false])
    const third = await signInWithPasskey(world, account, authenticator, id)
    await switchFactor(third, authenticator, id, 'email')
    assert.deepEqual([await lives(client), await lives(third)], [false, true])
    assert.equal(await lives(stranger), true)
  })

  test('ends with all others of the account by what support does', async () => {
    const stranger = await world.signIn(await world.addAccount())
    const account = await world.addAccount()
    const two = async () => [await world.signIn(account), await world.signIn(account)]
    const ended = async (clients: readonly HttpClient[]) => {
      assert.deepEqual(await Promise.all(clients.map(lives)), [false, false])
      assert.deepEqual(await rowsOf(world, 'sessions', account), [])
    }
    const forAddress = await two()
    await changeEmail(world.deps, await stored(account), `new.${account.email}`, operator)
    await ended(forAddress)
    await changeEmail(world.deps, await stored(account), account.email, operator)
    const forPassword = await two()
    await changePassword(world.deps, await stored(account), account.password, operator)
    await ended(forPassword)
    const forLock = await two()
    await lockByCommand(world.deps, await stored(account), operator)
    await ended(forLock)
    await reopenAccount(world.deps, await stored(account), operator)
    const [client, other] = await two()
    assert.ok(client && other)
    const { id } = await registerFirstPasskey(world, client, account, world.authenticator())
    await removeLostPasskey(world.deps, await stored(account), id, operator)
    await ended([client, other])
    assert.equal(await lives(stranger), true)
  })

  test('is ended from another one of the same account, and from no other account', async () => {
    const account = await world.addAccount()
    const [client, other] = [await world.signIn(account), await world.signIn(account)]
    const passerBy = await world.addAccount()
    const stranger = await world.signIn(passerBy)
    const id = await ownId(other)
    await proveChange(stranger, { world, account: passerBy })
    const refused = await stranger.delete(`/api/sessions/${id}`)
    assert.equal(expectProblem(refused, 404), 'not_found')
    const unproven = await client.delete(`/api/sessions/${id}`)
    assert.equal(expectProblem(unproven, 403), 'proof_needed')
    assert.equal(await lives(other), true)
    await proveChange(client, { world, account })
    expectStatus(await client.delete(`/api/sessions/${id}`), 204)
    assert.deepEqual([await lives(other), await lives(client)], [false, true])
    assert.equal(expectProblem(await client.delete(`/api/sessions/${id}`), 404), 'not_found')
    expectStatus(await client.delete(`/api/sessions/${await ownId(client)}`), 204)
    assert.deepEqual([client.cookies.get(cookie), await lives(client)], [undefined, false])
  })

  test('ends all others at once after a fresh proof, which it leaves for one change', async () => {
    const account = await world.addAccount()
    const [client, other, third] = [
      await world.signIn(account),
      await world.signIn(account),
      await world.signIn(account),
    ]
    const stranger = await world.signIn(await world.addAccount())
    assert.equal(expectProblem(await client.delete('/api/sessions'), 403), 'proof_needed')
    assert.equal(await lives(other), true)
    await proveChange(client, { world, account })
    world.advance(permissionLifetime)
    assert.equal(expectProblem(await client.delete('/api/sessions'), 403), 'proof_needed')
    await proveChange(client, { world, account })
    expectStatus(await client.delete('/api/sessions'), 204)
    assert.deepEqual(await Promise.all([client, other, third, stranger].map(lives)), [
      true,
      false,
      false,
      true,
    ])
    const fourth = await world.signIn(account)
    expectStatus(await client.delete(`/api/sessions/${await ownId(fourth)}`), 204)
    expectStatus(await client.delete('/api/sessions'), 204)
    assert.equal(await lives(client), true)
    // A proof for something else opens none of this.
    const passkeyHolder = await accountWithPasskey(world)
    const { authenticator, passkey } = passkeyHolder
    for (const purpose of ['step-up', 'register', 'switch'] as const) {
      await proveSession(passkeyHolder.client, authenticator, passkey.id, purpose)
      const refused = await passkeyHolder.client.delete('/api/sessions')
      assert.equal(expectProblem(refused, 403), 'proof_needed')
    }
    await proveChange(passkeyHolder.client, { authenticator, passkey })
    expectStatus(await passkeyHolder.client.delete('/api/sessions'), 204)
  })

  test('inherits nothing from the one that the browser had', async () => {
    const { account, client, passkey, authenticator } = await accountWithPasskey(world)
    expectStatus(await proveSession(client, authenticator, passkey.id, 'register'), 200)
    await openRegistration(world, client, account)
    expectStatus(await proveSession(client, authenticator, passkey.id, 'switch'), 200)
    const [token, id] = [tokenOf(client), await ownId(client)]
    assert.notEqual((await look(client)).registerUntil, null)
    const form = { name: 'Another', device: 'phone' }

    await signInWithPasskey(world, account, authenticator, passkey.id, client)
    assert.notEqual(await ownId(client), id)
    assert.equal(await lives(holding(token)), false)
    assert.equal((await look(client)).registerUntil, null)
    const begun = await client.post('/api/passkeys/options', form)
    assert.equal(expectProblem(begun, 403), 'passkey_needed')
    const switched = await client.put('/api/second-factor', { method: 'email' })
    assert.equal(expectProblem(switched, 403), 'passkey_needed')

    const other = await world.addAccount()
    const before = tokenOf(client)
    await world.signIn(other, client)
    assert.equal((await look(client)).account.loginId, other.loginId)
    assert.equal((await look(client)).acr, 'urn:sekisho:acr:email-code')
    assert.equal(await lives(holding(before)), false)
  })

  test('stays while another sign-in in the same browser is not finished', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await givePassword(client, account), 200)
    assert.equal(await lives(client), true)
    expectStatus(await client.delete('/api/sign-in'), 204)
    assert.equal(await lives(client), true)
  })
})

function tokenOf(client: HttpClient): string {
  const token = client.cookies.get(cookie)
  assert.ok(token)
  return token
}
