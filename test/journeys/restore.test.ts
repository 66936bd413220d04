// What was before a restore is over: for people, for applications, and for the challenges of passkeys.
import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { after, before, describe, test } from 'node:test'
import * as oauth from 'openid-client'
import { backUp, restoreFrom } from '../support/world/backups.ts'
import { proofOptions, holderOfPasskey } from '../support/world/ceremonies.ts'
import { givePassword, proveSession } from '../support/world/journeys.ts'
import {
  isActive,
  signedIn,
  startListener,
  tokensOf,
  until,
  type Listener,
} from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

describe('after a restore', () => {
  let world: World
  let listener: Listener
  let desk: RelyingParty
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite, { reachable: true })
    listener = await startListener()
    desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
  })
  after(async () => {
    await world.stop()
    await listener.stop()
  })

  test('nobody is signed in, no code or token of before is good, and applications are told', async () => {
    const { client } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    const account = await world.addAccount()
    const begun = world.client()
    expectStatus(await givePassword(begun, account), 200)
    const code = await world.nextCode(account)
    const path = await backUp(world)
    // Its end is later than the backup, which knows the session as a live one.
    const ended = await signedIn(world, { account })
    expectStatus(await client.delete('/api/session'), 204)

    const said = await restoreFrom(world, path)
    assert.match(said, /^restored: the last event of before happened at 20\d\d-.*Z$/m)
    for (const browser of [client, ended.client]) {
      assert.equal(expectProblem(await browser.get('/api/session'), 401), 'not_signed_in')
    }
    const late = await begun.post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    assert.equal(await isActive(desk, tokens.access_token), false)
    const refresh = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(refresh, { error: 'invalid_grant' })
    await until(() => listener.heard[0])
    await world.signIn(account)
  })

  test('a challenge that was spent after the backup opens nothing, in no session', async () => {
    const { account, client, authenticator, passkey } = await holderOfPasskey(world)
    const options = await proofOptions(client, passkey.id, 'step-up')
    const path = await backUp(world)
    const answer = await authenticator.get(options)
    // The session that the backup knows, as a thief of the cookie and the answer would have it.
    const former = world.client()
    former.setCookie('sekisho_session', client.cookies.get('sekisho_session'))
    expectStatus(await client.post('/api/session/passkey', answer), 200)

    await restoreFrom(world, path)
    const stolen = await former.post('/api/session/passkey', answer)
    assert.equal(expectProblem(stolen, 401), 'not_signed_in')
    const again = await world.signIn(account)
    const replayed = await again.post('/api/session/passkey', answer)
    assert.equal(expectProblem(replayed, 400), 'ceremony_expired')
    expectStatus(await proveSession(again, authenticator, passkey.id, 'step-up'), 200)
  })

  test('no code of before is mailed, and the trail says who restored what', async () => {
    const account = await world.addAccount()
    const mail = {
      kind: 'code',
      created_at: Date.now(),
      next_try_at: Date.now() + 60_000,
      tries: 0,
    }
    await world.deps.db
      .insertInto('outbox')
      .values({
        ...{ ...mail, id: 'waiting', sealed: '2.x', expires_at: Date.now() + 600_000 },
        ...{ sent_at: null, account_id: null, refusals: 0, refused_since: null },
        ...{ undelivered_at: null, undelivered_reason: null },
      })
      .execute()
    await restoreFrom(world, await backUp(world))
    const waiting = await world.deps.db
      .selectFrom('outbox')
      .select('id')
      .where('sealed', 'is not', null)
      .where('expires_at', 'is not', null)
      .execute()
    assert.deepEqual(waiting, [])
    const event = await world.deps.db
      .selectFrom('audit_events')
      .select(['actor', 'detail'])
      .where('event', '=', 'sys_restored')
      .orderBy('at', 'desc')
      .executeTakeFirstOrThrow()
    assert.equal(event.actor, `operator:${userInfo().username}`)
    assert.match(event.detail, /^\{"lastEvent":"20\d\d-[^"]+Z","reason":"a backup was restored"\}$/)
    await world.signIn(account)
  })
})
