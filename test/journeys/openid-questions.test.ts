// What is asked before an application is answered: a program on the device, and a third party.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as oauth from 'openid-client'
import { findClient } from '../../src/domain/clients/store.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { changeClient } from '../../src/operations/openid/clients.ts'
import { eventsOf } from '../support/checks/records.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  answerOf,
  isActive,
  press,
  pressed,
  questionAt,
  signedIn,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  follow,
  operator,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const interaction = /^\/oauth2\/interaction\/[\w-]+$/

interface Applications {
  readonly applications: readonly { id: string; name: string; lastUsedAt: string | null }[]
}

onEachDatabase('What is asked for an application', { reachable: true }, (world) => {
  const aggregator = () => register(world, 'web', { thirdParty: true })
  const ask = async (party: RelyingParty, parameters = {}) =>
    authorizationRequest(party, parameters)

  test('a program on the device gets nothing before its person has pressed, once a session', async () => {
    const native = await register(world, 'native')
    const { client } = await signedIn(world)
    const silent = await follow(client, (await ask(native, { prompt: 'none' })).address)
    assert.equal(answerOf(world, silent).error, 'interaction_required')

    const page = await follow(client, (await ask(native)).address)
    assert.match(page.pathname, interaction)
    const asked = await questionAt(client, page)
    assert.equal(asked?.question, 'loopback')
    assert.match(asked?.text ?? '', /NEOTRADERとして.*田中 花子 さま/s)
    const { rows } = await grantsOf(native)
    assert.equal(rows, 0, 'no grant stands before the press')
    assert.match((await follow(client, page.pathname)).pathname, interaction, 'a reload waits')
    assert.ok(answerOf(world, await press(client, page)).code)

    for (const port of ['3200', '51234']) {
      const redirect_uri = callback.replace('3200', port)
      const again = await client.get((await ask(native, { redirect_uri })).address)
      assert.ok(again.headers.location?.startsWith(`${redirect_uri}?code=`), 'no second press')
    }
    const other = await follow(client, (await ask(await register(world, 'native'))).address)
    assert.match(other.pathname, interaction, 'another application is asked for by itself')
    const { client: tomorrow } = await signedIn(world)
    const next = await follow(tomorrow, (await ask(native)).address)
    assert.match(next.pathname, interaction, 'and so is each session')
  })

  test('an https address that an app has claimed is answered without a press', async () => {
    const redirect_uri = 'https://app.example.jp/callback'
    const app = await register(world, 'native', { redirectUris: [redirect_uri] })
    const { client } = await signedIn(world)
    const answer = await client.get((await ask(app, { redirect_uri })).address)
    assert.ok(answer.headers.location?.startsWith(`${redirect_uri}?code=`))
  })

  test('only our own page presses, in the browser and the session that were asked', async () => {
    const native = await register(world, 'native')
    const { client } = await signedIn(world)
    const page = await follow(client, (await ask(native)).address)
    const asked = await questionAt(client, page)
    assert.ok(asked)
    const body = { question: asked.question, session: asked.session }
    const foreign = { origin: 'https://evil.example', 'content-type': 'application/json' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const [headers, status] of [
      [foreign, 403],
      [{ ...foreign, origin: undefined }, 403],
      [{ 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, 403],
      [form, 415],
    ] as const) {
      const request = { method: 'POST', path: page.pathname, headers, body: JSON.stringify(body) }
      assert.equal((await client.raw(request)).status, status)
    }
    assert.equal(expectProblem(await client.post(page.pathname, {}), 400), 'invalid_request')

    const thief = await signedIn(world)
    assert.equal(expectProblem(await thief.client.post(page.pathname, body), 404), 'no_sign_in')
    const elsewhere = await follow(thief.client, (await ask(native)).address)
    const stolen = await thief.client.post<{ continueTo: string }>(elsewhere.pathname, body)
    assert.equal(stolen.body.continueTo, elsewhere.pathname, 'the press of another session')
    client.setCookie('sekisho_session', undefined)
    assert.equal(expectProblem(await client.post(page.pathname, body), 401), 'not_signed_in')
    client.setCookie('sekisho_session', thief.client.cookies.get('sekisho_session'))
    const late = await client.post<{ continueTo: string }>(page.pathname, body)
    assert.equal(late.body.continueTo, page.pathname)
    const { code, error } = answerOf(world, await follow(client, page.pathname))
    assert.deepEqual([code, error], [null, 'login_required'])
    for (const browser of [client, thief.client]) {
      const again = await follow(browser, (await ask(native)).address)
      assert.match(again.pathname, interaction, 'nothing has been pressed')
    }
  })

  test('a third party is told nothing before its person allows it, once for good', async () => {
    const party = await aggregator()
    const { client, account } = await signedIn(world)
    const silent = await follow(client, (await ask(party, { prompt: 'none' })).address)
    assert.equal(answerOf(world, silent).error, 'consent_required')
    const refused = await follow(client, (await ask(party)).address)
    const { error } = answerOf(world, await follow(client, `${refused.pathname}/leave`))
    assert.equal(error, 'access_denied')
    assert.equal((await grantsOf(party)).rows, 0)

    const request = await ask(party)
    const page = await follow(client, request.address)
    const asked = await questionAt(client, page)
    assert.equal(asked?.question, 'third-party')
    assert.match(asked?.text ?? '', /当社以外の事業者.*ログインID.*localhost:3200/s)
    assert.ok((await redeem(party, await press(client, page), request)).access_token)

    const { client: phone } = await signedIn(world, { account })
    assert.ok(answerOf(world, await follow(phone, (await ask(party)).address)).code)
    const anew = await follow(phone, (await ask(party, { prompt: 'consent' })).address)
    assert.equal((await questionAt(phone, anew))?.question, 'third-party', 'as it asks to ask')
    assert.ok(answerOf(world, await press(phone, anew)).code)
    const { client: stranger } = await signedIn(world)
    const theirs = await follow(stranger, (await ask(party)).address)
    assert.match(theirs.pathname, interaction, 'one person allows nothing for another')
  })

  test('a press answers its own question: what was allowed once is not allowed again by another', async () => {
    const party = await register(world, 'native', { thirdParty: true })
    const { client, account, accountId } = await signedIn(world)
    const { client: next } = await signedIn(world, { account })
    const asked = async (browser: typeof client, question: string, parameters = {}) => {
      const page = await follow(browser, (await ask(party, parameters)).address)
      const found = await questionAt(browser, page)
      assert.equal(found?.question, question)
      assert.match(found.text, /この端末のプログラムをご自身で起動して/)
      assert.ok(answerOf(world, await press(browser, page)).code)
    }
    await asked(client, 'third-party')
    await asked(next, 'loopback')
    const at = Date.now() - minutes
    const sessions = world.deps.db.updateTable('sessions').set({ signed_in_at: at })
    await sessions.where('account_id', '=', accountId).execute()
    await asked(next, 'account', { prompt: 'select_account' })
    assert.equal((await eventsOf(world, account, 'authz_consent_given')).length, 1)
  })

  test('the holder sees what is allowed and takes it back, which ends it everywhere at once', async () => {
    const [party, other] = [await aggregator(), await aggregator()]
    const { client, account } = await signedIn(world)
    const { client: phone } = await signedIn(world, { account })
    const allow = async (browser: typeof client, to: RelyingParty) => {
      const request = await ask(to)
      const at = await follow(browser, request.address)
      const arrived = interaction.test(at.pathname) ? await press(browser, at) : at
      return { request, arrived, tokens: await redeem(to, arrived, request) }
    }
    const first = await allow(client, party)
    const second = await allow(phone, party)
    const kept = await allow(client, other)
    const open = await ask(party)
    const unredeemed = await follow(client, open.address)
    const { applications } = await listed(client)
    assert.deepEqual(
      new Set(applications.map(({ id }) => id)),
      new Set([party.clientId, other.clientId]),
    )
    assert.ok(applications.every(({ name, lastUsedAt }) => name === 'NEOTRADER' && lastUsedAt))
    const stranger = await signedIn(world)
    assert.deepEqual((await listed(stranger.client)).applications, [])

    const path = `/api/applications/${party.clientId}`
    await proveChange(stranger.client, { world, account: stranger.account })
    assert.equal(expectProblem(await stranger.client.delete(path), 404), 'not_found')
    assert.equal(expectProblem(await world.client().delete(path), 401), 'not_signed_in')
    assert.equal(expectProblem(await client.delete(path), 403), 'proof_needed', 'just signed in')
    assert.equal(await isActive(party, first.tokens.access_token), true)
    await proveChange(client, { world, account })
    expectStatus(await client.delete(path), 204)
    assert.equal(expectProblem(await client.delete(path), 404), 'not_found')

    for (const { tokens } of [first, second]) {
      assert.equal(await isActive(party, tokens.access_token), false)
      const refresh = oauth.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '')
      await assert.rejects(refresh, { error: 'invalid_grant' })
    }
    await assert.rejects(redeem(party, unredeemed, open), { error: 'invalid_grant' })
    assert.equal(await isActive(other, kept.tokens.access_token), true)
    assert.deepEqual(
      (await listed(client)).applications.map(({ id }) => id),
      [other.clientId],
    )
    for (const browser of [client, phone]) {
      const again = await follow(browser, (await ask(party)).address)
      assert.equal((await questionAt(browser, again))?.question, 'third-party')
    }

    const events = await rowsOf(world, 'audit_events', account)
    const told = (name: string) =>
      events.filter(({ event }) => event === name).map(({ detail }) => JSON.parse(String(detail)))
    const about = (to: RelyingParty) => ({ client: to.clientId, name: 'NEOTRADER' })
    assert.deepEqual(told('authz_consent_given'), [about(party), about(other)])
    assert.deepEqual(told('authz_consent_ended'), [about(party)])
  })

  test('a consent that is taken back while an answer is under way leaves nothing behind', async () => {
    const party = await aggregator()
    const { client, account } = await signedIn(world)
    const page = await follow(client, (await ask(party)).address)
    const continueTo = await pressed(client, page)
    await proveChange(client, { world, account })
    expectStatus(await client.delete(`/api/applications/${party.clientId}`), 204)
    const at = await follow(client, continueTo)
    assert.equal((await questionAt(client, at))?.question, 'third-party', 'it is asked again')
    assert.equal((await grantsOf(party)).rows, 0)
  })

  test('whose an application is can change, and then everybody is asked anew', async () => {
    const party = await register(world)
    const { client } = await signedIn(world)
    const request = await ask(party)
    const { access_token } = await redeem(party, await follow(client, request.address), request)
    const change = async (thirdParty: boolean) => {
      const found = await findClient(world.deps.db, party.clientId)
      assert.ok(found)
      const changed = await changeClient(world.deps, found, { settings: { thirdParty } }, operator)
      assert.ok(!('fault' in changed))
    }
    await change(true)
    assert.equal(await isActive(party, access_token), false, 'nobody was asked for it')
    const page = await follow(client, (await ask(party)).address)
    assert.ok(answerOf(world, await press(client, page)).code)
    await change(false)
    assert.deepEqual((await listed(client)).applications, [])
    assert.ok(answerOf(world, await follow(client, (await ask(party)).address)).code)
    await change(true)
    assert.match((await follow(client, (await ask(party)).address)).pathname, interaction)
  })

  test('the commands say whose an application is', async () => {
    const run = (...args: string[]) => world.command(['clients', ...args])
    const web = ['--kind', 'web', '--redirect-uri', 'https://desk.example/callback']
    const added = await run('add', '--name', 'x', ...web, '--third-party')
    const id = /client ID: (\S+)/.exec(added.output)?.[1] ?? ''
    const isThirdParty = async () =>
      (await findClient(world.deps.db, id))?.settings.thirdParty ?? false
    assert.equal(await isThirdParty(), true)
    assert.match((await run('list')).output, new RegExp(`${id}.*\tthird party\t-\t-\n`))
    const why = ['--id', id, '--reason', 'bought']
    assert.equal((await run('change', ...why, '--name', 'y')).status, 0)
    assert.equal(await isThirdParty(), true, 'what is not named stays')
    assert.equal((await run('change', ...why, '--no-third-party')).status, 0)
    assert.equal(await isThirdParty(), false)
    assert.equal((await run('change', ...why, '--third-party', '--no-third-party')).status, 2)
    assert.equal((await run('change', ...why, '--third-party')).status, 0)
    assert.equal(await isThirdParty(), true)
    assert.equal((await run('remove', '--id', id, '--reason', 'closed')).status, 0)
  })

  const listed = async (client: Awaited<ReturnType<typeof signedIn>>['client']) =>
    expectStatus(await client.get<Applications>('/api/applications'), 200)

  async function grantsOf({ clientId }: RelyingParty) {
    const rows = await world.deps.db
      .selectFrom('oidc_records')
      .select('id_hash')
      .where('kind', '=', 'Grant')
      .where('payload', 'like', `%${clientId}%`)
      .execute()
    return { rows: rows.length }
  }
})
