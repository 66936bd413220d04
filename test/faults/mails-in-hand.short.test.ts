// Rule 26: what a node that dies had in hand is sent by another within ten seconds, and nothing twice.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { mailForsakenAfter } from '../../src/limits/mails.ts'
import { Installation } from '../support/world/installation.ts'
import { databases } from '../support/world/postgres.ts'
import { expectStatus } from '../support/world/world.ts'

/** A mail server that greets and then says nothing, which a sender bears for half a minute. */
async function silentServer(t: TestContext) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    socket.write('220 slow\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    sockets.forEach((socket) => socket.destroy())
    server.close()
  })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets }
}

for (const database of databases) {
  test(`a dead node's mails go out soon, a slow node's stay its own, on ${database.name}`, async (t) => {
    const installation = await Installation.create(database)
    t.after(() => installation.drop())
    const silent = await silentServer(t)
    const slow = await installation.serve({ SEKISHO_SMTP_URL: silent.url })
    const [account] = await installation.addAccounts(1)
    assert.ok(account)
    const { loginId, password } = account
    const client = installation.client(slow)
    expectStatus(await client.post('/api/sign-in', { loginId, password }), 200)
    await t.waitFor(() => assert.ok(silent.sockets.size > 0), { timeout: 10_000 })

    const other = await installation.serve()
    // Longer than a dead node's mail would wait.
    await wait(mailForsakenAfter + 4000)
    assert.deepEqual(installation.mail.mails, [])
    const killedAt = performance.now()
    await slow.kill('SIGKILL')
    const code = await installation.nextCode(account, 20_000)
    const took = performance.now() - killedAt
    t.diagnostic(`${Math.round(took)} ms after the kill`)
    assert.ok(took < 10_000, `${took} ms`)
    const there = client.through(other.url)
    expectStatus(await there.post('/api/sign-in/email-code', { code }), 200)
    assert.equal(installation.mail.mails.length, 1)
    // The line and the mail come by two ways: neither has to be here first.
    await t.waitFor(
      () => assert.ok(other.log.some((line) => line.includes('a node died with mails in hand'))),
      { timeout: 5000 },
    )
  })
}
