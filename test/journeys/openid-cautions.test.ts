// Rules 11 and 46 for applications: what an order is judged by, in ID tokens, at userinfo and at introspection.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { findAccount } from '../../src/domain/accounts/find.ts'
import type { LiftableLevel } from '../../src/domain/vocabulary/life.ts'
import { holderOfPasskey } from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { proveSession } from '../support/world/journeys.ts'
import { tokensOf } from '../support/world/openid.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

const names = ['hold', 'stop', 'new_browser', 'factor_since'] as const

const pick = (facts: object) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = (facts as Record<string, unknown>)[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

const wide = { reachable: true, env: { SEKISHO_HOLD_SCOPE: 'all' } }

onEachDatabase('What an application judges an order by', wide, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  type Tokens = Awaited<ReturnType<typeof tokensOf>>
  /** The refresh token that follows those of a sign-in. */
  const following = new WeakMap<Tokens, string>()

  /** The same at three places, each read now; the ID token comes of a refresh. */
  async function told(tokens: Tokens): Promise<Record<string, unknown>> {
    const { configuration } = desk
    const sub = tokens.claims()?.sub ?? ''
    const refresh = following.get(tokens) ?? tokens.refresh_token ?? ''
    const next = await oauth.refreshTokenGrant(configuration, refresh)
    const [facts, refreshFacts, user] = await Promise.all([
      oauth.tokenIntrospection(configuration, tokens.access_token),
      oauth.tokenIntrospection(configuration, next.refresh_token ?? ''),
      oauth.fetchUserInfo(configuration, tokens.access_token, sub),
    ])
    const said = pick(next.claims() ?? {})
    for (const other of [facts, refreshFacts, user]) assert.deepEqual(pick(other), said)
    following.set(tokens, next.refresh_token ?? '')
    return said
  }

  test('a browser is new at its first sign-in, and known at the next one', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const first = await tokensOf(desk, client)
    assert.deepEqual(pick(first.claims() ?? {}), { new_browser: true }, 'and nothing else')
    assert.deepEqual(await told(first), { new_browser: true })
    await world.signIn(account, client)
    assert.deepEqual(await told(await tokensOf(desk, client)), { new_browser: false })
  })

  test('a factor has its age: that of the passkey proven last, or of an address that was changed', async () => {
    const { account, client, passkey, authenticator } = await holderOfPasskey(world)
    const tokens = await tokensOf(desk, client)
    assert.equal((await told(tokens))['factor_since'], undefined, 'the address is the first one')
    expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
    assert.equal((await told(tokens))['factor_since'], passkey.createdAt, 'as it is now')
    const since = Date.now() - 60_000
    await world.deps.db
      .updateTable('accounts')
      .set({ email_since: since })
      .where('login_id', '=', account.loginId)
      .execute()
    const again = await tokensOf(desk, await world.signIn(account))
    assert.equal((await told(again))['factor_since'], new Date(since).toISOString())
  })

  test('a hold says what it covers, and a stop its level, while they last', async () => {
    const { account, client } = await holderOfPasskey(world)
    const tokens = await tokensOf(desk, client)
    const { hold } = (await told(tokens)) as { hold?: { reason: string; scope: string } }
    assert.equal(hold?.reason, 'first_passkey')
    assert.equal(hold?.scope, 'all')
    const session = await client.get<{ hold: unknown }>('/api/session')
    assert.deepEqual(session.body.hold, hold, 'the holder is told the same')
    const found = await findAccount(world.deps, account.loginId)
    const stop = async (level: LiftableLevel | null) =>
      world.deps.db
        .updateTable('accounts')
        .set({ stop_level: level, stopped_at: level === null ? null : Date.now() })
        .where('id', '=', found?.id ?? '')
        .execute()
    for (const level of ['withdrawal', 'trading'] as const) {
      await stop(level)
      assert.equal((await told(tokens))['stop'], level)
    }
    await stop(null)
    assert.equal((await told(tokens))['stop'], undefined)
  })

  test('the discovery document names them all', async () => {
    const claims = desk.configuration.serverMetadata()['claims_supported'] as readonly string[]
    for (const name of names) assert.ok(claims.includes(name), name)
  })
})
