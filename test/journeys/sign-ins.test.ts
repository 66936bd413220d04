// Rule 21: an attempt to sign in, from the password to the second factor.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { incrementFactorsVersion, updatePasswordHash } from '../../src/domain/accounts/store.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { removeLostPasskey } from '../../src/operations/support/remove-passkey.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { databaseText, rowsOf } from '../support/checks/tables.ts'
import { changePassword } from '../support/world/change-password.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { locksAwaited } from '../support/world/held-back.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  registerFirstPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const cookie = 'sekisho_sign_in'
const operator = { name: 'test', reason: 'test' }

onEachDatabase('an attempt to sign in', (world, database) => {
  async function begin(account: TestAccount, client = world.client()) {
    expectStatus(await givePassword(client, account), 200)
    return { client, code: await world.nextCode(account), token: tokenOf(client) }
  }

  const give = (client: HttpClient, code: string) =>
    client.post('/api/sign-in/email-code', { code })

  async function stored({ loginId }: TestAccount) {
    const account = await findAccount(world.deps, loginId)
    assert.ok(account)
    return account
  }

  /** The attempt is over for whoever holds its token: nothing is told, sent or let in. */
  async function assertEnded(token: string, code = '000000') {
    const client = world.client()
    client.setCookie(cookie, token)
    const calls = [
      client.get('/api/sign-in'),
      client.delete('/api/sign-in'),
      give(client, code),
      client.post('/api/sign-in/email-code/resend'),
      client.post('/api/sign-in/passkey/options', { passkeyId: 'x' }),
    ]
    for (const answer of await Promise.all(calls)) {
      assert.equal(expectProblem(answer, 404), 'no_sign_in')
    }
    assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
  }

  test('has a token of 256 bits, of which the database keeps only a hash', async () => {
    const account = await world.addAccount()
    const { token } = await begin(account)
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    const hash = createHash('sha256').update(token).digest('base64url')
    const [row] = await rowsOf(world, 'sign_ins', account)
    assert.equal(row?.['token_hash'], hash)
    assert.ok(!(await databaseText(world)).includes(token))
    await assertEnded(hash)
  })

  test('lives for 20 minutes, whatever is done in it', async () => {
    const account = await world.addAccount()
    const { client, token } = await begin(account)
    world.advance(10 * minutes)
    expectStatus(await client.post('/api/sign-in/email-code/resend'), 200)
    const code = await world.nextCode(account)
    world.advance(10 * minutes - 1)
    await sweep(world.deps)
    expectStatus(await client.get('/api/sign-in'), 200)
    world.advance(1)
    await assertEnded(token, code)
    world.advance(1)
    await sweep(world.deps)
    assert.deepEqual(await rowsOf(world, 'sign_ins', account), [])
  })

  test('is new at each password; the one that this browser had is over', async () => {
    const account = await world.addAccount()
    const first = await begin(account)
    const second = await begin(account, first.client)
    assert.notEqual(first.token, second.token)
    await assertEnded(first.token, first.code)
    assert.equal(expectProblem(await give(second.client, first.code), 400), 'code_wrong')
    expectStatus(await give(second.client, second.code), 200)
  })

  test('is not touched by one in another browser, nor by a wrong password in its own', async () => {
    const account = await world.addAccount()
    const [one, other] = [await begin(account), await begin(account)]
    const wrong = { loginId: account.loginId, password: 'wrong password' }
    assert.equal(
      expectProblem(await one.client.post('/api/sign-in', wrong), 401),
      'sign_in_refused',
    )
    expectStatus(await give(other.client, other.code), 200)
    expectStatus(await give(one.client, one.code), 200)
  })

  test('is over when it has succeeded', async () => {
    const account = await world.addAccount()
    const { client, code, token } = await begin(account)
    expectStatus(await give(client, code), 200)
    assert.equal(client.cookies.get(cookie), undefined)
    await assertEnded(token, code)
    assert.equal((await rowsOf(world, 'sessions', account)).length, 1)
  })

  test('is over when it was given up', async () => {
    const account = await world.addAccount()
    const { client, code, token } = await begin(account)
    const answer = await client.delete('/api/sign-in')
    assert.equal(expectStatus(answer, 204), '')
    assert.equal(client.cookies.get(cookie), undefined)
    await assertEnded(token, code)
  })

  test('is over when the password is changed', async () => {
    const account = await world.addAccount()
    const { code, token } = await begin(account)
    const password = 'another long password'
    assert.equal(await changePassword(world.deps, await stored(account), password, operator), null)
    await assertEnded(token, code)
    assert.equal(expectProblem(await givePassword(world.client(), account), 401), 'sign_in_refused')
    expectStatus(await givePassword(world.client(), { ...account, password }), 200)
  })

  test('does not begin with a password that is changed while it is checked', async (t) => {
    // On SQLite a transaction of this process keeps the whole database to itself.
    if (database.name === 'sqlite') return
    const account = await world.addAccount()
    const { id } = await stored(account)
    const { db } = world.deps
    const client = world.client()
    const begun = await db.transaction().execute(async (tx) => {
      await incrementFactorsVersion(tx, id)
      await updatePasswordHash(tx, id, 'another hash')
      const begun = givePassword(client, account)
      await locksAwaited(t, db, 1)
      return { begun }
    })
    assert.equal(expectProblem(await begun.begun, 401), 'sign_in_refused')
    assert.deepEqual(await rowsOf(world, 'sign_ins', account), [])
    assert.deepEqual(await rowsOf(world, 'email_codes', account), [])
    const [{ event, detail } = {}] = await rowsOf(world, 'audit_events', account).then((rows) =>
      rows.filter(({ event }) => event !== 'user_created'),
    )
    assert.equal(event, 'authn_login_fail')
    assert.deepEqual(JSON.parse(String(detail)), { factor: 'password', why: 'changed meanwhile' })
  })

  test('is over when the address is changed', async () => {
    const account = await world.addAccount()
    const { code, token } = await begin(account)
    await changeEmail(world.deps, await stored(account), 'new@example.jp', operator)
    await assertEnded(token, code)
  })

  test('is over when a passkey is registered, and when the factor is switched', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const authenticator = world.authenticator()
    const first = await begin(account)
    const { id } = await registerFirstPasskey(world, client, account, authenticator)
    await assertEnded(first.token, first.code)
    const second = await begin(account)
    await switchFactor(client, authenticator, id, 'passkey')
    await assertEnded(second.token, second.code)
    const third = world.client()
    expectStatus(await givePassword(third, account), 200)
    const options = await askPasskey(third, id)
    await switchFactor(client, authenticator, id, 'email')
    const answer = await authenticator.get(options)
    const late = await third.post('/api/sign-in/passkey', answer)
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    await assertEnded(tokenOf(third))
  })

  test('is over when a passkey is removed', async () => {
    const { account, passkey, authenticator } = await accountWithPasskey(world)
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    const options = await askPasskey(client, passkey.id)
    await removeLostPasskey(world.deps, await stored(account), passkey.id, operator)
    const answer = await authenticator.get(options)
    const late = await client.post('/api/sign-in/passkey', answer)
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    await assertEnded(tokenOf(client))
  })

  test('takes the factor that is in force and tells which one it is', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    for (const answer of [
      await give(client, '000000'),
      await client.post('/api/sign-in/email-code/resend'),
    ]) {
      assert.equal(expectProblem(answer, 409), 'wrong_step')
      assert.equal((answer.body as { step: string }).step, 'passkey')
    }
    const byMail = await begin(await world.addAccount())
    const options = { passkeyId: passkey.id }
    const answer = await byMail.client.post('/api/sign-in/passkey/options', options)
    assert.equal(expectProblem(answer, 409), 'wrong_step')
    assert.equal((answer.body as { step: string }).step, 'email-code')
  })

  test('is no session, and a session is no attempt', async () => {
    const account = await world.addAccount()
    const { client, code, token } = await begin(account)
    const thief = world.client()
    thief.setCookie('sekisho_session', token)
    assert.equal(expectProblem(await thief.get('/api/session'), 401), 'not_signed_in')
    expectStatus(await give(client, code), 200)
    await assertEnded(client.cookies.get('sekisho_session') ?? '')
  })

  test('remembers where it leads, and leads nowhere else', async () => {
    const account = await world.addAccount()
    const { loginId, password } = account
    const leads = async (continueTo: string) => {
      const client = world.client()
      expectStatus(await client.post('/api/sign-in', { loginId, password, continueTo }), 200)
      const answer = await give(client, await world.nextCode(account))
      return (expectStatus(answer, 200) as { continueTo: string }).continueTo
    }
    assert.equal(await leads('/oauth2/interaction/abc?x=1'), '/oauth2/interaction/abc?x=1')
    assert.equal(await leads('/portal/passkeys/new'), '/portal/passkeys/new')
    assert.equal(await leads('//evil.example/portal'), '/portal')
    assert.equal(await leads('https://evil.example/portal'), '/portal')
  })

  test('can be begun from every address that leads to it', async () => {
    const { loginId, password } = await world.addAccount()
    for (const query of [
      'a=1',
      'a='.padEnd(5000, 'a'),
      encodeURIComponent('あ'.repeat(400)),
      '%00',
    ]) {
      const client = world.client()
      const { location } = (await client.get(`/portal/second-factor?${query}`)).headers
      const { text } = await client.get(location ?? '')
      const continueTo = /data-continue-to="([^"]+)"/.exec(text)?.[1] ?? ''
      assert.match(continueTo, /^\/portal/)
      expectStatus(await client.post('/api/sign-in', { loginId, password, continueTo }), 200)
    }
  })
})

function tokenOf(client: HttpClient): string {
  const token = client.cookies.get(cookie)
  assert.ok(token)
  return token
}
