// A known browser remembers which passkey worked in it (docs/decisions/0018).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  securityKey,
  registerFurtherPasskey,
  removeBySupport,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword, signInWithPasskey } from '../support/world/journeys.ts'
import { expectStatus, type TestAccount, type World } from '../support/world/world.ts'

/** The IDs of the passkeys that the sign-in says worked in this browser; both calls say the same. */
async function passkeysHere(browser: HttpClient, account: TestAccount): Promise<string[]> {
  const begun = expectStatus(await givePassword(browser, account), 200)
  assert.deepEqual(expectStatus(await browser.get('/api/sign-in'), 200), begun)
  return begun.passkeys.filter(({ here }) => here).map(({ id }) => id)
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

  test('and what worked last there replaces what worked before', async () => {
    const { account, client, passkey, authenticator, key, other } = await withTwoPasskeys(world)
    await signInWithPasskey(world, account, key, other.id, client)
    assert.deepEqual(await passkeysHere(client, account), [other.id])
    await signInWithPasskey(world, account, authenticator, passkey.id, client)
    assert.deepEqual(await passkeysHere(client, account), [passkey.id])
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
})
