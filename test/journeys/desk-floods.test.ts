// What strangers do to an account by its login ID alone hides from the desk nothing of what its holder met.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { newId } from '../../src/kernel/secrets.ts'
import { deskPage } from '../../src/limits/desk.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { accountIdOf, eventsOf } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  accountWithPasskey,
  askPasskey,
  atPasskey,
  givePassword,
} from '../support/world/journeys.ts'
import { seen, showNumber } from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const strangers =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
/** More than a page of the desk has. */
const flood = deskPage + 5

interface Page {
  readonly advice: readonly { readonly cause: string }[]
}

onEachDatabase('a flood of wrong passwords', (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole()
    agent = await seatOperator(desk, ['agent'])
  })

  test('hides neither the warning of a false site nor what the caller has tried', async () => {
    const holder = await accountWithPasskey(world)
    const { account, passkey, authenticator } = holder
    const browser = await atPasskey(world, holder)
    const answer = await authenticator.get(await askPasskey(browser, passkey.id))
    const { clientDataJSON } = answer.response
    const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as object
    const bent = Buffer.from(JSON.stringify({ ...data, origin: 'https://fake.example' }))
    const response = { ...answer.response, clientDataJSON: bent.toString('base64url') }
    expectProblem(await browser.post('/api/sign-in/passkey', { ...answer, response }), 400)
    const number = await showNumber(browser, { page: 'passkey' })
    const tries = async () => (await seen(agent, number)).tries.map(({ event }) => event)
    const path = `/api/accounts/${await accountIdOf(world, account)}`
    const causes = async () =>
      expectStatus(await agent.client.get<Page>(path), 200).advice.map(({ cause }) => cause)
    assert.deepEqual(await tries(), ['authn_passkey_fail'])
    assert.equal((await causes())[0], 'phishing')

    world.advance(1000)
    const wrong = { ...account, password: 'wrong' }
    expectProblem(await givePassword(world.client({ userAgent: strangers }), wrong), 401)
    // As often as would take the test long.
    const { db } = world.deps
    const [failed] = await eventsOf(world, account, 'authn_login_fail')
    assert.ok(failed)
    const detail = JSON.stringify(failed.detail)
    const copies = Array.from({ length: flood }, () => ({ ...failed, detail, id: newId() }))
    await db.insertInto('audit_events').values(copies).execute()
    assert.deepEqual(await tries(), ['authn_passkey_fail'])
    assert.deepEqual((await causes()).slice(0, 2), ['phishing', 'password-waits'])
  })
})
