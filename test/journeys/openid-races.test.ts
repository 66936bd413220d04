// Two requests that both find what only one may take, on two nodes, and the end of the session between them.
import assert from 'node:assert/strict'
import { afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import * as oauth from 'openid-client'
import { findClient } from '../../src/domain/clients/store.ts'
import { saveRecords, selectRecord } from '../../src/domain/openid/records.ts'
import type { Tx } from '../../src/domain/tables/tables.ts'
import { removeClient } from '../../src/operations/openid/clients.ts'
import { outside } from '../support/checks/beside.ts'
import { eventsOf } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
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
  operator,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

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

  const send = (party: RelyingParty, form: Record<string, string>, address: string, node = 0) => {
    const authorization = `Basic ${btoa(`${party.clientId}:${party.secret}`)}`
    const headers = { authorization, 'x-forwarded-for': address }
    return postForm(world, '/oauth2/token', form, headers, node)
  }

  /** What is sent to the token endpoint of both nodes at once, from two addresses; how they answer. */
  const sendTwice = async (form: Record<string, string>) => {
    meet()
    const answers = await Promise.all(
      ['192.0.2.7', '198.51.100.1'].map((address, index) =>
        send(desk, form, address, index * second),
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

  test('a press while its session ends is refused, and gives no consent', async () => {
    const third = await register(world, 'web', { thirdParty: true })
    const { client, account } = await signedIn(world)
    const page = await follow(client, (await authorizationRequest(third)).address)
    const { question, session } = (await questionAt(client, page)) ?? {}
    endMeanwhile(client)
    const answer = await client.post(page.pathname, { question, session })
    assert.equal(expectProblem(answer, 401), 'not_signed_in')
    const consents = db().selectFrom('consents').selectAll()
    assert.deepEqual(await consents.where('client_id', '=', third.clientId).execute(), [])
    assert.deepEqual(await eventsOf(world, account, 'authz_consent_given'), [])
  })

  test('a consent that is taken back while an answer is written leaves nothing behind', async () => {
    const third = await register(world, 'web', { thirdParty: true })
    const { client, account } = await signedIn(world)
    await proveChange(client, { world, account })
    const page = await follow(client, (await authorizationRequest(third)).address)
    const resume = new URL(await pressed(client, page)).pathname
    endMeanwhile(client, `/api/applications/${third.clientId}`)
    const answer = await client.get(resume)
    assert.deepEqual([answer.status, answer.headers.location], [303, resume])
    assert.deepEqual(await kindsOf(third), new Set(['Interaction']))
    const asked = await questionAt(client, await follow(client, resume))
    assert.equal(asked?.question, 'third-party')
  })

  /** Writes one more token under the grant of a client that has one grant. */
  const saveToken = async (tx: Tx, { clientId }: RelyingParty, idHash: string) => {
    const { id_hash: grantHash } = await tx
      .selectFrom('oidc_records')
      .select('id_hash')
      .where('kind', '=', 'Grant')
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow()
    const record = { kind: 'AccessToken', idHash, clientId, payload: '{}', grantHash }
    await saveRecords(tx, [{ ...record, expiresAt: Date.now() + 60_000 }])
  }

  test('the end of a session waits for a token that is being written, and takes it too', async (t) => {
    // SQLite has one writer: nothing waits there.
    if (!second) return
    const { client } = await signedIn(world)
    const other = await register(world)
    await tokensOf(other, client)
    const end = await db()
      .transaction()
      .execute(async (tx) => {
        await saveToken(tx, other, 'late')
        const ending = client.delete('/api/session')
        await locksAwaited(t, tx, 1)
        return { ending }
      })
    expectStatus(await end.ending, 204)
    assert.equal(await selectRecord(db(), 'AccessToken', 'late', Date.now()), undefined)
  })

  // Two transactions that take rows in different orders wait for each other, until PostgreSQL ends one.
  for (const end of ['a second use', 'a consent taken back', 'a client removed'] as const) {
    for (const first of ['refresh', 'end'] as const) {
      test(`${end} beside a refresh ends the grant, and neither is busy, the ${first} first`, async (t) => {
        if (!second) return
        const party = await register(world, 'web', { thirdParty: true })
        const { clientId } = party
        const { client, account, accountId } = await signedIn(world)
        await proveChange(client, { world, account })
        const { refresh_token: oldest = '' } = await tokensOf(party, client)
        const refresh = (token: string, node?: number) =>
          send(party, { grant_type: 'refresh_token', refresh_token: token }, '192.0.2.7', node)
        const refreshed = async (token: string) =>
          String(expectStatus(await refresh(token), 200)['refresh_token'])
        const latest = await refreshed(await refreshed(oldest))
        await db()
          .transaction()
          .execute((tx) => saveToken(tx, party, clientId))
        // Behind its tokens, where a deletion in any order meets it last.
        await sql`update oidc_records set client_id = client_id
          where kind = 'Grant' and client_id = ${clientId}`.execute(db())

        const ends = {
          'a second use': async () => (await refresh(oldest, second)).status === 400,
          'a consent taken back': async () =>
            (await client.delete(`/api/applications/${clientId}`)).status === 204,
          'a client removed': async () => {
            const found = await findClient(db(), clientId)
            return found !== undefined && removeClient(world.deps, found, operator)
          },
        }
        let isOver = false
        const waitFor = (look: () => Promise<void>) =>
          t.waitFor(() => (isOver ? undefined : look()), { timeout: 10_000 })
        const both = [
          () => refresh(latest).then(({ status }) => [200, 400].includes(status)),
          () => ends[end]().finally(() => (isOver = true)),
        ]
        if (first === 'end') both.reverse()
        const held = {
          // The refresh has taken nothing yet, or its token.
          refresh: sql`select 1 from sessions where account_id = ${accountId} for update`,
          // The end has taken the grant, or all tokens but one.
          end: sql`select 1 from oidc_records where id_hash = ${clientId} for update`,
        }
        const { begun } = await db()
          .transaction()
          .execute(async (tx) => {
            await held[first].execute(tx)
            const begun: Promise<boolean>[] = []
            for (const one of both) {
              begun.push(outside(one))
              await locksAwaited({ waitFor } as typeof t, tx, begun.length)
            }
            return { begun }
          })
        assert.deepEqual(await Promise.all(begun), [true, true])
        assert.equal((await kindsOf(party)).has('Grant'), false)
      })
    }
  }
})
