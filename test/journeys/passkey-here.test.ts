// A known browser remembers which passkey worked in it (docs/decisions/0018).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { passkeysHere as migration } from '../../src/domain/tables/migrations/0021-passkeys-here.ts'
import { tapCommits } from '../support/checks/commits.ts'
import {
  securityKey,
  registerFurtherPasskey,
  removeBySupport,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  proveSession,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { asOwner } from '../support/world/roles.ts'
import {
  expectProblem,
  expectStatus,
  type TestAccount,
  type World,
} from '../support/world/world.ts'

/** The IDs of the passkeys that the sign-in says worked in this browser; both calls say the same. */
async function passkeysHere(browser: HttpClient, account: TestAccount): Promise<string[]> {
  const begun = expectStatus(await givePassword(browser, account), 200)
  assert.deepEqual(expectStatus(await browser.get('/api/sign-in'), 200), begun)
  return begun.passkeys.filter(({ here }) => here).map(({ id }) => id)
}

/** The ID of the passkey that the page of the sign-in selects. */
async function selectedAt(browser: HttpClient): Promise<string | undefined> {
  const { text } = await browser.get('/sign-in/passkey')
  return /value="([^"]+)"[^>]* checked/.exec(text)?.[1]
}

/** An account with the passkey of its PC, and one on another device, both registered on the PC. */
async function withTwoPasskeys(world: World) {
  const holder = await accountWithPasskey(world)
  const key = securityKey(world)
  const other = await registerFurtherPasskey(world, holder, key, 'Phone')
  return { ...holder, key, other }
}

onEachDatabase('a browser remembers the passkey that worked in it,', (world) => {
  test('also one that was registered there and never used to sign in', async () => {
    const { account, client, passkey } = await accountWithPasskey(world)
    assert.deepEqual(await passkeysHere(client, account), [passkey.id])
    assert.deepEqual(await passkeysHere(world.client(), account), [], 'in another browser')
  })

  test('and a passkey of another device, registered there, does not take its place', async () => {
    const { account, client, passkey } = await withTwoPasskeys(world)
    assert.deepEqual(await passkeysHere(client, account), [passkey.id])
  })

  test('each browser its own: the order is the account’s, the memory is not', async () => {
    const { account, client, passkey, key, other } = await withTwoPasskeys(world)
    world.advance(60_000)
    const phone = await signInWithPasskey(world, account, key, other.id)
    assert.deepEqual(await passkeysHere(phone, account), [other.id])
    const { passkeys } = expectStatus(await givePassword(client, account), 200)
    assert.deepEqual(
      passkeys.map(({ id, here }) => [id, here]),
      [
        [other.id, false],
        [passkey.id, true],
      ],
    )
  })

  test('and each one that did: what worked last is selected', async () => {
    const { account, client, passkey, authenticator, key, other } = await withTwoPasskeys(world)
    for (const [used, id] of [
      [key, other.id],
      [authenticator, passkey.id],
    ] as const) {
      world.advance(1000)
      await signInWithPasskey(world, account, used, id, client)
      // The one used last stands on top.
      const both = id === passkey.id ? [passkey.id, other.id] : [other.id, passkey.id]
      assert.deepEqual(await passkeysHere(client, account), both)
      assert.equal(await selectedAt(client), id)
    }
  })

  test('also by a proof in a session', async () => {
    const { client, key, other, account, passkey } = await withTwoPasskeys(world)
    world.advance(1000)
    expectStatus(await proveSession(client, key, other.id, 'step-up'), 200)
    assert.deepEqual(await passkeysHere(client, account), [other.id, passkey.id])
    assert.equal(await selectedAt(client), other.id)
  })

  test('and what failed since: another one is selected until it works again', async () => {
    const { account, client, passkey, authenticator, key, other } = await withTwoPasskeys(world)
    await signInWithPasskey(world, account, key, other.id, client)
    world.advance(1000)
    await signInWithPasskey(world, account, authenticator, passkey.id, client)
    const failures = {
      'an answer that is not verified': async () => {
        const answer = await authenticator.get(await askPasskey(client, passkey.id), {
          signature: 'bogus',
        })
        expectProblem(await client.post('/api/sign-in/passkey', answer), 400)
      },
      'a dialog that ended without one': async () => {
        expectStatus(
          await client.post('/api/sign-in/passkey/failure', { passkeyId: passkey.id }),
          204,
        )
      },
    }
    for (const [what, fail] of Object.entries(failures)) {
      expectStatus(await givePassword(client, account), 200)
      assert.equal(await selectedAt(client), passkey.id)
      await fail()
      assert.equal(await selectedAt(client), other.id, what)
      assert.ok((await passkeysHere(client, account)).includes(passkey.id), 'it did work once')
      world.advance(1000)
      await signInWithPasskey(world, account, authenticator, passkey.id, client)
    }
  })

  test('told by nobody without the attempt or session, and once after each success', async () => {
    const { account, client, passkey } = await withTwoPasskeys(world)
    const stranger = world.client()
    const body = { passkeyId: passkey.id }
    const told = (from: HttpClient, at: 'sign-in' | 'session', sent: object = body) =>
      from.post(`/api/${at}/passkey/failure`, sent)
    assert.equal(expectProblem(await told(stranger, 'sign-in'), 404), 'no_sign_in')
    assert.equal(expectProblem(await told(stranger, 'session'), 401), 'not_signed_in')
    expectStatus(await givePassword(stranger, account), 200)
    const two = await accountWithPasskey(world)
    for (const passkeyId of [two.passkey.id, 'A'.repeat(22), '']) {
      const refused = await told(stranger, 'sign-in', { passkeyId })
      assert.equal(expectProblem(refused, 404), 'no_such_passkey')
    }
    const tap = tapCommits()
    // Of a browser that is not known nothing is remembered.
    expectStatus(await told(stranger, 'sign-in'), 204)
    for (let times = 1; times <= 2; times += 1) expectStatus(await told(client, 'session'), 204)
    assert.deepEqual(
      tap.stop().map(({ commits }) => commits.length),
      [0, 1, 0],
    )
    expectStatus(await givePassword(client, account), 200)
    assert.notEqual(await selectedAt(client), passkey.id)
  })

  test('for each account its own', async () => {
    const one = await accountWithPasskey(world)
    const two = await accountWithPasskey(world)
    await signInWithPasskey(world, two.account, two.authenticator, two.passkey.id, one.client)
    assert.deepEqual(await passkeysHere(one.client, one.account), [one.passkey.id])
    assert.deepEqual(await passkeysHere(one.client, two.account), [two.passkey.id])
  })

  test('and forgets it when a passkey is removed', async () => {
    const { account, client, other } = await withTwoPasskeys(world)
    await removeBySupport(world, account, other.id)
    assert.deepEqual(await passkeysHere(client, account), [])
  })

  test('and the one of before the update', async () => {
    const { account, client, passkey } = await accountWithPasskey(world)
    await asOwner(world, async (db) => {
      await sql`alter table known_browsers drop column passkeys`.execute(db)
      await sql`update known_browsers set passkey_id = ${passkey.id}, passkey_way = 'this-device',
        passkey_at = ${world.now}`.execute(db)
      await migration.up(db)
    })
    assert.deepEqual(await passkeysHere(client, account), [passkey.id])
    expectStatus(await givePassword(client, account), 200)
    assert.match((await client.get('/sign-in/passkey')).text, /class="badge"/)
  })
})
