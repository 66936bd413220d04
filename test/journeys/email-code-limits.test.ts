// Rules 14 and 15 under pressure: many answers at once, and how many codes an account is sent.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { heldBack } from '../support/world/held-back.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const twenty = Array.from({ length: 20 }, (_, index) => index)

onEachDatabase('the limits of codes by e-mail', (world, database) => {
  before(async () => {
    // Two nodes of one process cannot share an SQLite file: each would wait for itself.
    if (database.name === 'postgres') await world.startNode()
  })

  /** The same browser on every node there is, in turn. */
  const onAllNodes = (client: HttpClient) => (index: number) =>
    client.through(world.url(index % world.nodes.length))

  async function begin(account: TestAccount) {
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    return { client, code: await world.nextCode(account) }
  }

  const count = async (table: 'sessions' | 'sign_ins' | 'email_codes', account: TestAccount) =>
    (await rowsOf(world, table, account)).length

  test('of twenty right answers at once one signs in', async () => {
    const account = await world.addAccount()
    const { client, code } = await begin(account)
    const node = onAllNodes(client)
    const answers = await Promise.all(
      twenty.map((index) => node(index).post('/api/sign-in/email-code', { code })),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const refusals = new Set(answers.map(codeOfRefusal))
    assert.deepEqual(refusals.difference(new Set([undefined, 'no_sign_in', 'code_spent'])).size, 0)
    assert.equal(await count('sessions', account), 1)
    assert.equal(await count('sign_ins', account), 0)
  })

  test('of twenty wrong answers at once five are tried, and the attempt is over', async () => {
    const account = await world.addAccount()
    const { client, code } = await begin(account)
    const node = onAllNodes(client)
    const wrong = twenty.map((index) => otherThan(code, index + 1))
    const answers = await Promise.all(
      wrong.map((code, index) => node(index).post('/api/sign-in/email-code', { code })),
    )
    assert.deepEqual(triesLeft(answers), [0, 1, 2, 3, 4])
    assert.ok(answers.every(({ status }) => status === 400 || status === 404))
    const late = await client.post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    assert.equal(await count('sessions', account), 0)
  })

  test('of twenty wrong answers at once in a session five are tried', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    const node = onAllNodes(client)
    const answers = await Promise.all(
      twenty.map((index) =>
        node(index).post('/api/passkeys/email-code/verify', { code: otherThan(code, index + 1) }),
      ),
    )
    assert.deepEqual(triesLeft(answers), [0, 1, 2, 3, 4])
    const late = await client.post('/api/passkeys/email-code/verify', { code })
    assert.equal(expectProblem(late, 400), 'code_spent')
  })

  test('of twenty right answers at once in a session one opens the registration', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    const node = onAllNodes(client)
    const answers = await Promise.all(
      twenty.map((index) => node(index).post('/api/passkeys/email-code/verify', { code })),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const refused = answers.filter(({ status }) => status !== 200).map(codeOfRefusal)
    assert.deepEqual([...new Set(refused)], ['code_spent'])
  })

  test('of twenty wishes at once for another code one is met', async () => {
    const account = await world.addAccount()
    const { client } = await begin(account)
    world.advance(30_000)
    const node = onAllNodes(client)
    const answers = await Promise.all(
      twenty.map((index) => node(index).post('/api/sign-in/email-code/resend')),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.filter(({ status }) => status === 429).length, 19)
    assert.equal(await count('email_codes', account), 2)
  })

  test('an account has five unused codes in 30 minutes, whoever asks', async () => {
    const [account, other] = [await world.addAccount(), await world.addAccount()]
    const browsers: Awaited<ReturnType<typeof begin>>[] = []
    for (let count = 0; count < 5; count += 1) {
      browsers.push(await begin(account))
      world.advance(1 * minutes)
    }
    const refused = world.client()
    const wait = waitOf(await givePassword(refused, account))
    assert.deepEqual(wait, [25 * 60, String(25 * 60)])
    const step = await refused.get<{ expiresAt: string | null }>('/api/sign-in')
    assert.equal(expectStatus(step, 200).expiresAt, null)
    const [first] = browsers
    assert.ok(first)
    assert.deepEqual(waitOf(await first.client.post('/api/sign-in/email-code/resend')), wait)
    expectStatus(await givePassword(world.client(), other), 200)

    world.advance(25 * minutes - 1)
    await sweep(world.deps)
    assert.deepEqual(waitOf(await givePassword(refused, account)), [1, '1'])
    world.advance(1)
    const again = await begin(account)
    assert.deepEqual(waitOf(await givePassword(refused, account)), [60, '60'])
    expectStatus(await again.client.post('/api/sign-in/email-code', { code: again.code }), 200)
    expectStatus(await givePassword(refused, account), 200)
  })

  test('codes that were used are not counted', async () => {
    const account = await world.addAccount()
    for (let count = 0; count < 7; count += 1) await world.signIn(account)
  })

  test('of four sign-ins at once two are sent the two codes that are left', async (t) => {
    const account = await world.addAccount()
    for (let count = 0; count < 3; count += 1) await begin(account)
    const node = onAllNodes(world.client())
    const begun = () => [0, 1, 2, 3].map((index) => givePassword(node(index), account))
    const answers = await Promise.all(
      database.name === 'postgres' ? await heldBack(t, world, 'email_codes', 4, begun) : begun(),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 429, 429])
    assert.equal(await count('email_codes', account), 5)
  })
})

/** A code that is `by` steps away from this one. */
function otherThan(code: string, by: number): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0')
}

function codeOfRefusal({ body }: Answer): unknown {
  return (body as { code?: unknown }).code
}

function triesLeft(answers: readonly Answer[]): number[] {
  const wrong = answers.filter((answer) => codeOfRefusal(answer) === 'code_wrong')
  return wrong.map(({ body }) => (body as { triesLeft: number }).triesLeft).sort((a, b) => a - b)
}

/** What a 429 says of the wait, in the body and in the header. */
function waitOf(answer: Answer): [number, string | undefined] {
  assert.equal(expectProblem(answer, 429), 'too_many_codes')
  const { retryAfterSeconds } = answer.body as { retryAfterSeconds: number }
  return [retryAfterSeconds, answer.headers['retry-after']]
}
