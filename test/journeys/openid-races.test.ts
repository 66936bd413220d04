// Two requests that both find what only one may take, on two nodes, and the end of the session between them.
import assert from 'node:assert/strict'
import { afterEach, before, test } from 'node:test'
import * as oauth from 'openid-client'
import { saveRecords, selectRecord } from '../../src/domain/openid/records.ts'
import { eventsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { locksAwaited } from '../support/world/held-back.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import { beforeTransactions, beginTogether } from '../support/world/meanwhile.ts'
import {
  codeForm,
  isActive,
  postForm,
  pressed,
  questionAt,
  signedIn,
  startSecondNode,
  tokensOf,
} from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  newDPoP,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

const env = { SEKISHO_TRUSTED_PROXIES: '127.0.0.1' }

onEachDatabase('OpenID requests at once', { reachable: true, env }, (world, database) => {
  // Only PostgreSQL is for more than one node.
  const second = database.name === 'postgres' ? 1 : 0
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
    if (second) await startSecondNode(world)
  })
  let goOn = () => {}
  afterEach(() => goOn())

  const db = () => world.deps.db
  const meet = () => (goOn = beginTogether(world.nodes.map(({ deps }) => deps.db)))

  /** What is sent to the token endpoint of both nodes at once, from two addresses; how they answer. */
  const sendTwice = async (form: Record<string, string>) => {
    meet()
    const answers = await Promise.all(
      ['192.0.2.7', '198.51.100.1'].map((address, index) =>
        postForm(
          world,
          '/oauth2/token',
          form,
          {
            authorization: `Basic ${btoa(`${desk.clientId}:${desk.secret}`)}`,
            'x-forwarded-for': address,
          },
          index * second,
        ),
      ),
    )
    goOn()
    return answers.toSorted((one, other) => one.status - other.status)
  }

  /** Ends something just before the next transaction. */
  const endMeanwhile = (client: HttpClient, path = '/api/session') => {
    goOn = beforeTransactions(db(), async () => {
      goOn()
      expectStatus(await client.delete(path), 204)
    })
  }

  const kindsOf = async ({ clientId }: RelyingParty) => {
    const rows = db().selectFrom('oidc_records').select('kind').where('client_id', '=', clientId)
    return new Set((await rows.execute()).map(({ kind }) => kind))
  }

  const assertOneWins = async (answers: readonly Answer<Record<string, unknown>>[]) => {
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body['error']]),
      [
        [200, undefined],
        [400, 'invalid_grant'],
      ],
    )
    const { access_token: token, refresh_token: refresh } = answers[0]?.body ?? {}
    assert.equal(await isActive(desk, String(token)), false, 'two had it: it ends')
    assert.equal(await isActive(desk, String(refresh)), false)
    assert.deepEqual(await kindsOf(desk), new Set(['SignedInClient']))
  }

  test('of two who take a code, one gets tokens, and the other ends them and stands on record', async () => {
    const { client, account } = await signedIn(world)
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    await assertOneWins(await sendTwice(codeForm(arrived, request)))
    assert.equal((await eventsOf(world, account, 'authn_token_reuse')).length, 1)
  })

  test('of two who renew with one token, one gets tokens, and the other ends them and stands on record', async () => {
    const { client, account } = await signedIn(world)
    const { refresh_token = '' } = await tokensOf(desk, client)
    await assertOneWins(await sendTwice({ grant_type: 'refresh_token', refresh_token }))
    assert.equal((await eventsOf(world, account, 'authn_token_reuse')).length, 1)
  })

  test('of two who show one proof, one is answered', async () => {
    const sent: oauth.CustomFetchOptions[] = []
    const native = await register(world, 'native', {}, (url, options) => {
      sent.push(options)
      return fetch(url, options as RequestInit)
    })
    const { client } = await signedIn(world)
    const DPoP = await newDPoP(native)
    const tokens = await tokensOf(native, client, {}, { DPoP })
    meet()
    const { configuration } = native
    const sub = tokens.claims()?.sub ?? ''
    const first = oauth.fetchUserInfo(configuration, tokens.access_token, sub, { DPoP })
    while (sent.at(-1)?.method !== 'GET') await new Promise(setImmediate)
    const headers = Object.fromEntries(new Headers(sent.at(-1)?.headers))
    const other = world
      .client({ node: second })
      .raw<{ error: string }>({ method: 'GET', path: '/oauth2/userinfo', headers })
    const ends = await Promise.allSettled([
      first,
      other.then((answer) => expectStatus(answer, 200)),
    ])
    assert.deepEqual(ends.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    goOn()
    assert.ok(await isActive(desk, tokens.access_token), 'the grant has not ended')
  })

  test('a code that is redeemed while its session ends gives nothing', async () => {
    const other = await register(world)
    const { client } = await signedIn(world)
    const request = await authorizationRequest(other)
    const arrived = await follow(client, request.address)
    endMeanwhile(client)
    await assert.rejects(redeem(other, arrived, request), { error: 'invalid_grant' })
    const kinds = await kindsOf(other)
    assert.equal(kinds.has('AccessToken') || kinds.has('RefreshToken'), false)
  })

  test('an authorization request whose session ends meanwhile asks for a new sign-in', async () => {
    const other = await register(world)
    const { client } = await signedIn(world)
    const { address } = await authorizationRequest(other)
    endMeanwhile(client)
    const answer = await client.get(address)
    assert.deepEqual([answer.status, answer.headers.location], [303, address])
    assert.equal(answer.headers['set-cookie'], undefined)
    assert.deepEqual(await kindsOf(other), new Set())
    assert.equal((await follow(client, address)).pathname, '/sign-in')
  })

  test('a consent that is taken back while an answer is written leaves nothing behind', async () => {
    const third = await register(world, 'web', { thirdParty: true })
    const { client } = await signedIn(world)
    const page = await follow(client, (await authorizationRequest(third)).address)
    const resume = new URL(await pressed(client, page)).pathname
    endMeanwhile(client, `/api/applications/${third.clientId}`)
    const answer = await client.get(resume)
    assert.deepEqual([answer.status, answer.headers.location], [303, resume])
    assert.deepEqual(await kindsOf(third), new Set(['Interaction']))
    const asked = await questionAt(client, await follow(client, resume))
    assert.equal(asked?.question, 'third-party')
  })

  test('the end of a session waits for a token that is being written, and takes it too', async (t) => {
    // SQLite has one writer: nothing waits there.
    if (!second) return
    const { client } = await signedIn(world)
    const other = await register(world)
    await tokensOf(other, client)
    const { id_hash: grantHash } = await db()
      .selectFrom('oidc_records')
      .select('id_hash')
      .where('kind', '=', 'Grant')
      .where('client_id', '=', other.clientId)
      .executeTakeFirstOrThrow()
    const late = { kind: 'AccessToken', idHash: 'late' }
    const end = await db()
      .transaction()
      .execute(async (tx) => {
        const record = { ...late, clientId: null, payload: '{}', grantHash }
        await saveRecords(tx, [{ ...record, expiresAt: Date.now() + 60_000 }])
        const ending = client.delete('/api/session')
        await locksAwaited(t, tx, 1)
        return { ending }
      })
    expectStatus(await end.ending, 204)
    assert.equal(await selectRecord(db(), late.kind, late.idHash, Date.now()), undefined)
  })
})
