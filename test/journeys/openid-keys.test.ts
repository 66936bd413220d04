// What the provider keeps: its keys, and what of its secrets is in the database.
import assert from 'node:assert/strict'
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { before, test } from 'node:test'
import { days } from '../../src/kernel/clock.ts'
import { hashToken } from '../../src/kernel/secrets.ts'
import {
  loadSigningKeys,
  makeFirstKeys,
  revokeKey,
  rotateKeys,
} from '../../src/operations/openid/signing-keys.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { databaseText } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { signedIn, startSecondNode, tokensOf, until, verifiedJwt } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  operator,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

/** As an installation sealed everything before each purpose had its key. */
function sealAsBefore(secret: string, id: string, text: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'sekisho/seal', 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

onEachDatabase('Keys and secrets of OpenID Connect', { reachable: true }, (world, database) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  // Only PostgreSQL is for more than one node.
  const second = database.name === 'postgres' ? 1 : 0

  type Jwks = { keys: { kid: string; alg: string; kty: string; d?: string; p?: string }[] }
  const published = async (node = 0) =>
    (await world.client({ node }).get<Jwks>('/oauth2/jwks')).body.keys

  test('two nodes have the same keys, and both see at once what one of them ends', async () => {
    if (second) await startSecondNode(world)
    assert.deepEqual(await published(second), await published(0))
    const { client } = await signedIn(world)
    const { access_token: token } = await tokensOf(desk, client)
    const onSecond = async () => {
      const answer = await world.client({ node: second }).raw({
        method: 'GET',
        path: '/oauth2/userinfo',
        headers: { authorization: `Bearer ${token}` },
      })
      return answer.status
    }
    assert.equal(await onSecond(), 200)
    assert.equal((await client.delete('/api/session')).status, 204)
    assert.equal(await onSecond(), 401)
  })

  test('a code is redeemed on another node than it was given by, and once on both', async () => {
    const { client } = await signedIn(world)
    const request = await authorizationRequest(desk)
    const arrived = await follow(client.through(world.url(second)), request.address)
    assert.ok((await redeem(desk, arrived, request)).access_token)
    await assert.rejects(redeem(desk, arrived, request), { error: 'invalid_grant' })
  })

  test('nodes that start together make the keys once', async () => {
    const { db } = world.deps
    await db.deleteFrom('oidc_keys').execute()
    await db.deleteFrom('installation').where('name', '=', 'oidc-keys').execute()
    const nodes = [...world.nodes, ...world.nodes]
    await Promise.all(nodes.map(({ deps }) => makeFirstKeys(deps)))
    const kept = await db.selectFrom('oidc_keys').select('kid').execute()
    assert.equal(kept.length, 2)
    const kids = kept.map(({ kid }) => kid).toSorted()
    for (const node of new Set([0, second])) {
      await until(async () => {
        const now = (await published(node)).map(({ kid }) => kid).toSorted()
        return now.join() === kids.join() ? true : null
      })
    }
  })

  test('an ES256 and an RS256 key are published, without their private parts', async () => {
    const keys = await published()
    assert.deepEqual(keys.map(({ alg }) => alg).toSorted(), ['ES256', 'RS256'])
    for (const key of keys) {
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) assert.equal(secret in key, false)
    }
    assert.doesNotMatch(await databaseText(world), /"d\\*":/, 'sealed in the database')
  })

  test('new keys are published at once and sign later, and old tokens still verify', async () => {
    const { client } = await signedIn(world)
    const old = (await tokensOf(desk, client)).id_token ?? ''
    const before = await published()
    const signsFrom = await rotateKeys(world.deps, operator)
    assert.ok(signsFrom - Date.now() > 9 * 60_000)
    for (const node of new Set([0, second])) {
      await until(async () => ((await published(node)).length === 4 ? true : null))
    }
    const coming = (await tokensOf(desk, client)).id_token ?? ''
    const kid = (await verifiedJwt(world, coming)).header['kid']
    assert.ok(
      before.some((key) => key.kid === kid),
      'the old key signs on',
    )

    await world.deps.db
      .updateTable('oidc_keys')
      .set({ signs_from: Date.now() - 1 })
      .where('signs_from', '>', Date.now())
      .execute()
    const next = await until(async () => {
      const { header } = await verifiedJwt(world, (await tokensOf(desk, client)).id_token ?? '')
      return before.every((key) => key.kid !== header['kid']) ? header : null
    })
    assert.equal(next['alg'], 'ES256')
    assert.ok(await verifiedJwt(world, old), 'what was signed before still verifies')

    const present = { ...world.deps, now: () => Date.now() + 3 * days }
    await sweep(present)
    const left = await world.deps.db.selectFrom('oidc_keys').select('kid').execute()
    assert.equal(left.length, 2, 'a key that has served its time is gone')
  })

  test('no secret is in the database in clear', async () => {
    const { client } = await signedIn(world)
    const asked = world.client()
    const page = await follow(asked, (await authorizationRequest(desk)).address)
    const continueTo = page.searchParams.get('continueTo') ?? ''
    const uid = continueTo.split('/').at(-1) ?? ''
    const { loginId, password } = await world.addAccount()
    expectStatus(await asked.post('/api/sign-in', { loginId, password, continueTo }), 200)
    assert.match((await asked.get('/sign-in/email-code')).text, new RegExp(`${continueTo}/leave`))
    const pending = await follow(
      client,
      (await authorizationRequest(desk, { acr_values: 'phr' })).address,
    )
    const request = await authorizationRequest(desk)
    const arrived = await follow(client, request.address)
    const tokens = await redeem(desk, arrived, request)
    const unused = await follow(client, (await authorizationRequest(desk)).address)
    const text = await databaseText(world)
    const secrets: Readonly<Record<string, string | null | undefined>> = {
      code: arrived.searchParams.get('code'),
      'unused code': unused.searchParams.get('code'),
      'access token': tokens.access_token,
      'refresh token': tokens.refresh_token,
      'ID token': tokens.id_token,
      'interaction of a sign-in': uid,
      'interaction of a session': pending.pathname.split('/').at(-1),
      'session cookie': client.cookies.get('sekisho_session'),
      'client secret': desk.secret,
    }
    for (const [what, secret] of Object.entries(secrets)) {
      assert.ok(secret && secret.length > 20, what)
      assert.equal(text.includes(secret), false, what)
    }
    assert.ok(text.includes(hashToken(tokens.access_token)))
    const logged = world.log.join('\n')
    assert.match(logged, /"path":"\/oauth2\/interaction\/…"/)
    for (const [what, secret] of Object.entries(secrets)) {
      assert.equal(logged.includes(String(secret)), false, `${what} in the log`)
    }
  })

  test('a revoked key is gone at once, and a new one signs in its place', async () => {
    const { client } = await signedIn(world)
    const signs = async () => {
      const { id_token: token = '' } = await tokensOf(desk, client)
      return { token, kid: String((await verifiedJwt(world, token)).header['kid']) }
    }
    const old = await signs()
    assert.equal(await revokeKey(world.deps, 'nobody-has-this', operator), false)
    assert.equal(await revokeKey(world.deps, old.kid, operator), true)
    for (const node of new Set([0, second])) {
      await until(async () => (await published(node)).every(({ kid }) => kid !== old.kid))
    }
    await assert.rejects(verifiedJwt(world, old.token), /no published key/)
    assert.notEqual((await signs()).kid, old.kid)
    const events = await world.deps.db
      .selectFrom('audit_events')
      .select('detail')
      .where('event', '=', 'sys_key_revoked')
      .execute()
    assert.deepEqual(
      events.map(({ detail }) => JSON.parse(String(detail)) as unknown),
      [{ reason: operator.reason, kid: old.kid }],
    )
  })

  test('two keys that are revoked at once leave one that signs with their algorithm', async () => {
    const { db, now } = world.deps
    const signing = () =>
      db
        .selectFrom('oidc_keys')
        .select('kid')
        .where('alg', '=', 'ES256')
        .where('published_until', 'is', null)
        .where('signs_from', '<=', now())
        .execute()
    for (let times = 0; times < 5; times += 1) {
      await rotateKeys(world.deps, operator)
      const allSign = { signs_from: now() - 1, published_until: null }
      await db.updateTable('oidc_keys').set(allSign).execute()
      const kids = (await signing()).map(({ kid }) => kid)
      assert.ok(kids.length > 1)
      await Promise.all(kids.map((kid) => revokeKey(world.deps, kid, operator)))
      assert.equal((await signing()).length, 1)
    }
  })

  test('keys that were sealed before purposes sign on, sealed for theirs', async () => {
    const { db, keys, config } = world.deps
    const before = await loadSigningKeys(world.deps)
    for (const { kid = '', ...key } of before) {
      const sealed = sealAsBefore(config.secrets[0], kid, JSON.stringify({ ...key, kid }))
      await db.updateTable('oidc_keys').set({ sealed }).where('kid', '=', kid).execute()
    }
    await makeFirstKeys(world.deps)
    assert.deepEqual(await loadSigningKeys(world.deps), before)
    for (const { kid, sealed } of await db.selectFrom('oidc_keys').selectAll().execute()) {
      assert.ok(keys.unseal('signing-key', kid, sealed))
      assert.throws(() => keys.unseal('continue-to', kid, sealed))
    }
  })

  test('what has expired is swept', async () => {
    await signedIn(world).then(({ client }) => tokensOf(desk, client))
    const count = async () =>
      (await world.deps.db.selectFrom('oidc_records').select('kind').execute()).length
    assert.ok((await count()) > 0)
    await sweep({ ...world.deps, now: () => Date.now() + 2 * days })
    assert.equal(await count(), 0)
  })
})
