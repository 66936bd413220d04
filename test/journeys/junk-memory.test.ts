// However much junk comes, the server's memory is bounded, and it answers afterwards as before.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { junkBodies } from '../support/checks/junk.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { databases } from '../support/world/postgres.ts'
import { onWire } from '../support/world/wire.ts'

const json = { 'content-type': 'application/json' }
const head =
  'POST /api/sign-in HTTP/1.1\r\nHost: localhost:3000\r\nOrigin: http://localhost:3000\r\n'

test('a storm of junk leaves the memory of the server where it was', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const installation = await Installation.create(sqlite)
  t.after(() => installation.drop())
  const served = await installation.serve()
  await storm(installation, served)
  const before = await served.memory()
  const peaks: number[] = []
  for (let round = 0; round < 2; round += 1) {
    await storm(installation, served)
    peaks.push(await served.memory())
  }
  tell(t, before, peaks)
  assert.ok(Math.max(...peaks) < before + 120, `${before} MB, then ${peaks.join(', ')} MB`)
  assert.deepEqual(served.failures(), [])
  assert.equal((await installation.client(served).get('/api/session')).status, 401)
})

/** About 250 MB in 150 requests, most of it in bodies that are refused by their length. */
async function storm(installation: Installation, served: ServeProcess): Promise<void> {
  const large = Buffer.alloc(10 * 1024 * 1024, ' ')
  const client = installation.client(served)
  const send = (headers: Record<string, string>, body: string | Uint8Array) =>
    client.raw({ method: 'POST', path: '/api/sign-in', headers: { ...json, ...headers }, body })
  for (let round = 0; round < 3; round += 1) {
    await Promise.allSettled([
      ...Array.from({ length: 4 }, () => send({ 'content-length': `${large.length}` }, large)),
      ...Array.from({ length: 4 }, () => send({ 'transfer-encoding': 'chunked' }, large)),
      ...Object.values(junkBodies).map((body) => send({}, body)),
      ...Array.from({ length: 10 }, () =>
        onWire(served.url, [`${head}Cookie: ${'a'.repeat(99_000)}`]),
      ),
      ...Array.from({ length: 10 }, () =>
        onWire(served.url, [`${head}Content-Length: 120000\r\n\r\n`, 'a'.repeat(60_000)], {
          hangUp: true,
        }),
      ),
    ])
  }
}

function tell(t: TestContext, before: number, peaks: readonly number[]): void {
  const megabytes = (value: number) => `${Math.round(value)} MB`
  t.diagnostic(`resident: ${megabytes(before)}, then ${peaks.map(megabytes).join(', ')}`)
}
