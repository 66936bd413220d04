// Every list of passkeys knows the browser alike: what is selected, and what has the badge.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '../../src/text/texts.ts'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  securityKey,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { proveSession, switchFactor, givePassword } from '../support/world/journeys.ts'
import { authorizationRequest, follow, register } from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('lists of passkeys', { reachable: true }, (world) => {
  /** The row that is selected, of a page with one list. */
  async function selectedRow(client: HttpClient, path: string): Promise<string> {
    const { text } = await client.get(path)
    const rows = text.match(/<label class="choice">[^]*?<\/label>/g) ?? []
    assert.equal(rows.length, 2, path)
    assert.match(rows[0] ?? '', />YubiKey</, 'the last use stays on top')
    return rows.find((row) => / checked/.test(row)) ?? ''
  }

  test('select what worked in this browser, with its badge, wherever they stand', async () => {
    const holder = await holderOfPasskey(world)
    const { account, client, authenticator, passkey } = holder
    const key = securityKey(world)
    const other = await registerFurtherPasskey(world, holder, key, 'YubiKey')
    world.advance(1000)
    const elsewhere = await world.signIn(account)
    expectStatus(await proveSession(elsewhere, key, other.id, 'step-up'), 200)
    // A new session, whose proof is the code: an application may ask for more.
    await world.signIn(account, client)

    const desk = await register(world)
    const { address } = await authorizationRequest(desk, { acr_values: 'phr' })
    const stepUp = (await follow(client, address)).pathname
    const lists = [stepUp, '/portal/second-factor', '/portal/passkeys/new']
    const badge = new RegExp(`${passkey.name} <span class="badge">${texts.ja.passkey.thisDevice}<`)
    for (const path of lists) assert.match(await selectedRow(client, path), badge, path)
    // A browser that remembers nothing selects by the machine; the key’s browser by what worked.
    for (const path of ['/portal/second-factor', '/portal/passkeys/new']) {
      const row = await selectedRow(elsewhere, path)
      assert.match(row, />YubiKey</, path)
      assert.doesNotMatch(row, /badge/, 'a key is no part of this device')
    }

    await switchFactor(elsewhere, authenticator, passkey.id, 'passkey')
    expectStatus(await proveSession(elsewhere, key, other.id, 'step-up'), 200)
    world.advance(1000)
    const again = world.client()
    expectStatus(await givePassword(client, account), 200)
    assert.match(await selectedRow(client, '/sign-in/passkey'), badge)
    expectStatus(await givePassword(again, account), 200)
    assert.doesNotMatch(await selectedRow(again, '/sign-in/passkey'), /badge/)
  })
})
