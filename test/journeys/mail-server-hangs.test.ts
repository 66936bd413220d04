// Rule 26 with a mail server that takes the connection and then says nothing.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { putMail } from '../../src/domain/outbox/outbox.ts'
import { openDatabase } from '../../src/domain/tables/database.ts'
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'

const [sqlite] = databases

/** A whole node in real time, with a mail in the outbox and the mail server's end of the line. */
async function hang(t: TestContext, { lives = null }: { lives?: number | null } = {}) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const env = { SEKISHO_SMTP_URL: `smtp://127.0.0.1:${port}` }
  assert.ok(sqlite)
  const world = await World.start(sqlite, { env, stillClock: false })
  t.after(async () => {
    await world.stop()
    server.close()
  })
  const called = once(server, 'connection') as Promise<[Socket]>
  const expiresAt = lives && Date.now() + lives
  const mail = {
    kind: 'test',
    to: 'a@example.jp',
    subject: 'A',
    text: 'A',
    accountId: null,
    expiresAt,
  }
  await transact(world.deps, fromNowhere('system'), async (act) => putMail(act, mail))
  world.deps.wakeSender()
  const [socket] = await called
  const heard: string[] = []
  socket.on('data', (bytes) => heard.push(bytes.toString()))
  socket.on('error', () => {})
  return { world, socket, heard, expiresAt }
}

test('a mail that expires while the server is silent is not sent when it speaks', async (t) => {
  const { world, socket, heard, expiresAt } = await hang(t, { lives: 1000 })
  // The mail itself is the clock here: it must have expired when the server speaks.
  await t.waitFor(() => assert.ok(Date.now() > Number(expiresAt) + 300), { timeout: 10_000 })
  socket.write('220 at last\r\n')
  const row = () => world.deps.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
  await t.waitFor(async () => assert.equal((await row()).sealed, null), { timeout: 10_000 })
  assert.equal((await row()).sent_at, null)
  assert.deepEqual(heard, [])
})

test('a node stops although the server is silent, and the mail waits for the next one', async (t) => {
  const { world } = await hang(t)
  const began = performance.now()
  await Promise.all(world.nodes.map((node) => node.stop()))
  const took = performance.now() - began
  assert.ok(took < 4000, `it took ${took} ms`)
  const { database, deps } = world
  const db = await openDatabase({ address: database.address, keys: deps.keys, use: 'serve' })
  const row = await db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
  await db.destroy()
  assert.notEqual(row.sealed, null)
  assert.ok(row.next_try_at <= Date.now() + 5000)
})
