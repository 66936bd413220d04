// Rule 14 over all sign-ins and sessions of an account: wrong codes make their purpose wait.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { reopenAccount } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { otherThan, wrongCodes } from '../support/world/guessing.ts'
import { givePassword, openRegistration } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

onEachDatabase('wrong codes', (world) => {
  /** What the trail says of limits that began to refuse, the first one first. */
  const limitsReached = async (account: TestAccount) => {
    const rows = await rowsOf(world, 'audit_events', account)
    return rows
      .filter(({ event }) => event === 'excess_rate_limit_exceeded')
      .toSorted((one, other) => Number(one['at']) - Number(other['at']))
      .map(({ detail }) => JSON.parse(String(detail)) as Readonly<Record<string, unknown>>)
  }
  const refusedFor = async (account: TestAccount) => {
    const waiting = await givePassword(world.client(), account)
    assert.equal(expectProblem(waiting, 429), 'too_many_codes')
    return Number(waiting.headers['retry-after']) / 3600
  }

  test('ten wrong codes over several sign-ins make the purpose wait an hour', async () => {
    const account = await world.addAccount()
    await wrongCodes(world, account, 10)
    assert.equal(await refusedFor(account), 1)
    world.advance(1 * hours)
    await wrongCodes(world, account, 10)
    world.advance(1 * hours)
    assert.equal(await refusedFor(account), 1)
    world.advance(1 * hours)
    // A right one ends the row, so that nine more, again and again, bring no wait.
    for (let time = 0; time < 2; time += 1) {
      await world.signIn(account)
      await wrongCodes(world, account, 9)
      world.advance(31 * minutes)
    }
    await world.signIn(account)
    const purpose = 'sign-in'
    assert.deepEqual(await limitsReached(account), [
      { what: 'wrong codes', purpose, count: 10 },
      { what: 'wrong codes', purpose, count: 20 },
    ])
  })

  test('a code that was open when the wait began does not help either', async () => {
    const account = await world.addAccount()
    await wrongCodes(world, account, 6)
    const [client, other] = [world.client(), world.client()]
    expectStatus(await givePassword(client, account), 200)
    const code = await world.nextCode(account)
    expectStatus(await givePassword(other, account), 200)
    const wrong = otherThan(await world.nextCode(account))
    for (let time = 0; time < 4; time += 1) {
      expectProblem(await other.post('/api/sign-in/email-code', { code: wrong }), 400)
    }
    const refused = await client.post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(refused, 429), 'too_many_codes')
  })

  test('the wait doubles to a day, and at a hundred it stops until support', async () => {
    const account = await world.addAccount()
    for (const wait of [1, 2, 4, 8, 16, 24, 24, 24, 24]) {
      await wrongCodes(world, account, 10)
      assert.equal(await refusedFor(account), wait)
      world.advance(wait * hours)
    }
    await wrongCodes(world, account, 10)
    world.advance(365 * 24 * hours)
    assert.ok((await refusedFor(account)) > 365 * 24)
    const found = await requireAccount(world.deps, account.loginId)
    const support = { name: 'yamada', reason: 'identity checked' }
    assert.equal(await reopenAccount(world.deps, found, support), 'codes_resumed')
    await world.signIn(account)
  })

  test('each purpose has its own count', async () => {
    const account = await world.addAccount()
    const open = await world.signIn(account)
    expectStatus(await open.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    for (let session = 0; session < 2; session += 1) {
      const client = await world.signIn(account)
      expectStatus(await client.post('/api/passkeys/email-code'), 200)
      const wrong = otherThan(await world.nextCode(account))
      for (let time = 0; time < 5; time += 1) {
        const answer = await client.post('/api/passkeys/email-code/verify', { code: wrong })
        expectProblem(answer, 400)
      }
    }
    const late = await open.post('/api/passkeys/email-code/verify', { code })
    assert.equal(expectProblem(late, 429), 'too_many_codes')
    const client = await world.signIn(account)
    const refused = await client.post('/api/passkeys/email-code')
    assert.equal(expectProblem(refused, 429), 'too_many_codes')
    assert.equal(refused.headers['retry-after'], '3600')
    const purpose = 'passkey-registration'
    assert.deepEqual(await limitsReached(account), [{ what: 'wrong codes', purpose, count: 10 }])
    world.advance(1 * hours)
    await openRegistration(world, await world.signIn(account), account)
  })

  test('the fifth unused code is on record as the last, and each sign-in that it refuses', async () => {
    const account = await world.addAccount()
    for (let code = 0; code < 5; code += 1) {
      assert.deepEqual(await limitsReached(account), [])
      expectStatus(await givePassword(world.client(), account), 200)
    }
    for (let time = 0; time < 3; time += 1) await refusedFor(account)
    const expected = [{ what: 'unused codes', purpose: 'sign-in', count: 5 }]
    assert.deepEqual(await limitsReached(account), expected)
    const rows = await rowsOf(world, 'audit_events', account)
    const begun = rows
      .filter(({ event }) => event === 'authn_password_success')
      .map((row) => JSON.parse(String(row['detail'])) as Readonly<Record<string, unknown>>)
    const refused = begun.filter(({ why }) => why === 'too many codes')
    assert.deepEqual([begun.length, refused.length], [8, 3])
  })
})
