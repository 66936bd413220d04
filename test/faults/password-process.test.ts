// The process that hashes passwords is killed, stopped, and given too much to do.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { askPasskey, givePassword } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { signalIfThere } from '../support/world/processes.ts'
import { expectStatus } from '../support/world/world.ts'
import { expectBusy, untilStatus } from './busy.ts'
import { passkeyCustomers, type PasskeyCustomer } from './passkey-customers.ts'
import { fillQueue, killPasswordProcess } from './password-process.ts'
import { startStorm } from './storm.ts'

for (const database of databases) {
  describe(`the process that hashes passwords, on ${database.name}`, { concurrency: 1 }, () => {
    let installation: Installation
    let served: ServeProcess
    before(async () => {
      installation = await Installation.create(database)
      served = await installation.serve()
    })
    after(() => installation.drop())

    test('is killed again and again: what was in hand is 503 busy and costs no try, then it works', async (t) => {
      const { busy, signedIn } = await killPasswordProcess([installation, served], 10)
      t.diagnostic(`${busy} were told to come again, ${signedIn} got in`)
      assert.ok(busy > 0)
    })

    test('does nothing any more: it is replaced after ten seconds', async (t) => {
      const [customer] = await passkeyCustomers(installation, served, 1)
      assert.ok(customer)
      const pid = await served.passwordProcess()
      process.kill(pid, 'SIGSTOP')
      t.after(() => signalIfThere(pid, 'SIGKILL'))
      const began = performance.now()
      expectBusy(await givePassword(installation.client(served), customer.account))
      t.diagnostic(`given up after ${Math.round(performance.now() - began)} ms`)
      await untilStatus(200, () => givePassword(installation.client(served), customer.account))
      assert.notEqual(await served.passwordProcess(), pid)
    })

    test('has a full queue: strangers are told to come again, known browsers get in', async (t) => {
      const { report, slowest } = await fillQueue([installation, served], 20)
      t.diagnostic(
        `guesses ${JSON.stringify(report)}; the slowest known browser took ${slowest} ms`,
      )
    })

    test('a storm of passwords does not slow the sign-ins with a passkey', async (t) => {
      const customers = await passkeyCustomers(installation, served, 10)
      await measure(customers, 3)
      const quiet = await measure(customers, 15)
      const storm = startStorm(installation, served, 40)
      const stormy = await measure(customers, 15)
      const report = await storm.stop()
      const again = await measure(customers, 15)
      const show = ({ p50, p99 }: Times) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
      t.diagnostic(`quiet: ${show(quiet)}; again: ${show(again)}`)
      t.diagnostic(`storm: ${show(stormy)}; guesses ${JSON.stringify(report)}`)
      const ratio = (one: number, other: number) => (one / other).toFixed(2)
      t.diagnostic(
        `ratio: p50 ${ratio(stormy.p50, quiet.p50)}, p99 ${ratio(stormy.p99, quiet.p99)}`,
      )
      // Hashing on the server's own threads made it more than ten times as long.
      assert.ok(stormy.p50 < 5 * Math.max(quiet.p50, again.p50, 5), show(stormy))
    })
  })
}

/** The passkey step of so many sign-ins of each: options, answer, session. */
async function measure(customers: readonly PasskeyCustomer[], times: number): Promise<Times> {
  const took: number[] = []
  const sign = async (customer: PasskeyCustomer) => {
    const { account, passkey, authenticator, client } = customer
    expectStatus(await givePassword(client, account), 200)
    const began = performance.now()
    const answer = await authenticator.get(await askPasskey(client, passkey.id))
    expectStatus(await client.post('/api/sign-in/passkey', answer), 200)
    took.push(performance.now() - began)
  }
  for (let time = 0; time < times; time += 1) for (const one of customers) await sign(one)
  took.sort((one, other) => one - other)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))]
  return { p50: at(0.5) ?? 0, p99: at(0.99) ?? 0 }
}

interface Times {
  readonly p50: number
  readonly p99: number
}
