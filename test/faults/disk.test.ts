// The disk is full: what cannot be kept is refused, nothing is half done, and room is all that it takes.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { brokenInvariants } from '../support/checks/invariants.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { givePassword } from '../support/world/journeys.ts'
import { OwnPostgres } from '../support/world/own-postgres.ts'
import { databases } from '../support/world/postgres.ts'
import { expectStatus } from '../support/world/world.ts'
import { expectBusy, untilStatus } from './busy.ts'
import { canMount, smallDisk, withFilesUpTo, type SmallDisk } from './disk.ts'
import { passkeyCustomers, type PasskeyCustomer } from './passkey-customers.ts'

for (const name of ['sqlite', 'postgres'] as const) {
  test(
    `a full disk is 503 busy until there is room again, on ${name}`,
    { skip: !canMount && 'takes root and Linux' },
    async (t) => {
      const disk = await smallDisk(name === 'sqlite' ? 16 : 512)
      const kind = name === 'sqlite' ? sqliteOn(disk) : await OwnPostgres.launch(disk.folder)
      const installation = await Installation.create(kind)
      t.after(async () => {
        await installation.drop()
        await kind.close()
        await disk.remove()
      })
      const served = await installation.serve()
      const customers = await passkeyCustomers(installation, served, 2)
      await disk.fill()
      tell(t, await writeUntilBusy(installation, served, customers))
      for (const { client } of customers) expectStatus(await client.get('/api/session'), 200)
      await disk.free()
      for (const { account, client } of customers) {
        await untilStatus(200, () => givePassword(client, account))
        expectStatus(await client.get('/api/session'), 200)
      }
      assert.deepEqual(served.failures(), [])
      await installation.inside(async (deps) => assert.deepEqual(await brokenInvariants(deps), []))
    },
  )
}

test('a file that may not grow is 503 busy, and after a restart with room all is there', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const installation = await Installation.create(sqlite)
  t.after(() => installation.drop())
  await installation.addAccounts(1)
  const roomy = await installation.serve()
  const customers = await passkeyCustomers(installation, roomy, 2)
  assert.equal(await roomy.kill('SIGTERM'), 0)

  const narrow = await installation.serve({}, withFilesUpTo(300))
  const through = customers.map((one) => ({ ...one, client: one.client.through(narrow.url) }))
  tell(t, await writeUntilBusy(installation, narrow, through))
  assert.deepEqual(narrow.failures(), [])
  await narrow.kill('SIGKILL')

  const again = await installation.serve()
  for (const { account, client } of customers) {
    const back = client.through(again.url)
    expectStatus(await back.get('/api/session'), 200)
    expectStatus(await givePassword(back, account), 200)
  }
  await installation.inside(async (deps) => assert.deepEqual(await brokenInvariants(deps), []))
})

function sqliteOn({ folder }: SmallDisk) {
  const database = { address: join(folder, 'sekisho.sqlite'), drop: () => Promise.resolve() }
  return { create: () => Promise.resolve(database), close: () => Promise.resolve() }
}

/** Signs in and guesses until nothing can be kept any more; counts what was answered on the way. */
async function writeUntilBusy(
  installation: Installation,
  served: ServeProcess,
  customers: readonly PasskeyCustomer[],
): Promise<ReadonlyMap<number, number>> {
  const answered = new Map<number, number>()
  for (let time = 0; time < 2000 && (answered.get(503) ?? 0) < 20; time += 1) {
    const customer = customers[time % customers.length]
    assert.ok(customer)
    const stranger: HttpClient = installation.client(served)
    const asks = [
      () => givePassword(customer.client, customer.account),
      () => givePassword(stranger, { ...customer.account, loginId: `nobody-${time}` }),
      () => customer.client.get('/api/passkeys'),
    ]
    for (const answer of await Promise.all(asks.map((ask) => ask()))) {
      assert.ok([200, 401, 503].includes(answer.status), answer.text)
      if (answer.status === 503) expectBusy(answer)
      answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1)
    }
  }
  assert.ok((answered.get(503) ?? 0) >= 20, JSON.stringify([...answered]))
  return answered
}

function tell(t: TestContext, answered: ReadonlyMap<number, number>): void {
  t.diagnostic(`until nothing could be kept: ${JSON.stringify([...answered])}`)
}
