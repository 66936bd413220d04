// A refresh token that two have ends for both, in whatever order they come (RFC 9700, §4.14.2); who asks
// again for an answer that was lost is not taken for a thief.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { isActive, postForm, signedIn, tokensOf } from '../support/world/openid.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'

const invalidGrant = { error: 'invalid_grant' }

onEachDatabase(
  'a chain of refresh tokens',
  { reachable: true, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1' } },
  (world) => {
    let desk: RelyingParty
    let client: HttpClient
    before(async () => {
      desk = await register(world)
      client = (await signedIn(world)).client
    })

    const refresh = async (token: string | undefined) =>
      oauth.refreshTokenGrant(desk.configuration, token ?? '')
    const refreshFrom = (address: string, token: string) =>
      postForm(
        world,
        '/oauth2/token',
        { grant_type: 'refresh_token', refresh_token: token },
        {
          authorization: `Basic ${Buffer.from(`${desk.clientId}:${desk.secret ?? ''}`).toString('base64')}`,
          'x-forwarded-for': address,
        },
      )
    const start = async () => {
      const { refresh_token: token = '', access_token } = await tokensOf(desk, client)
      return { token, access: access_token }
    }

    test('goes on with the answer that came, when the first was lost', async () => {
      const { token } = await start()
      const lost = await refresh(token)
      const came = await refresh(token)
      assert.notEqual(came.refresh_token, lost.refresh_token)
      const next = await refresh(came.refresh_token)
      const afterwards = await refresh(next.refresh_token)
      assert.ok(await isActive(desk, afterwards.access_token))
    })

    for (const first of ['the first', 'the second'] as const) {
      test(`ends when both that follow one are used, ${first} before the other`, async () => {
        const { token } = await start()
        const both = [await refresh(token), await refresh(token)]
        if (first === 'the second') both.reverse()
        const [one, other] = both
        const kept = await refresh(one?.refresh_token)
        await assert.rejects(refresh(other?.refresh_token), invalidGrant)
        assert.equal(await isActive(desk, kept.access_token), false)
        await assert.rejects(refresh(kept.refresh_token), invalidGrant)
      })
    }

    test('ends when a token comes back after the one that follows it was used', async () => {
      const { token } = await start()
      const next = await refresh(token)
      const latest = await refresh(next.refresh_token)
      await assert.rejects(refresh(token), invalidGrant)
      assert.equal(await isActive(desk, latest.access_token), false)
    })

    test('ends when a used one comes from another address or IPv6 network, and not from the same', async () => {
      for (const [before, again, status] of [
        ['192.0.2.7', '192.0.2.7', 200],
        ['192.0.2.7', '198.51.100.1', 400],
        ['2001:db8:1:2::7', '2001:db8:1:2:dead:beef:0:9', 200],
        ['2001:db8:1:2::7', '2001:db8:1:3::7', 400],
      ] as const) {
        const { token } = await start()
        const first = await refreshFrom(before, token)
        assert.equal(first.status, 200, first.text)
        assert.equal((await refreshFrom(again, token)).status, status)
        const active = await isActive(desk, String(first.body['access_token']))
        assert.equal(active, status === 200, again)
      }
    })

    test('goes on at one end when both that follow are used at once', async () => {
      for (let times = 0; times < 5; times += 1) {
        const { token } = await start()
        const both = [await refresh(token), await refresh(token)]
        const used = await Promise.allSettled(both.map((one) => refresh(one.refresh_token)))
        const rejected = used.filter(({ status }) => status === 'rejected')
        assert.ok(rejected.length >= 1, 'not both')
        for (const one of used) {
          if (one.status === 'rejected') continue
          assert.equal(await isActive(desk, one.value.access_token), false, 'two had it: it ends')
        }
      }
    })

    test('that ends for being used twice is on record', async () => {
      const { token } = await start()
      await refreshFrom('192.0.2.7', token)
      await refreshFrom('198.51.100.1', token)
      const events = await world.deps.db
        .selectFrom('audit_events')
        .select('detail')
        .where('event', '=', 'authn_token_reuse')
        .orderBy('at', 'desc')
        .execute()
      const detail = JSON.parse(events[0]?.detail ?? '{}') as Record<string, unknown>
      assert.deepEqual(detail, { client: desk.clientId, what: 'RefreshToken' })
    })
  },
)
