// Rules 8 and 33: the broker's own applications are shown while they hold something, and taken back at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as oauth from 'openid-client'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { tokenLifetime } from '../../src/limits/openid.ts'
import { idleLifetime } from '../../src/limits/sessions.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { accountIdOf, eventsOf } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  answerOf,
  isActive,
  press,
  questionAt,
  signedIn,
  startListener,
  tokensOf,
  until,
} from '../support/world/openid.ts'
import { authorizationRequest, follow, newDPoP, register } from '../support/world/relying-party.ts'
import { pairAtDesk } from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

interface Application {
  readonly id: string
  readonly thirdParty: boolean
  readonly allowedAt: string | null
  readonly lastUsedAt: string | null
}

interface SessionRow {
  readonly id: string
  readonly current: boolean
  readonly applicationsOnly: boolean
}

onEachDatabase('an application of the broker’s own', { reachable: true }, (world) => {
  const listed = async (client: HttpClient) =>
    expectStatus(await client.get<{ applications: Application[] }>('/api/applications'), 200)
      .applications

  test('is listed while it holds something, with its last use, and ends by a fresh proof', async (t) => {
    const listener = await startListener()
    t.after(() => listener.stop())
    const desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
    const { client, account } = await signedIn(world)
    assert.deepEqual(await listed(client), [])
    const began = Date.now()
    const tokens = await tokensOf(desk, client)
    const other = await signedIn(world)
    const theirs = await tokensOf(desk, other.client)

    const [application, ...more] = await listed(client)
    assert.deepEqual(more, [])
    assert.ok(application)
    const { id, thirdParty, allowedAt, lastUsedAt } = application
    assert.deepEqual([id, thirdParty, allowedAt], [desk.clientId, false, null])
    const used = Date.parse(lastUsedAt ?? '')
    assert.ok(used >= began - 1 * seconds && used <= Date.now(), lastUsedAt ?? 'never')
    assert.match((await client.get('/portal')).text, /data-application="[\w-]{22}"/)

    const path = `/api/applications/${desk.clientId}`
    assert.equal(expectProblem(await client.delete(path), 403), 'proof_needed', 'just signed in')
    assert.equal(await isActive(desk, tokens.access_token), true)
    await proveChange(client, { world, account })
    expectStatus(await client.delete(path), 204)
    assert.equal(await isActive(desk, tokens.access_token), false)
    assert.equal(await isActive(desk, theirs.access_token), true, 'of one account alone')
    assert.equal(expectProblem(await client.delete(path), 404), 'not_found')
    assert.deepEqual(await listed(client), [])
    assert.ok(await until(() => listener.heard[0]), 'it was told')
    const events = await eventsOf(world, account, 'authz_application_ended')
    assert.deepEqual(
      events.map(({ detail }) => detail),
      [{ client: desk.clientId, name: 'NEOTRADER' }],
    )
    assert.equal((await client.get('/api/session')).status, 200, 'the session goes on')

    await tokensOf(desk, client)
    assert.equal((await listed(client)).length, 1, 'and it may be used again')
    expectStatus(await client.delete('/api/session'), 204)
    const { client: later } = await signedIn(world, { account })
    assert.deepEqual(await listed(later), [], 'what it held has ended with the session')
  })

  test('a program that was disconnected gets nothing before its person presses again', async () => {
    const native = await register(world, 'native')
    const { client, account } = await signedIn(world)
    const { client: phone } = await signedIn(world, { account })
    const stranger = await signedIn(world)
    const everywhere = [client, phone, stranger.client]
    const DPoP = await newDPoP(native)
    for (const browser of everywhere) await tokensOf(native, browser, {}, { DPoP })
    await proveChange(client, { world, account })
    expectStatus(await client.delete(`/api/applications/${native.clientId}`), 204)

    const answers = []
    for (const browser of everywhere) {
      const silent = await follow(
        browser,
        (await authorizationRequest(native, { prompt: 'none' })).address,
      )
      answers.push(answerOf(world, silent).error)
    }
    const again = 'interaction_required'
    assert.deepEqual(answers, [again, again, null], 'in all sessions of that account alone')
    const page = await follow(phone, (await authorizationRequest(native)).address)
    assert.equal((await questionAt(phone, page))?.question, 'loopback')
    assert.ok(answerOf(world, await press(phone, page)).code)
  })
})

const apart = { reachable: true, stillClock: true, startsAt: 'now' } as const

onEachDatabase('an application as time goes by', apart, (world) => {
  test('its last use moves with each refresh, and never back', async () => {
    const parties = [await register(world), await register(world, 'web', { thirdParty: true })]
    const { client } = await signedIn(world)
    const began = world.now
    const lastUses = async () => {
      const { applications } = expectStatus(
        await client.get<{ applications: Application[] }>('/api/applications'),
        200,
      )
      const ages = applications.map(({ lastUsedAt }) => Date.parse(lastUsedAt ?? '') - began)
      return ages.map((age) => Math.round(age / minutes))
    }
    const refreshTokens = []
    for (const party of parties) refreshTokens.push((await tokensOf(party, client)).refresh_token)
    assert.deepEqual(await lastUses(), [0, 0])
    world.advance(25 * minutes)
    for (const [count, { configuration }] of parties.entries()) {
      await oauth.refreshTokenGrant(configuration, refreshTokens[count] ?? '')
    }
    assert.deepEqual(await lastUses(), [25, 25])
    world.advance(tokenLifetime + minutes)
    await sweep(world.deps)
    assert.deepEqual(await lastUses(), [25, 25], 'when the tokens have expired')
  })

  test('its session is shown while it holds something, and ended, when nobody is left at its pages', async () => {
    const party = await register(world)
    const account = await world.addAccount()
    const [thief, unused] = [await world.signIn(account), await world.signIn(account)]
    expectStatus(await unused.get('/api/session'), 200)
    const { refresh_token, access_token } = await tokensOf(party, thief)
    world.advance(idleLifetime + minutes)
    const { agent } = await pairAtDesk(world)
    const holder = await world.signIn(account)
    const others = async () => {
      const { sessions } = expectStatus(
        await holder.get<{ sessions: SessionRow[] }>('/api/sessions'),
        200,
      )
      return sessions.filter(({ current }) => !current)
    }
    const [shown, ...more] = await others()
    assert.ok(shown)
    assert.deepEqual([shown.applicationsOnly, more], [true, []], 'what ran out for good is not')
    const page = (await holder.get('/portal')).text
    assert.match(page, /アプリケーションのご利用だけが続いています/)
    assert.match(page, /ほかの端末からログアウト/)
    const address = `/api/accounts/${await accountIdOf(world, account)}`
    const desk = expectStatus(await agent.client.get<{ sessions: SessionRow[] }>(address), 200)
    const only = desk.sessions.map(({ applicationsOnly }) => applicationsOnly)
    assert.deepEqual(only, [false, true], 'and support sees it')

    await proveChange(holder, { world, account })
    expectStatus(await holder.delete(`/api/sessions/${shown.id}`), 204)
    assert.equal(await isActive(party, access_token), false)
    const refresh = oauth.refreshTokenGrant(party.configuration, refresh_token ?? '')
    await assert.rejects(refresh, { error: 'invalid_grant' })
    assert.deepEqual(await others(), [])
    assert.doesNotMatch((await holder.get('/portal')).text, /ほかの端末からログアウト/)
  })
})
