// Both nodes are restarted again and again behind the proxies of examples/operations, while people sign in.
// SEKISHO_TEST_PROXIES=nginx,haproxy,caddy asks for proxies, and one that is not there is a failure then;
// without it those are taken that are installed.
import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { HttpClient } from '../support/world/http-client.ts'
import { Installation } from '../support/world/installation.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'
import { hosts, isInstalled, proxyNames, startProxy, type Ports } from './proxy.ts'

const restarts = 6
const lanesOfProxy = 4

const wanted = process.env['SEKISHO_TEST_PROXIES']?.split(',').map((one) => one.trim())
const chosen = proxyNames.filter((name) => wanted?.includes(name) ?? isInstalled(name))

test('the proxies that are asked for are there', () => {
  for (const one of wanted ?? []) {
    const name = proxyNames.find((known) => known === one)
    assert.ok(name, `${one}: examples/operations has no such proxy`)
    assert.ok(
      isInstalled(name),
      `${one} is asked for by SEKISHO_TEST_PROXIES, and is not installed`,
    )
  }
})

const skip = chosen.length === 0 && 'none is installed; SEKISHO_TEST_PROXIES makes that a failure'

test(
  `each node is restarted ${restarts} times behind each proxy, and no request fails`,
  { skip },
  async (t) => {
    const [, postgres] = databases
    assert.ok(postgres)
    const installation = await Installation.create(postgres)
    await using begun = new AsyncDisposableStack()
    begun.defer(() => installation.drop())
    const nodes = await Promise.all([freePort(), freePort()])
    const operations = await freePort()
    const serve = (index: 0 | 1) =>
      serveAt(installation, { host: hosts[index], node: nodes[index], operations }, t)
    const served = [await serve(0), await serve(1)]
    const loads = await Array.fromAsync(chosen, async (name) => {
      const ports: Ports = { proxy: await freePort(), nodes, operations }
      const proxy = await startProxy(name, ports)
      begun.defer(() => proxy.stop())
      // HAProxy asks before it sends.
      await wait(1000)
      const people = await installation.addAccounts(lanesOfProxy)
      const url = `http://127.0.0.1:${ports.proxy}`
      const headers = { 'accept-encoding': 'gzip' }
      const page = await new HttpClient(url, { origin: installation.origin }).raw({
        ...{ method: 'GET', path: '/sign-in', headers },
      })
      assert.equal(page.headers['content-encoding'], undefined, `${name} packs pages`)
      const load = keepSigningIn(installation, url, people)
      begun.defer(async () => void (await load.stop()))
      return { name, load }
    })
    for (let restart = 1; restart <= restarts; restart += 1) {
      for (const index of [0, 1] as const) {
        assert.equal(await served[index]?.kill('SIGTERM'), 0)
        served[index] = await serve(index)
        // An operator waits longer; in less HAProxy has not asked.
        await wait(1000)
      }
    }
    for (const { name, load } of loads) {
      const { signIns, answers, failures } = await load.stop()
      t.diagnostic(`${name}: ${signIns} sign-ins, ${answers} answers, ${2 * restarts} restarts`)
      for (const failure of failures) t.diagnostic(`${name}: ${failure}`)
      assert.deepEqual(failures, [], name)
      assert.ok(signIns > 5 * restarts, `${name}: ${signIns} sign-ins`)
    }
    for (const one of installation.processes) assert.deepEqual(one.failures(), [])
  },
)

/** Starts a node at these ports, and waits until it is ready. */
async function serveAt(
  installation: Installation,
  at: { readonly host: string; readonly node: number; readonly operations: number },
  t: TestContext,
) {
  const served = await installation.serve({
    SEKISHO_HOST: at.host,
    SEKISHO_PORT: String(at.node),
    SEKISHO_OPERATIONS_HOST: at.host,
    SEKISHO_OPERATIONS_PORT: String(at.operations),
  })
  const readyz = `http://${at.host}:${at.operations}/readyz`
  await t.waitFor(async () => assert.equal((await fetch(readyz)).status, 200), { timeout: 20_000 })
  return served
}

/** People who sign in and out again, one after another in each lane, whatever happens. */
function keepSigningIn(installation: Installation, url: string, people: readonly TestAccount[]) {
  const agent = new Agent({ keepAlive: true })
  const failures: string[] = []
  let [isOver, signIns, answers] = [false, 0, 0]
  const signIn = async (account: TestAccount) => {
    const client = new HttpClient(url, { origin: installation.origin, agent })
    const { loginId, password } = account
    const ask = async (asking: ReturnType<HttpClient['get']>, status = 200) => {
      expectStatus(await asking, status)
      answers += 1
    }
    await ask(client.get('/sign-in'))
    await ask(client.post('/api/sign-in', { loginId, password }))
    const code = await installation.nextCode(account)
    await ask(client.post('/api/sign-in/email-code', { code }))
    await ask(client.get('/api/session'))
    await ask(client.delete('/api/session'), 204)
    signIns += 1
  }
  const working = people.map(async (account) => {
    while (!isOver) {
      await signIn(account).catch((error: unknown) => {
        failures.push(`${new Date().toISOString()} ${String(error)}`)
        return wait(1000)
      })
    }
  })
  return {
    async stop() {
      isOver = true
      await Promise.all(working)
      agent.destroy()
      return { signIns, answers, failures }
    },
  }
}
