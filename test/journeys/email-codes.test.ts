// Rules 13, 14 and 15: codes by e-mail. (What is counted across attempts is in throttling's tests.)
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { databaseText, rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const cut = (code: string, sign: string) => `${code.slice(0, 3)}${sign}${code.slice(3)}`

const pastes: readonly ((code: string) => string)[] = [
  (code) => cut(code, '-'),
  (code) => cut(code, '－'),
  (code) => cut(code, '‐'),
  (code) => cut(code, 'ー'),
  (code) => cut(code, '\u200b'),
  (code) => `\ufeff${code}\u2060`,
  (code) => [...code].join('\u200d'),
  (code) => `認証コード：${code}`,
  (code) => `【 ${cut(code, ' ')} 】`,
  (code) => `Your code is ${code}. It is good for 10 minutes.`,
]

onEachDatabase('codes by e-mail', (world) => {
  /** A browser that gave the password, and the code that was mailed for it. */
  async function begin(account: TestAccount, client = world.client()) {
    expectStatus(await givePassword(client, account), 200)
    return { client, code: await world.nextCode(account) }
  }

  const give = (client: HttpClient, code: string) =>
    client.post('/api/sign-in/email-code', { code })
  const giveInSession = (client: HttpClient, code: string) =>
    client.post('/api/passkeys/email-code/verify', { code })
  const resend = (client: HttpClient) =>
    client.post<{ resendAfter: string }>('/api/sign-in/email-code/resend')

  test('a code is six digits and lies nowhere in the database', async () => {
    const { code } = await begin(await world.addAccount())
    assert.match(code, /^\d{6}$/)
    assert.doesNotMatch(await databaseText(world), new RegExp(`(?<!\\d)${code}(?!\\d)`))
  })

  test('a code is read with spaces and in full-width digits', async () => {
    const { client, code } = await begin(await world.addAccount())
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(' ')
    expectStatus(await give(client, ` ${wide}　`), 200)
  })

  test('a code is read with what people type or paste around it and in it', async () => {
    const account = await world.addAccount()
    for (const typed of pastes) {
      const { client, code } = await begin(account)
      const wrapped = typed(code)
      assert.equal((await give(client, wrapped)).status, 200, JSON.stringify(wrapped))
      world.advance(31 * minutes)
    }
    const { client } = await begin(account)
    for (const nothing of ['', '認証コード', '12345', '-', '123456 654321']) {
      assert.equal(expectProblem(await give(client, nothing), 400), 'code_wrong')
    }
  })

  test('a code works for 10 minutes and not a millisecond longer', async () => {
    const account = await world.addAccount()
    const [first, second] = [await begin(account), await begin(account)]
    const { expiresAt } = expectStatus(
      await first.client.get<{ expiresAt: string }>('/api/sign-in'),
      200,
    )
    assert.equal(Date.parse(expiresAt), world.now + 10 * minutes)
    world.advance(10 * minutes - 1)
    expectStatus(await give(first.client, first.code), 200)
    world.advance(1)
    assert.equal(expectProblem(await give(second.client, second.code), 400), 'code_expired')
    expectStatus(await resend(second.client), 200)
    expectStatus(await give(second.client, await world.nextCode(account)), 200)
  })

  test('a code works once', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    expectStatus(await giveInSession(client, code), 200)
    assert.equal(expectProblem(await giveInSession(client, code), 400), 'code_spent')
  })

  test('a code belongs to the attempt and to the session that asked for it', async () => {
    const account = await world.addAccount()
    const [one, other] = [await begin(account), await begin(account)]
    assert.equal(expectProblem(await give(one.client, other.code), 400), 'code_wrong')
    assert.equal(expectProblem(await give(other.client, one.code), 400), 'code_wrong')
    expectStatus(await give(one.client, one.code), 200)
    expectStatus(await give(other.client, other.code), 200)
    const asked = async ({ client }: typeof one) => {
      expectStatus(await client.post('/api/passkeys/email-code'), 200)
      return world.nextCode(account)
    }
    const [forOne, forOther] = [await asked(one), await asked(other)]
    assert.equal(expectProblem(await giveInSession(one.client, forOther), 400), 'code_wrong')
    assert.equal(expectProblem(await giveInSession(other.client, forOne), 400), 'code_wrong')
    expectStatus(await giveInSession(one.client, forOne), 200)
  })

  test('a code for one purpose is none for the other', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const attempt = await begin(account, client)
    assert.equal(expectProblem(await giveInSession(client, attempt.code), 400), 'code_expired')
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const forPasskey = await world.nextCode(account)
    assert.equal(expectProblem(await give(client, forPasskey), 400), 'code_wrong')
    expectStatus(await giveInSession(client, forPasskey), 200)
    expectStatus(await give(client, attempt.code), 200)
  })

  test("a session's code outlives its token", async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const authenticator = world.authenticator()
    const { id } = await registerFirstPasskey(world, client, account, authenticator)
    expectStatus(await proveSession(client, authenticator, id, 'register'), 200)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const token = client.cookies.get('sekisho_session')
    expectStatus(await proveSession(client, authenticator, id, 'step-up'), 200)
    assert.notEqual(client.cookies.get('sekisho_session'), token)
    expectStatus(await giveInSession(client, await world.nextCode(account)), 200)
  })

  test('five wrong codes end the attempt, whatever new codes it asked for', async () => {
    const account = await world.addAccount()
    const { client, code } = await begin(account)
    const tries = async (given: string, left: number) => {
      const answer = await give(client, given)
      assert.equal(expectProblem(answer, 400), 'code_wrong')
      assert.equal((answer.body as { triesLeft: number }).triesLeft, left)
    }
    for (const left of [4, 3, 2]) await tries(otherThan(code), left)
    world.advance(30_000)
    expectStatus(await resend(client), 200)
    const next = await world.nextCode(account)
    await tries(code === next ? otherThan(next) : code, 1)
    await tries(otherThan(next), 0)
    assert.equal(expectProblem(await give(client, next), 404), 'no_sign_in')
    assert.equal(expectProblem(await client.get('/api/sign-in'), 404), 'no_sign_in')
    assert.equal(expectProblem(await resend(client), 404), 'no_sign_in')
    assert.deepEqual(await rowsOf(world, 'sessions', account), [])
  })

  test('five wrong codes are all that a session has; it goes on without registering', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    for (const left of [4, 3, 2]) {
      const answer = await giveInSession(client, otherThan(code))
      assert.equal((answer.body as { triesLeft: number }).triesLeft, left)
    }
    world.advance(30_000)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const next = await world.nextCode(account)
    for (const left of [1, 0]) {
      const answer = await giveInSession(client, otherThan(next))
      assert.equal((answer.body as { triesLeft: number }).triesLeft, left)
    }
    assert.equal(expectProblem(await giveInSession(client, next), 400), 'code_spent')
    world.advance(30_000)
    const refused = await client.post('/api/passkeys/email-code')
    assert.equal(expectProblem(refused, 403), 'sign_in_again')
    expectStatus(await client.get('/api/session'), 200)
  })

  test('a right code gives a session its own try back and no other', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    expectProblem(await giveInSession(client, otherThan(code)), 400)
    expectStatus(await giveInSession(client, code), 200)
    const authenticator = world.authenticator()
    const { id } = expectStatus(await makePasskey(client, authenticator, 'Windows'), 201)
    expectStatus(await proveSession(client, authenticator, id, 'register'), 200)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const next = await world.nextCode(account)
    const answer = await giveInSession(client, otherThan(next))
    assert.equal((answer.body as { triesLeft: number }).triesLeft, 3)
  })

  test('a further code waits 30 seconds while the last one is unused', async () => {
    const account = await world.addAccount()
    const { client } = await begin(account)
    assert.deepEqual(wait(await resend(client)), [30, '30'])
    world.advance(29_001)
    assert.deepEqual(wait(await resend(client)), [1, '1'])
    world.advance(998)
    assert.deepEqual(wait(await resend(client)), [1, '1'])
    world.advance(1)
    const sent = expectStatus(await resend(client), 200)
    assert.equal(sent.resendAfter, new Date(world.now + 30_000).toISOString())
    assert.deepEqual(wait(await resend(client)), [30, '30'])
    expectStatus(await give(client, await world.nextCode(account)), 200)
    await openRegistration(world, client, account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    assert.deepEqual(wait(await client.post('/api/passkeys/email-code')), [30, '30'])
  })
})

/** A code that is not this one. */
function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

/** What a 429 says of the wait, in the body and in the header. */
function wait(answer: Answer): [number, string | undefined] {
  assert.equal(expectProblem(answer, 429), 'too_many_codes')
  const { retryAfterSeconds } = answer.body as { retryAfterSeconds: number }
  return [retryAfterSeconds, answer.headers['retry-after']]
}
