// The command that ends what people and applications are signed in with: who it ends, and what is left of it.
import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { after, before, test } from 'node:test'
import * as oauth from 'openid-client'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword } from '../support/world/journeys.ts'
import {
  isActive,
  signedIn,
  startListener,
  tokensOf,
  until,
  type Listener,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const actor = `operator:${userInfo().username}`
const reason = 'the cookies of a shop’s computers were copied'

onEachDatabase('sessions end', { reachable: true }, (world) => {
  let listener: Listener
  let desk: RelyingParty
  before(async () => {
    listener = await startListener()
    desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
  })
  after(() => listener.stop())

  const end = async (...words: string[]) => {
    const result = await world.command(['sessions', 'end', ...words, '--reason', reason])
    assert.equal(result.status, 0, result.errors)
    return result.output
  }

  const signInWithTokens = async (account?: TestAccount) => {
    const one = await signedIn(world, account && { account })
    return { ...one, tokens: await tokensOf(desk, one.client) }
  }

  type Signed = Awaited<ReturnType<typeof signInWithTokens>>

  const assertEnded = async ({ client, tokens }: Signed) => {
    assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
    assert.equal(await isActive(desk, tokens.access_token), false)
    const refresh = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(refresh, { error: 'invalid_grant' })
    const sid = tokens.claims()?.['sid']
    const isHeard = (token: string) =>
      Buffer.from(token.split('.')[1] ?? '', 'base64url')
        .toString()
        .includes(`"${String(sid)}"`)
    await until(() => listener.heard.find(isHeard))
  }

  const eventsOf = async (account: TestAccount, name: string) =>
    (await rowsOf(world, 'audit_events', account))
      .filter(({ event }) => event === name)
      .map((row) => [row['actor'], JSON.parse(String(row['detail']))])

  test('--login-id ends what one account has, tokens too, and nothing of the others', async () => {
    const kept = await signInWithTokens()
    const one = await signInWithTokens()
    const two = await signInWithTokens(one.account)
    const begun = world.client()
    expectStatus(await givePassword(begun, one.account), 200)
    const code = await world.nextCode(one.account)
    assert.equal(await end('--login-id', one.account.loginId), 'sessions ended: 2\n')
    await assertEnded(one)
    await assertEnded(two)
    const late = await begun.post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    assert.deepEqual(await eventsOf(one.account, 'session_ended'), [
      [actor, { reason }],
      [actor, { reason }],
    ])
    expectStatus(await kept.client.get('/api/session'), 200)
    assert.ok(await isActive(desk, kept.tokens.access_token))
    await world.signIn(one.account)
  })

  test('--all ends every session, sign-in, code, request and token, and new ones begin at once', async () => {
    const { db } = world.deps
    const many: Signed[] = []
    for (let count = 0; count < 3; count += 1) many.push(await signInWithTokens())
    // More than one batch takes.
    const [first] = many
    assert.ok(first)
    const rows = Array.from({ length: 250 }, (_, count) => ({
      ...{ id: `session-${count}`, token_hash: `hash-${count}`, account_id: first.accountId },
      ...{ acr: 'phr', browser: null, system: null },
      ...{ signed_in_at: world.now, proven_at: world.now, last_seen_at: world.now },
    }))
    await db.insertInto('sessions').values(rows).execute()
    const holder = await world.addAccount()
    const begun = world.client()
    expectStatus(await givePassword(begun, holder), 200)
    const code = await world.nextCode(holder)
    const asking = world.client()
    await asking.get((await authorizationRequest(desk)).address)

    const said = await end('--all')
    assert.match(said, /^sessions ended: 25\d\nunfinished sign-ins ended: [1-9]\d*\n$/)
    for (const one of many) await assertEnded(one)
    const late = await begun.post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    for (const table of ['sessions', 'sign_ins'] as const) {
      assert.deepEqual(await db.selectFrom(table).select('id').execute(), [], table)
    }
    await until(async () => {
      const kinds = await db.selectFrom('oidc_records').select('kind').execute()
      return kinds.every(({ kind }) => kind === 'ReplayDetection')
    })
    const why = 'ended by an operator'
    const [unfinished] = await eventsOf(holder, 'authn_login_unfinished')
    assert.equal((unfinished?.[1] as { why: string }).why, why)
    assert.equal((await eventsOf(first.account, 'session_ended')).length, 251)
    const summary = await db
      .selectFrom('audit_events')
      .select(['actor', 'detail'])
      .where('event', '=', 'sys_sessions_ended')
      .execute()
    assert.equal(summary.length, 1)
    assert.equal(summary[0]?.actor, actor)
    assert.match(summary[0]?.detail ?? '', /^\{"sessions":25\d,"signIns":[1-9]\d*,"reason":"the/)
    await world.signIn(holder)
  })

  test('takes either all or one account, and a reason', async () => {
    for (const [words, says] of [
      [[], /missing: --login-id --reason/],
      [['--all'], /missing: --reason/],
      [['--all', '--login-id', 'a', '--reason', 'b'], /--login-id/],
    ] as const) {
      const { status, errors } = await world.command(['sessions', 'end', ...words])
      assert.equal(status, 2)
      assert.match(errors, says)
    }
  })
})
