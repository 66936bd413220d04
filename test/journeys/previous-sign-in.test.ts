// The sign-in before this one, as its holder compares it with what they remember.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { formatTime, zoneIn } from '../../src/kernel/time.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'

const firefoxOnMac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0'
const asked = { scope: 'openid previous_sign_in' }

onEachDatabase('The sign-in before this one', { reachable: true }, (world) => {
  let desk: RelyingParty
  let party: RelyingParty
  before(async () => {
    desk = await register(world)
    party = await register(world, 'web', { thirdParty: true })
  })

  async function tokensFor(client: HttpClient, parameters: Record<string, string>) {
    const request = await authorizationRequest(desk, parameters)
    return redeem(desk, await follow(client, request.address), request)
  }

  const signedInAt = async (client: HttpClient) =>
    (await client.get<{ signedInAt: string }>('/api/session')).body.signedInAt

  test('stands in the portal with its browser, and not before there was one', async () => {
    const account = await world.addAccount()
    const first = await world.signIn(account, world.client({ userAgent: firefoxOnMac }))
    const portal = async (client: HttpClient) => (await client.get<string>('/portal')).text
    assert.doesNotMatch(await portal(first), /前回のログイン/)
    const at = await signedInAt(first)
    const second = await world.signIn(account)
    const said = `前回のログイン：${formatTime(at, zoneIn('ja', world.deps.config.timeZone))}　Firefox（Mac）`
    assert.ok((await portal(second)).includes(said), said)
    assert.doesNotMatch(await portal(first), /前回のログイン/)
  })

  test('is told to an application that asks, about the session that it is told of, and to no other', async () => {
    const account = await world.addAccount()
    const first = await world.signIn(account, world.client({ userAgent: firefoxOnMac }))
    const at = await signedInAt(first)
    const second = await world.signIn(account)
    assert.equal((await tokensFor(first, asked)).claims()?.['previous_sign_in'], undefined)
    const tokens = await tokensFor(second, { scope: `${asked.scope} offline_access` })
    const told = { at, browser: 'Firefox', system: 'Mac' }
    assert.deepEqual(tokens.claims()?.['previous_sign_in'], told)
    const info = await oauth.fetchUserInfo(
      desk.configuration,
      tokens.access_token,
      String(tokens.claims()?.sub),
    )
    assert.deepEqual(info['previous_sign_in'], told)
    await world.signIn(account)
    const later = await oauth.refreshTokenGrant(desk.configuration, String(tokens.refresh_token))
    assert.deepEqual(later.claims()?.['previous_sign_in'], told)
    assert.equal((await tokensFor(second, {})).claims()?.['previous_sign_in'], undefined)
  })

  test('is nothing that a third party may ask for', async () => {
    const client = await world.signIn(await world.addAccount())
    const { address } = await authorizationRequest(party, asked)
    const arrived = await follow(client, address)
    assert.equal(arrived.searchParams.get('error'), 'invalid_scope')
  })
})
