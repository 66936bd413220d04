// 「いま試す」 in the portal: a passkey is tried out, and nothing is proven (rules 5 to 8, 24 and 28).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '../../src/text/texts.ts'
import {
  holderOfPasskey,
  openFurtherRegistration,
  proofOptions,
  registerFurtherPasskey,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  atPasskey,
  makePasskey,
  rehearsalOptions,
  rehearse,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const addressOf = (id: string) => `/api/passkeys/${id}/rehearsal`

onEachDatabase('a rehearsal', (world) => {
  /** All that the session and its account may do. */
  async function rightsOf({
    account,
    client,
  }: {
    account: { loginId: string }
    client: HttpClient
  }) {
    const { db } = world.deps
    const row = await db
      .selectFrom('accounts')
      .where('login_id', '=', account.loginId)
      .selectAll()
      .executeTakeFirstOrThrow()
    const sessions = await db
      .selectFrom('sessions')
      .where('account_id', '=', row.id)
      .selectAll()
      .orderBy('id')
      .execute()
    const { expiresAt: _, ...told } = expectStatus(
      await client.get<Record<string, unknown>>('/api/session'),
      200,
    )
    const cookie = client.cookies.get('sekisho_session')
    return { row, told, cookie, sessions: sessions.map((one) => ({ ...one, last_seen_at: 0 })) }
  }

  test('says how the passkey answered, and changes nothing of the session', async () => {
    for (const holder of [await accountWithPasskey(world), await holderOfPasskey(world)]) {
      const { client, passkey, authenticator } = holder
      const key = securityKey(world)
      await openFurtherRegistration(world, holder)
      const open = await rightsOf(holder)
      world.advance(1000)
      assert.deepEqual(expectStatus(await rehearse(client, authenticator, passkey.id), 200), {
        way: 'this-device',
      })
      assert.deepEqual(await rightsOf(holder), open)
      const further = expectStatus(await makePasskey(client, key, 'Key'), 201)
      const after = await rightsOf(holder)
      assert.equal(expectStatus(await rehearse(client, key, further.id), 200).way, 'other-device')
      assert.deepEqual(await rightsOf(holder), after)
      assert.equal(
        expectProblem(await client.post('/api/passkeys/email-code'), 403),
        'passkey_needed',
      )
      const method = after.told['secondFactor'] === 'email' ? 'passkey' : 'email'
      const switched = await client.put('/api/second-factor', { method })
      assert.equal(expectProblem(switched, 403), 'passkey_needed')
    }
  })

  test('has a purpose of its own: it proves nothing elsewhere, and no proof rehearses', async () => {
    const holder = await accountWithPasskey(world)
    const { account, client, passkey, authenticator } = holder
    const browser = await atPasskey(world, holder)
    const other = await signInWithPasskey(world, account, authenticator, passkey.id)
    const expired = async (from: HttpClient, path: string, answer: unknown) => {
      assert.equal(expectProblem(await from.post(path, answer), 400), 'ceremony_expired')
    }
    const answer = await authenticator.get(await rehearsalOptions(client, passkey.id))
    await expired(client, '/api/session/passkey', answer)
    await expired(browser, '/api/sign-in/passkey', answer)
    await expired(other, addressOf(passkey.id), answer)
    expectStatus(await client.post(addressOf(passkey.id), answer), 200)
    await expired(client, addressOf(passkey.id), answer)
    const proof = await authenticator.get(await proofOptions(client, passkey.id, 'step-up'))
    await expired(client, addressOf(passkey.id), proof)
    const signIn = await authenticator.get(await askPasskey(browser, passkey.id))
    await expired(client, addressOf(passkey.id), signIn)
  })

  test('is of the passkey in its address, of one’s own, and of a session', async () => {
    const holder = await accountWithPasskey(world)
    const { client, passkey, authenticator } = holder
    const key = await registerFurtherPasskey(world, holder, securityKey(world), 'Key')
    const answer = await authenticator.get(await rehearsalOptions(client, passkey.id))
    assert.equal(
      expectProblem(await client.post(addressOf(key.id), answer), 400),
      'ceremony_expired',
    )
    const two = await accountWithPasskey(world)
    for (const id of [two.passkey.id, 'A'.repeat(22), 'x']) {
      const refused = await client.post(`${addressOf(id)}/options`)
      assert.equal(expectProblem(refused, 404), 'no_such_passkey')
    }
    for (const path of [addressOf(passkey.id), `${addressOf(passkey.id)}/options`]) {
      const refused = await world.client().post(path, path.endsWith('options') ? undefined : answer)
      assert.equal(expectProblem(refused, 401), 'not_signed_in')
    }
  })

  test('is a use: its time and counter are kept, the trail and the holder are told, and the browser remembers', async () => {
    const holder = await accountWithPasskey(world)
    const { client, passkey } = holder
    const key = securityKey(world)
    const further = await registerFurtherPasskey(world, holder, key, 'Key')
    world.advance(60_000)
    expectStatus(await rehearse(client, key, further.id), 200)
    const row = await world.deps.db
      .selectFrom('passkeys')
      .where('id', '=', further.id)
      .select(['last_used_at', 'counter'])
      .executeTakeFirst()
    assert.deepEqual({ ...row }, { last_used_at: world.now, counter: key.credentials[0]?.counter })
    const { events } = expectStatus(
      await client.get<{ events: { event: string; detail: object }[] }>('/api/activity'),
      200,
    )
    assert.equal(events[0]?.event, 'authn_rehearsal_success')
    assert.deepEqual(events[0]?.detail, { passkey: further.id, way: 'other-device' })
    const portal = (await client.get('/portal')).text
    assert.ok(portal.includes(texts.ja.activity.authn_rehearsal_success))
    const selected = /value="([^"]+)"[^>]* checked[^]*?>Key</
    const { text } = await client.get('/portal/passkeys/new')
    assert.equal(selected.exec(text)?.[1], further.id)

    const bad = await key.get(await rehearsalOptions(client, further.id), { signature: 'bogus' })
    const refused = await client.post(addressOf(further.id), bad)
    assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    const after = (await client.get('/portal/passkeys/new')).text
    assert.match(after, new RegExp(`value="${passkey.id}"[^>]* checked`))
    const failed = await world.deps.db
      .selectFrom('audit_events')
      .where('event', '=', 'authn_passkey_fail')
      .select('detail')
      .orderBy('at', 'desc')
      .executeTakeFirstOrThrow()
    const { purpose, passkey: chosen } = JSON.parse(failed.detail) as Record<string, unknown>
    assert.deepEqual([purpose, chosen], ['rehearsal', further.id])
  })

  test('with a counter that did not rise is refused, and a risk', async () => {
    const { client, passkey, authenticator, account } = await accountWithPasskey(world)
    const [credential] = authenticator.credentials
    assert.ok(credential)
    credential.counter = 0
    const refused = await rehearse(client, authenticator, passkey.id)
    assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    const risk = await world.mail.next(({ to, subject }) => {
      return to.includes(account.email) && /^パスキーの使用に関するご確認/.test(subject)
    })
    assert.ok(risk)
  })
})
