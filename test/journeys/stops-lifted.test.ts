// Rule 46: a thief of the mailbox does not shorten a stop by a passkey of her own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { proveChange } from '../support/world/changes.ts'
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
})
