// `accounts close`: the contract has ended, and with it all that the customer has; `accounts reopen` mends a mistake.
import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { after, before, test } from 'node:test'
import * as oauth from 'openid-client'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { isLetIn, lockAtOnce } from '../support/world/guessing.ts'
import {
  accountWithPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { isActive, startListener, tokensOf, until, type Listener } from '../support/world/openid.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const reason = 'the contract ended on 9 January'
const actor = `operator:${userInfo().username}`

onEachDatabase('a closed account', { reachable: true, timeout: 120_000 }, (world) => {
  let listener: Listener
  let desk: RelyingParty
  let aggregator: RelyingParty
  before(async () => {
    listener = await startListener()
    desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
    aggregator = await register(world, 'web', { thirdParty: true })
    await world.startNode({ SEKISHO_PORT: '0' })
  })
  after(() => listener.stop())

  const run = async (words: string, { loginId }: TestAccount) => {
    const all = [...words.split(' '), '--login-id', loginId, '--reason', reason]
    const { status, output, errors } = await world.command(all)
    return { status, said: output + errors }
  }
  const succeed = async (words: string, account: TestAccount) => {
    const { status, said } = await run(words, account)
    assert.equal(status, 0, said)
    return said
  }
  const rowsOf = (table: 'consents' | 'known_browsers' | 'sign_ins' | 'email_codes', id: string) =>
    world.deps.db.selectFrom(table).selectAll().where('account_id', '=', id).execute()

  test('has nothing that it had, on every node, and applications are told', async () => {
    const account = await world.addAccount()
    const { id } = await accountRecord(world, account)
    const client = await world.signIn(account)
    const tokens = await tokensOf(desk, client, {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    await tokensOf(aggregator, client)
    const begun = world.client({ node: 1 })
    expectStatus(await givePassword(begun, account), 200)
    const code = await world.nextCode(account)
    const others = await world.signIn(await world.addAccount())

    assert.match(
      await succeed('accounts close', account),
      /^closed; .* erased from 20\d\d-.*Z on\n$/,
    )
    for (const node of [0, 1]) {
      const browser = client.through(world.url(node))
      assert.equal(expectProblem(await browser.get('/api/session'), 401), 'not_signed_in')
    }
    const late = await begun.post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    assert.equal(await isActive(desk, tokens.access_token), false)
    const refresh = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(refresh, { error: 'invalid_grant' })
    await until(() => listener.heard[0])
    for (const table of ['consents', 'known_browsers', 'sign_ins', 'email_codes'] as const) {
      assert.deepEqual(await rowsOf(table, id), [], table)
    }
    const [closed, ...more] = await eventsOf(world, account, 'user_archived')
    assert.deepEqual([closed?.actor, closed?.detail, more], [actor, { reason }, []])
    assert.equal((await eventsOf(world, account, 'authz_consent_ended')).length, 1)
    assert.equal((await eventsOf(world, account, 'authn_login_unfinished')).length, 1)
    const notice = await world.nextMail(account, 'ログインのご利用を終了しました')
    assert.ok(!notice.text.includes(reason) && !notice.text.includes(account.loginId))
    expectStatus(await others.get('/api/session'), 200)
  })

  test('is refused as a wrong password is, in a browser that was known too', async () => {
    const account = await world.addAccount()
    const holder = await world.signIn(account)
    await succeed('accounts close', account)
    const shown = ({ status, body }: { status: number; body: unknown }) => ({
      ...{ ...(body as object), requestId: '' },
      status,
    })
    const wrong = await givePassword(world.client(), { ...account, password: 'not it' })
    assert.equal(expectProblem(wrong, 401), 'sign_in_refused')
    for (const browser of [holder, world.client(), world.client({ node: 1 })]) {
      assert.deepEqual(shown(await givePassword(browser, account)), shown(wrong))
    }
    // Ten wrong ones leave it closed: no lock by guessing, which a right one could lift.
    await lockAtOnce(world, account)
    assert.equal((await accountRecord(world, account)).lock_reason, 'closed')
    assert.equal(await isLetIn(world, account), false)
  })

  test('is opened by no unlocking, locked by no lock, and closed once', async () => {
    const account = await world.addAccount()
    await succeed('accounts close', account)
    const row = await accountRecord(world, account)
    const refusals = {
      'accounts close': 'it is closed already\n',
      'accounts lock': 'it was closed with the contract: accounts reopen opens it again\n',
      'accounts unlock': 'it was closed with the contract: accounts reopen opens it again\n',
    }
    for (const [words, said] of Object.entries(refusals)) {
      assert.deepEqual(await run(words, account), { status: 1, said })
    }
    const since = ['--since', '2026-01-01T00:00:00Z', '--reason', reason]
    await world.command(['accounts', 'unlock', '--guessing', ...since])
    assert.deepEqual(await accountRecord(world, account), row)
    assert.match(
      (await world.command(['accounts', 'show', '--login-id', account.loginId])).output,
      /^lock: since .* \(closed\)$/m,
    )
  })

  test('is opened again with a hold, and has its password and passkeys, but nothing that it had begun', async () => {
    const { account, authenticator, passkey, client } = await accountWithPasskey(world)
    await succeed('accounts lock', account)
    await succeed('accounts close', account)
    await succeed('accounts reopen', account)
    await world.nextMail(account, 'ログインの受け付けを再開しました')
    assert.equal(expectProblem(await client.get('/api/session'), 401), 'not_signed_in')
    const again = await signInWithPasskey(world, account, authenticator, passkey.id)
    const { hold } = expectStatus(
      await again.get<{ hold: { reason: string } }>('/api/session'),
      200,
    )
    assert.equal(hold.reason, 'account_reopened')
    const { events } = expectStatus(
      await again.get<{ events: { event: string; by: string; detail: object }[] }>('/api/activity'),
      200,
    )
    const told = events.find(({ event }) => event === 'user_archived')
    assert.deepEqual([told?.by, told?.detail], ['support', {}])
    const refused = await run('accounts reopen', account)
    assert.deepEqual(refused, {
      status: 1,
      said: 'it is not closed; accounts unlock opens what is locked\n',
    })
  })

  test('gets no code that was on its way, and the notices that were', async (t) => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const { id } = await accountRecord(world, account)
    await openRegistration(world, client, account)
    await outboxEmpty(world, t)
    world.mail.refuse(account.email, 451)
    expectStatus(await makePasskey(client, world.authenticator(), 'Windows'), 201)
    expectStatus(await givePassword(world.client(), account), 200)
    await succeed('accounts close', account)
    const waiting = await world.deps.db
      .selectFrom('outbox')
      .select(['kind', 'expires_at'])
      .where('account_id', '=', id)
      .where('sealed', 'is not', null)
      .execute()
    assert.deepEqual(waiting.map(({ kind }) => kind).toSorted(), [
      'contract_ended',
      'passkey_registered',
    ])
    world.mail.refuse(account.email, null)
    await world.nextMail(account, 'パスキーが登録されました')
    await world.nextMail(account, 'ログインのご利用を終了しました')
  })
})
