// A node that is told to stop is left by everybody before it goes: no request fails over a restart.
import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { drainFor } from '../../src/limits/node.ts'
import { HttpClient } from '../support/world/http-client.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

interface Upstream {
  readonly served: ServeProcess
  readonly readyz: string
}

async function startNode(installation: Installation): Promise<Upstream> {
  const port = String(await freePort())
  const served = await installation.serve({ SEKISHO_OPERATIONS_PORT: port })
  return { served, readyz: `http://127.0.0.1:${port}/readyz` }
}

async function isReady({ readyz }: Upstream): Promise<boolean> {
  return fetch(readyz).then(
    ({ status }) => status === 200,
    () => false,
  )
}

test('a client that keeps connections sees no failed request when its node gives way to a new one', async (t) => {
  const [, postgres] = databases
  assert.ok(postgres)
  const installation = await Installation.create(postgres)
  t.after(() => installation.drop())
  const [former, next] = [await startNode(installation), await startNode(installation)]
  const accounts = await installation.addAccounts(4)
  // As a proxy does: connections are kept for less than the node drains, and left when it is not ready.
  const agent = new Agent({ keepAlive: true, timeout: drainFor - 1000 })
  t.after(() => agent.destroy())
  let upstream = former
  let [isOver, answers, endings] = [false, 0, 0]
  const signInAgain = async (account: TestAccount) => {
    const browser = new HttpClient(former.served.url, { origin: installation.origin, agent })
    const ask = async (path: string, body?: unknown) => {
      const client = browser.through(upstream.served.url)
      const answer = await (body === undefined ? client.get(path) : client.post(path, body))
      expectStatus(answer, 200)
      answers += 1
      if (answer.headers['connection'] === 'close') endings += 1
    }
    const { loginId, password } = account
    await ask('/sign-in')
    await ask('/api/sign-in', { loginId, password })
    await ask('/api/sign-in/email-code', { code: await installation.nextCode(account) })
    await ask('/api/session')
  }
  const lanes = accounts.map(async (account) => {
    while (!isOver) await signInAgain(account)
  })
  const working = Promise.all(lanes)
  working.catch(() => {})
  const more = async (count: number) => {
    const before = answers
    await t.waitFor(() => assert.ok(answers >= before + count), { timeout: 20_000 })
  }
  await more(30)
  assert.equal(endings, 0, 'connections are kept')

  const began = performance.now()
  const ended = former.served.kill('SIGTERM')
  await t.waitFor(async () => assert.equal(await isReady(former), false), { timeout: 2000 })
  // Answers that had left before the signal.
  await more(2)
  const kept = answers - endings
  await more(4)
  assert.equal(answers - endings, kept, 'it goes on answering, and each answer ends its connection')
  upstream = next
  assert.equal(await ended, 0)
  assert.ok(performance.now() - began < 10_000)
  await more(10)
  isOver = true
  await working
  t.diagnostic(`${answers} answers, ${endings} of them ended their connection`)
  assert.deepEqual(former.served.failures(), [])
})

test('a second SIGTERM ends a node at once, and one that only comes twice does not', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const installation = await Installation.create(sqlite)
  t.after(() => installation.drop())
  const served = await installation.serve()
  const began = performance.now()
  const ended = served.kill('SIGTERM')
  // npm passes on a signal that the whole group got.
  void served.kill('SIGTERM')
  await wait(1500)
  assert.ok(served.isRunning, 'it drains')
  void served.kill('SIGTERM')
  assert.equal(await ended, 1)
  assert.ok(performance.now() - began < drainFor)
})
