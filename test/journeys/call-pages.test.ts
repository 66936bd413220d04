// 「受付番号」: which pages offer one, and what a number of each says to support.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { callPages, isUnbound } from '../../src/domain/vocabulary/calls.ts'
import { callNumbersPerNetwork } from '../../src/limits/calls.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { callTexts } from '../../src/text/console/calls/calls-texts.ts'
import { addressesOf } from '../support/checks/addresses.ts'
import { accountIdOf } from '../support/checks/records.ts'
import { seatOperator, type Seated } from '../support/world/desk-seats.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, atPasskey, givePassword } from '../support/world/journeys.ts'
import {
  activation,
  activationOf,
  askForgotten,
  forgotten,
  giveActivation,
  proveActivation,
  proveMailbox,
  recoverByPasskey,
} from '../support/world/recovery.ts'
import { authorizationRequest, follow, register } from '../support/world/relying-party.ts'
import { approve, askedFor, atDesk } from '../support/world/requests.ts'
import { seen, showNumber } from '../support/world/telephone.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

/** Forms that nobody fills in: they go on by themselves, or end the session at one press. */
const passedThrough = ['/oauth2/logout']

onEachDatabase('the pages with a number for a call', { reachable: true }, (world) => {
  let desk: RunningConsole
  let agent: Seated
  before(async () => {
    desk = await world.startConsole({ SEKISHO_RECOVERY_WAIT_HOURS: '24' })
  })
  beforeEach(async () => {
    world.advance(callNumbersPerNetwork.window)
    agent = await seatOperator(desk, ['agent'])
  })

  /** A browser at each place where somebody may be, with what stands in its addresses. */
  async function browsers(): Promise<readonly { client: HttpClient; id?: string; uid?: string }[]> {
    const byMail = await world.addAccount()
    const holder = await accountWithPasskey(world)
    const atCode = world.client()
    expectStatus(await givePassword(atCode, byMail), 200)
    await world.nextCode(byMail)
    const choosing = await proveMailbox(world, holder.account)
    const choosingDone = await proveMailbox(world, holder.account)
    expectStatus(await recoverByPasskey(choosingDone, holder.authenticator, holder.passkey.id), 200)
    const activating = await world.addAccount()
    const code = await activationOf(world, activating)
    const { client: given } = await giveActivation(world, activating, code)
    await world.nextCode(activating)
    const waits = await accountWithPasskey(world)
    const [asker, approver] = [
      await atDesk(world, desk, { roles: ['agent'] }),
      await atDesk(world, desk, { roles: ['approver'] }),
    ]
    const accountId = await accountIdOf(world, waits.account)
    const email = `new-${waits.account.email}`
    const { id } = await askedFor(asker, { act: 'change-email', accountId, email })
    expectStatus(await approve(approver, id), 200)
    const application = await register(world)
    const asked = async (wish: Record<string, string>) => {
      const client = await world.signIn(await world.addAccount())
      const { address } = await authorizationRequest(application, wish)
      const { pathname } = await follow(client, address)
      return { client, uid: pathname.split('/').at(-1) ?? '' }
    }
    return [
      { client: world.client() },
      { client: atCode },
      { client: await atPasskey(world, holder) },
      { client: await askForgotten(world, byMail) },
      { client: await proveMailbox(world, await world.addAccount()) },
      { client: choosing },
      { client: choosingDone },
      { client: given },
      { client: await proveActivation(world, await world.addAccount()) },
      { client: await world.signIn(await world.addAccount()) },
      { client: waits.client, id },
      await asked({ acr_values: 'phr' }),
      await asked({ prompt: 'consent' }),
    ]
  }

  test('are all on which there is something to do, wherever somebody is', async () => {
    const paths = (await addressesOf(world.deps)).filter((path) => !/^\/(api|assets)\//.test(path))
    const met = new Set<string>()
    for (const { client, id = 'none', uid = 'none' } of await browsers()) {
      for (const address of paths) {
        // Elsewhere below /oauth2/ a GET goes on, or gives up.
        const shows = address === '/oauth2/interaction/:uid'
        const path = address.replace(':id', id).replace(':uid', shows ? uid : 'none')
        const headers = { accept: 'text/html' }
        const { text } = await client.raw<unknown>({ method: 'GET', path, headers })
        const offers = [...text.matchAll(/id="call"\s+data-page="([\w-]+)"/g)].map(
          ([, page]) => page,
        )
        if (/<form\b/.test(text) && !passedThrough.includes(path)) {
          assert.equal(offers.length, 1, path)
        }
        for (const page of offers) met.add(page ?? '')
      }
    }
    assert.deepEqual([...met].sort(), [...callPages].sort(), 'each page that a number may name')
  })

  test('without sign-in or session tell support the step, and nothing of any account', async () => {
    const holder = await accountWithPasskey(world)
    const atChoice = await proveMailbox(world, holder.account)
    // Whoever types a login ID there may be anybody; what else the browser has is not of that page.
    const signedIn = await world.signIn(await world.addAccount())
    for (const page of callPages.filter(isUnbound)) {
      for (const client of [atChoice, signedIn]) {
        const call = await seen(agent, await showNumber(client, { page }))
        assert.deepEqual([call.page, call.step], [page, page])
        assert.deepEqual([call.account, call.passkeys, call.tries], [null, [], []], page)
        assert.equal(call.say.ja.length, 3, page)
        assert.equal(call.say.en.length, 3, page)
      }
    }
  })

  test('say to support that an activation code was refused, as the page says it', async () => {
    const account = await world.addAccount()
    const { client, answer } = await giveActivation(world, account, '0000-0000-0000-0000')
    const failure = expectProblem(answer, 400)
    assert.equal(failure, 'activation_refused')
    const call = await seen(agent, await showNumber(client, { page: 'activation', failure }))
    assert.equal(call.failure, 'ACTIVATION-REFUSED')
    const words = callTexts.ja.causes.activationRefused
    assert.deepEqual([call.cause, call.say.ja], [words.cause, words.say])
    assert.deepEqual(call.offers, ['activation-code', 'reopen'])
    expectProblem(await client.get(activation), 404)
    expectProblem(await client.get(forgotten), 404)
  })

  test('of a request that waits know the account of their session', async () => {
    const { client, passkey } = await accountWithPasskey(world)
    const call = await seen(agent, await showNumber(client, { page: 'pending' }))
    assert.deepEqual([call.page, call.step], ['pending', 'signed-in'])
    assert.deepEqual(
      call.passkeys.map(({ id }) => id),
      [passkey.id],
    )
  })
})
