// Rule 23 and the applications: what ends a session ends what was given under it, and they are told.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'openid-client'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { findClient } from '../../src/domain/clients/store.ts'
import { removeClient } from '../../src/operations/openid/clients.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { holderOfPasskey, removeBySupport } from '../support/world/ceremonies.ts'
import { changePassword } from '../support/world/change-password.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { givePassword, switchFactor } from '../support/world/journeys.ts'
import {
  isActive,
  signedIn,
  startListener,
  tokensOf,
  until,
  verifiedJwt,
  type Listener,
} from '../support/world/openid.ts'
import { operator, register, type RelyingParty } from '../support/world/relying-party.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

type Tokens = Awaited<ReturnType<typeof tokensOf>>

// No test waits longer than it has to for an application that never answers.
const options = { reachable: true, env: { SEKISHO_LOGOUT_SECONDS: '2' } }

onEachDatabase('The end of a session and the applications', options, (world) => {
  let listener: Listener
  let desk: RelyingParty
  before(async () => {
    listener = await startListener()
    desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
  })
  after(async () => {
    await listener.stop()
  })

  const accountOf = async ({ loginId }: TestAccount) => {
    const account = await findAccount(world.deps, loginId)
    assert.ok(account)
    return account
  }

  const noticesOf = (sid: unknown) =>
    listener.heard.filter((token) => {
      const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
      return (JSON.parse(claims) as { sid?: string }).sid === sid
    })

  const assertEnded = async (tokens: Tokens) => {
    assert.equal(await isActive(desk, tokens.access_token), false)
    assert.equal(await isActive(desk, tokens.refresh_token ?? ''), false)
    const refresh = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(refresh, { error: 'invalid_grant' })
  }

  const assertTold = async (tokens: Tokens) => {
    const idClaims = tokens.claims()
    const notice = await until(() => noticesOf(idClaims?.['sid'])[0])
    const { header, claims } = await verifiedJwt(world, notice)
    assert.equal(header['typ'], 'logout+jwt')
    assert.equal(claims['iss'], world.origin)
    assert.equal(claims['aud'], desk.clientId)
    assert.equal(claims['sub'], idClaims?.sub)
    assert.ok(claims['sid'])
    assert.deepEqual(claims['events'], {
      'http://schemas.openid.net/event/backchannel-logout': {},
    })
    assert.equal('nonce' in claims, false)
    assert.ok(claims['jti'])
    assert.ok(Number(claims['exp']) - Number(claims['iat']) <= 120)
  }

  const ends: Readonly<
    Record<string, (account: TestAccount, client: HttpClient) => Promise<unknown>>
  > = {
    'signing out': async (_, client) => expectStatus(await client.delete('/api/session'), 204),
    'ending it from another browser': async (account, client) => {
      const { body } = await client.get<{ sessions: { id: string }[] }>('/api/sessions')
      const other = (await signedIn(world, { account })).client
      const [session] = body.sessions
      await proveChange(other, { world, account })
      expectStatus(await other.delete(`/api/sessions/${session?.id}`), 204)
    },
    'a changed password': async (account) =>
      changePassword(world.deps, await accountOf(account), 'a new good password 81', operator),
    'a changed address': async (account) =>
      changeEmail(world.deps, await accountOf(account), 'other@example.jp', operator),
    'a lock by support': async (account) =>
      lockByCommand(world.deps, await accountOf(account), operator),
    'a stop by the holder': async (_, client) =>
      expectStatus(await client.post('/api/stop', {}), 204),
    'a stop where the second factor is asked for': async (account) => {
      const other = world.client()
      expectStatus(await givePassword(other, account), 200)
      expectStatus(await other.post('/api/sign-in/stop'), 204)
    },
    'a new sign-in in the same browser': (account, client) => world.signIn(account, client),
  }

  for (const [what, end] of Object.entries(ends)) {
    test(`${what} ends the tokens at once and is told`, async () => {
      const { account, client } = await signedIn(world)
      const tokens = await tokensOf(desk, client)
      assert.ok(await isActive(desk, tokens.access_token))
      await end(account, client)
      await assertEnded(tokens)
      await assertTold(tokens)
    })
  }

  test('a switch of the factor ends the others, and a removed passkey ends all', async () => {
    const { account, client, authenticator, passkey } = await holderOfPasskey(world)
    const other = await signedIn(world, { account })
    const [kept, ended] = [await tokensOf(desk, client), await tokensOf(desk, other.client)]
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    await assertEnded(ended)
    assert.ok(await isActive(desk, kept.access_token), 'the session that switched goes on')
    await removeBySupport(world, account, passkey.id)
    await assertEnded(kept)
    await assertTold(ended)
    await assertTold(kept)
  })

  test('a lock reaches the tokens of a session that has run out meanwhile', async () => {
    const { account, accountId, client } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    await world.deps.db
      .updateTable('sessions')
      .set({ last_seen_at: Date.now() - 40 * 60_000 })
      .where('account_id', '=', accountId)
      .execute()
    await sweep(world.deps)
    assert.ok(await isActive(desk, tokens.access_token), 'the application goes on for itself')
    await lockByCommand(world.deps, await accountOf(account), operator)
    await assertEnded(tokens)
    await assertTold(tokens)
  })

  test('who does not listen is told again until it does, and then no more', async () => {
    listener.status = 500
    const { client } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    const twice = await tokensOf(desk, client)
    assert.equal(twice.claims()?.['sid'], tokens.claims()?.['sid'], 'one `sid` for one session')
    expectStatus(await client.delete('/api/session'), 204)
    const sid = tokens.claims()?.['sid']
    await until(() => noticesOf(sid)[0])
    listener.status = 204
    await world.deps.db.updateTable('logout_notices').set({ next_try_at: 0 }).execute()
    await until(() => noticesOf(sid)[1])
    const waiting = () => world.deps.db.selectFrom('logout_notices').select('id').execute()
    await until(async () => ((await waiting()).length === 0 ? true : null))
    assert.equal(noticesOf(sid).length, 2)
  })

  test('an answer that is late, or that leads elsewhere, is none', async (t) => {
    const listen = async () => {
      const one = await startListener()
      t.after(() => one.stop())
      return one
    }
    const [slow, elsewhere, leading] = [await listen(), await listen(), await listen()]
    slow.status = null
    leading.status = 307
    leading.location = elsewhere.address
    const { client } = await signedIn(world)
    const deaf = new Map<Listener, string>()
    for (const one of [slow, leading]) {
      const party = await register(world, 'web', { backchannelLogoutUri: one.address })
      await tokensOf(party, client)
      deaf.set(one, party.clientId)
    }
    const tokens = await tokensOf(desk, client)
    expectStatus(await client.delete('/api/session'), 204)
    await assertTold(tokens)
    const wordsOf = (clientId: string | undefined) =>
      world.log.filter((line) => line.includes('was not heard') && line.includes(`${clientId}`))
    for (const [one, reason] of [
      [slow, /no answer within/],
      [leading, /got: 307/],
    ] as const) {
      const clientId = deaf.get(one)
      assert.match((await until(() => wordsOf(clientId)[0])) ?? '', reason)
      const waiting = await world.deps.db
        .selectFrom('logout_notices')
        .select('tries')
        .where('client_id', '=', clientId ?? '')
        .executeTakeFirst()
      assert.ok(waiting, 'it is told again')
      assert.equal(one.heard.length, waiting.tries)
    }
    assert.equal(elsewhere.heard.length, 0, 'the token goes where it was registered to go')
    slow.status = 200
    await world.deps.db.updateTable('logout_notices').set({ next_try_at: 0 }).execute()
    await until(() => slow.heard[1])
    await world.deps.db.deleteFrom('logout_notices').execute()
  })

  test('two hundred notices for one that never answers keep no other waiting', async (t) => {
    const silent = await startListener()
    t.after(() => silent.stop())
    silent.status = null
    const deaf = await register(world, 'web', { backchannelLogoutUri: silent.address })
    const now = Date.now()
    const notices = Array.from({ length: 200 }, (_, index) => ({
      id: `waiting-${index}`,
      client_id: deaf.clientId,
      account_id: 'somebody',
      sid: null,
      next_try_at: now - 1000,
      tries: 0,
      created_at: now,
    }))
    await world.deps.db.insertInto('logout_notices').values(notices).execute()
    const { client } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    expectStatus(await client.delete('/api/session'), 204)
    await assertTold(tokens)
    const tried = await world.deps.db
      .selectFrom('logout_notices')
      .select('id')
      .where('client_id', '=', deaf.clientId)
      .where('tries', '>', 0)
      .execute()
    assert.ok(tried.length <= 40, `${tried.length} were tried before the other was told`)
    await world.deps.db.deleteFrom('logout_notices').execute()
  })

  test('what could not be told for twelve hours is told no more, and the log says so', async () => {
    const kept = Date.now() - 11 * 3_600_000
    const notices = [kept, Date.now() - 13 * 3_600_000].map((created_at, index) => ({
      ...{ id: `old-${index}`, client_id: desk.clientId, account_id: 'somebody', sid: null },
      ...{ next_try_at: Date.now() + 3_600_000, tries: 9, created_at },
    }))
    await world.deps.db.insertInto('logout_notices').values(notices).execute()
    await sweep(world.deps)
    const left = await world.deps.db.selectFrom('logout_notices').select('id').execute()
    assert.deepEqual(
      left.map(({ id }) => id),
      ['old-0'],
    )
    assert.ok(
      world.log.some((line) => line.includes('told no more') && line.includes('"givenUp":1')),
    )
    await world.deps.db.deleteFrom('logout_notices').execute()
  })

  test('each application is told, and one that is down does not keep the others waiting', async () => {
    const down = await startListener()
    const deaf = await register(world, 'web', { backchannelLogoutUri: down.address })
    await down.stop()
    const { client } = await signedIn(world)
    await tokensOf(deaf, client)
    const tokens = await tokensOf(desk, client)
    expectStatus(await client.delete('/api/session'), 204)
    await assertTold(tokens)
    const left = await until(() =>
      world.deps.db
        .selectFrom('logout_notices')
        .selectAll()
        .where('client_id', '=', deaf.clientId)
        .where('tries', '>', 0)
        .executeTakeFirst(),
    )
    assert.ok(left.next_try_at > Date.now())
    await world.deps.db.deleteFrom('logout_notices').execute()
  })

  test('an application that is removed meanwhile is told nothing', async () => {
    const gone = await register(world, 'web', { backchannelLogoutUri: listener.address })
    const { client } = await signedIn(world)
    await tokensOf(gone, client)
    const found = await findClient(world.deps.db, gone.clientId)
    assert.ok(found && (await removeClient(world.deps, found, operator)))
    const tokens = await tokensOf(desk, client)
    expectStatus(await client.delete('/api/session'), 204)
    await assertTold(tokens)
    // The notice of the one that was told just now may still be there.
    const left = world.deps.db.selectFrom('logout_notices').selectAll()
    assert.deepEqual(await left.where('client_id', '=', gone.clientId).execute(), [])
  })
})
