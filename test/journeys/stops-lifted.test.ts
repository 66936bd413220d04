// Rule 46: a thief of the mailbox does not shorten a stop by a passkey of her own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { stopByTelephone } from '../../src/operations/stop/stop-by-telephone.ts'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  securityKey,
} from '../support/world/ceremonies.ts'
import { proveChange, proveChangeByCode } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { registerFirstPasskey, signInWithPasskey, switchFactor } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('a stop of trades', (world) => {
  test('is not lifted at once by a passkey that was bound since', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    world.advance(minutes)
    const authenticator = world.authenticator()
    const passkey = await registerFirstPasskey(world, client, account, authenticator)
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    await proveChange(client, { authenticator, passkey })
    assert.equal(expectProblem(await client.delete('/api/stop'), 409), 'stop_waits')
    assert.equal((await client.get<{ stop: unknown }>('/api/session')).body.stop, 'trading')
    const needed = /停止のあとに登録したパスキーをお使いのため、解除するには、現在のパスワードと/
    assert.match((await client.get('/portal/stop')).text, needed)
    world.advance(24 * hours)
    const later = await signInWithPasskey(world, account, authenticator, passkey.id)
    await proveChange(later, { authenticator, passkey })
    assert.match((await later.get('/portal/stop')).text, needed)
    assert.equal(expectProblem(await later.delete('/api/stop'), 400), 'password_wrong')
    expectStatus(await later.delete('/api/stop', { password: account.password }), 204)
  })

  for (const way of ['a session', 'telephone']) {
    test(`is not lifted at once by a passkey that was bound since, where ${way} raises it after that`, async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
      world.advance(minutes)
      const authenticator = world.authenticator()
      const passkey = await registerFirstPasskey(world, client, account, authenticator)
      await switchFactor(client, authenticator, passkey.id, 'passkey')
      world.advance(minutes)
      if (way === 'telephone') await stopByTelephone(world.deps, { ...account, level: 'trading' })
      else expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
      await proveChange(client, { authenticator, passkey })
      const { password } = account
      assert.equal(expectProblem(await client.delete('/api/stop', { password }), 409), 'stop_waits')
      assert.match((await client.get('/portal/stop')).text, /停止のあとに登録したパスキーをお使い/)
      world.advance(24 * hours)
      const later = await signInWithPasskey(world, account, authenticator, passkey.id)
      await proveChange(later, { authenticator, passkey })
      expectStatus(await later.delete('/api/stop', { password }), 204)
      // The next one is a stop of its own, which that passkey was there before.
      expectStatus(await later.post('/api/stop', { level: 'withdrawal' }), 204)
      world.advance(minutes)
      expectStatus(await later.post('/api/stop', { level: 'trading' }), 204)
      await proveChange(later, { authenticator, passkey })
      expectStatus(await later.delete('/api/stop'), 204)
    })
  }

  test('is lifted at once by one that is older, in a session that a younger one began too', async () => {
    const holder = await holderOfPasskey(world)
    const { account, client, authenticator, passkey } = holder
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    expectStatus(await client.post('/api/stop', { level: 'trading' }), 204)
    world.advance(minutes)
    const key = securityKey(world)
    const younger = await registerFurtherPasskey(world, holder, key, 'YubiKey')
    const session = await signInWithPasskey(world, account, key, younger.id)
    await proveChange(session, { authenticator: key, passkey: younger })
    assert.equal(expectProblem(await session.delete('/api/stop'), 409), 'stop_waits')
    const page = (await session.get('/portal/stop')).text
    assert.match(page, /停止の前に登録したパスキーで本人確認をしていただくと、すぐに解除できます/)
    assert.match(page, /停止のあとに登録したパスキーでは、\S+ \S+ から解除できます/)
    assert.doesNotMatch(page, /カスタマーサポートでも、それより前には/)
    assert.doesNotMatch(page, /name="password"/)
    assert.match(page, new RegExp(`value="${passkey.id}"`))
    assert.doesNotMatch(page, new RegExp(`value="${younger.id}"`), 'it lifts nothing yet')
    await proveChange(session, { authenticator, passkey })
    expectStatus(await session.delete('/api/stop'), 204)
  })

  test('is lifted from the minute on that the page names', async () => {
    const account = await world.addAccount()
    world.advance(minutes - (world.now % minutes) + 17 * seconds)
    expectStatus(await (await world.signIn(account)).post('/api/stop', { level: 'trading' }), 204)
    world.advance(23 * hours)
    const client = await world.signIn(account)
    const page = (await client.get('/portal/stop')).text
    const named = /(\d{4}\/\d\d\/\d\d \d+:\d\d) から解除できます/.exec(page)?.[1]
    world.advance(Date.parse(`${named} +0900`) - world.now)
    const later = await world.signIn(account)
    await proveChangeByCode(world, later, account)
    expectStatus(await later.delete('/api/stop', { password: account.password }), 204)
  })
})
