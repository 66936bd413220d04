// Rule 28 and the applications: who signed in to which of them, what was used twice, and why they were
// refused. Nothing secret is among it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { hashToken } from '../../src/kernel/secrets.ts'
import { eventsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { codeForm, isActive, postForm, signedIn, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import type { TestAccount } from '../support/world/world.ts'

interface Refusal {
  readonly requestId: string
  readonly msg?: string
  readonly status?: number
  readonly endpoint?: string
  readonly client?: string
  readonly code?: string
  readonly reason?: string
}

onEachDatabase('What is on record of applications', { reachable: true }, (world) => {
  let desk: RelyingParty
  let account: TestAccount
  let client: HttpClient
  before(async () => {
    desk = await register(world)
    ;({ account, client } = await signedIn(world))
  })

  const basic = ({ clientId, secret }: RelyingParty) => ({
    authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
  })

  async function sessionId(): Promise<string> {
    const rows = await world.deps.db.selectFrom('sessions').select('id').execute()
    assert.equal(rows.length, 1)
    return rows[0]?.id ?? ''
  }

  async function reusesSince(count: number) {
    const events = await eventsOf(world, account, 'authn_token_reuse')
    return events.slice(count).map(({ actor, detail, request_id }) => {
      assert.ok(request_id)
      return { actor, ...detail }
    })
  }

  test('each code that is issued names its application, its strength and its session', async () => {
    await tokensOf(desk, client)
    const other = await register(world)
    await tokensOf(other, client, { acr_values: 'urn:sekisho:acr:email-code' })
    await follow(client, (await authorizationRequest(desk, { scope: 'profile bad' })).address)
    const events = await eventsOf(world, account, 'authn_token_created')
    const session = await sessionId()
    const acr = 'urn:sekisho:acr:email-code'
    assert.deepEqual(
      events.map(({ detail }) => detail),
      [desk, other].map(({ clientId }) => ({ client: clientId, acr, session })),
    )
    assert.ok(events.every(({ actor, request_id }) => actor === 'holder' && request_id))
  })

  test('a code, or a refresh token, that comes a second time is on record', async () => {
    const { clientId } = desk
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const { refresh_token: refresh = '' } = await redeem(desk, arrived, request)
    await oauth.refreshTokenGrant(desk.configuration, refresh)
    await oauth.refreshTokenGrant(desk.configuration, 'never-issued').catch(() => null)
    assert.deepEqual(await reusesSince(0), [], 'what is taken, and what is none, is no second use')
    await redeem(desk, arrived, request).catch(() => null)
    assert.deepEqual(await reusesSince(0), [
      { actor: 'application', client: clientId, what: 'AuthorizationCode' },
    ])

    const { refresh_token: rotated = '' } = await tokensOf(desk, client)
    await oauth.refreshTokenGrant(desk.configuration, rotated)
    await world.deps.db
      .updateTable('oidc_records')
      .set({ consumed_at: Date.now() - 31_000 })
      .where('id_hash', '=', hashToken(rotated))
      .execute()
    await oauth.refreshTokenGrant(desk.configuration, rotated).catch(() => null)
    assert.deepEqual(await reusesSince(1), [
      { actor: 'application', client: clientId, what: 'RefreshToken' },
    ])
  })

  test('what another client shows of it is refused, and no second use', async () => {
    const known = (await eventsOf(world, account, 'authn_token_reuse')).length
    const other = await register(world)
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const { refresh_token: used = '' } = await redeem(desk, arrived, request)
    const { access_token: token } = await oauth.refreshTokenGrant(desk.configuration, used)
    const invalidGrant = { error: 'invalid_grant' }
    await assert.rejects(oauth.refreshTokenGrant(other.configuration, used), invalidGrant)
    await assert.rejects(redeem(other, arrived, request), invalidGrant)
    assert.deepEqual(await reusesSince(known), [])
    assert.ok(await isActive(desk, token), 'the one whose it is goes on')
  })

  test('a refusal is logged with client and reason, and its line with the code', async () => {
    const { clientId, secret } = desk
    const other = await register(world)
    const request = await authorizationRequest(desk)
    const form = codeForm(await follow(client, request.address), request)
    const wrongSecret = 'W'.repeat(43)
    const inBody = { ...form, client_id: clientId, client_secret: String(secret) }
    const bad = { ...form, client_id: clientId, code_verifier: 'v'.repeat(43) }
    const cases = [
      [form, { authorization: `Basic ${btoa(`${clientId}:${wrongSecret}`)}` }, 'invalid_client'],
      [inBody, {}, 'invalid_client'],
      [bad, basic(desk), 'invalid_grant'],
      [form, basic(other), 'invalid_grant'],
      [{ ...form, grant_type: 'password' }, basic(desk), 'unsupported_grant_type'],
      [{ ...form, client_id: 'P'.repeat(43) }, {}, 'invalid_client'],
    ] as const
    const reasons = [
      'invalid secret provided',
      'the secret came by client_secret_post, the client is for client_secret_basic',
      'code_verifier does not match code_challenge',
      'client mismatch',
      'unsupported grant_type requested',
      'client not found',
    ]
    for (const [index, [body, headers, code]] of cases.entries()) {
      const before = world.log.length
      const answer = await postForm(world, '/oauth2/token', body, headers)
      assert.equal(answer.body['error'], code)
      const lines = world.log.slice(before).map((line) => JSON.parse(line) as Refusal)
      const ours = lines.filter((one) => one.requestId === answer.headers['x-request-id'])
      const [why, done] = ours
      assert.equal(ours.length, 2)
      assert.deepEqual(
        [why?.msg, why?.endpoint, why?.code, why?.reason],
        ['an application was refused', 'token', code, reasons[index]],
      )
      const named = [clientId, clientId, clientId, other.clientId, clientId, undefined]
      assert.equal(why?.client, named[index])
      assert.deepEqual([done?.status, done?.code], [answer.status, code])
      const said = JSON.stringify(ours)
      for (const hidden of [form['code'], form['code_verifier'], secret, wrongSecret]) {
        assert.ok(hidden && !said.includes(hidden))
      }
      assert.doesNotMatch(said, /PPPP/, 'what is typed in place of an ID may be a secret')
    }
  })

  test('a refusal in the browser, and of an assertion that is none, is logged too', async () => {
    const before = world.log.length
    await follow(client, (await authorizationRequest(desk, { scope: 'profile' })).address)
    const assertion = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${btoa('my password')}.${btoa('my password')}.AAAA`,
    }
    await postForm(world, '/oauth2/token', assertion)
    const lines = world.log.slice(before)
    const refused = lines
      .map((line) => JSON.parse(line) as Refusal)
      .filter(({ msg }) => msg === 'an application was refused')
    assert.deepEqual(
      refused.map(({ endpoint, code }) => [endpoint, code]),
      [
        ['authorization', 'invalid_request'],
        ['token', 'invalid_request'],
      ],
    )
    assert.equal(refused[0]?.client, desk.clientId)
    assert.doesNotMatch(lines.join('\n'), /my pass/)
  })

  test('of two who take a code at once, the second is on record', async () => {
    const known = (await eventsOf(world, account, 'authn_token_reuse')).length
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const both = [redeem(desk, arrived, request), redeem(desk, arrived, request)]
    const ends = (await Promise.allSettled(both)).map(({ status }) => status)
    assert.deepEqual(ends.sort(), ['fulfilled', 'rejected'])
    assert.equal((await reusesSince(known)).length, 1)
  })
})
