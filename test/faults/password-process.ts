// What becomes of sign-ins when the process that hashes passwords dies, or has too much to do.
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Installation, ServeProcess } from '../support/world/installation.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'
import { expectBusy, untilStatus } from './busy.ts'
import { passkeyCustomers, type PasskeyCustomer } from './passkey-customers.ts'
import { startStorm, type StormReport } from './storm.ts'

type Where = readonly [Installation, ServeProcess]

/** Kills it with many passwords in hand and in the queue; nobody is charged for what was not checked. */
export async function killPasswordProcess([installation, served]: Where, rounds: number) {
  const customers = await passkeyCustomers(installation, served, 4)
  let [busy, signedIn] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const pid = await served.passwordProcess()
    const trying = customers.flatMap((customer) =>
      Array.from({ length: 4 }, () => givePassword(installation.client(served), customer.account)),
    )
    await wait(5 + Math.random() * 60)
    process.kill(pid, 'SIGKILL')
    for (const answer of await Promise.all(trying)) {
      if (answer.status === 200) {
        signedIn += 1
      } else {
        expectBusy(answer)
        busy += 1
      }
    }
  }
  assert.deepEqual(served.failures(), [])
  await installation.inside(async ({ db, keys }) => {
    for (const { account } of customers) {
      const key = `password/${keys.hash('login-id', account.loginId)}`
      const count = db.selectFrom('throttles').select('failures').where('key', '=', key)
      assert.equal((await count.executeTakeFirst())?.failures ?? 0, 0)
    }
  })
  for (const { account } of customers) {
    await untilStatus(200, () => givePassword(installation.client(served), account))
  }
  return { busy, signedIn }
}

/** Fills the queue; browsers that an account knows get in meanwhile, each at the first try. */
export async function fillQueue([installation, served]: Where, signIns: number) {
  const [customer] = await passkeyCustomers(installation, served, 1)
  assert.ok(customer)
  const storm = startStorm(installation, served, 90)
  await untilBusy(installation, served, customer)
  const took: number[] = []
  for (let time = 0; time < signIns; time += 1) {
    const began = performance.now()
    expectStatus(await givePassword(customer.client, customer.account), 200)
    took.push(Math.round(performance.now() - began))
  }
  const report: StormReport = await storm.stop()
  assert.ok((report[503] ?? 0) > 0, 'the queue was never full')
  assert.deepEqual(
    Object.keys(report).filter((status) => !['401', '503'].includes(status)),
    [],
  )
  assert.deepEqual(served.failures(), [])
  return { report, slowest: Math.max(...took) }
}

/** Until a browser that nobody knows is told to come again. */
async function untilBusy(
  installation: Installation,
  served: ServeProcess,
  { account }: PasskeyCustomer,
): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const answer = await givePassword(installation.client(served), account)
    if (answer.status === 503) return expectBusy(answer)
  }
  throw new Error('the queue does not fill')
}
