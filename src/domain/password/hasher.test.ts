// Rule 20, and the fate of passwords in hand when the hashing process dies.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { availableParallelism, constants, getPriority } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { pino } from 'pino'
import { passwordProcesses } from '../../../test/support/world/processes.ts'
import { Problem, problemStatus } from '../../kernel/http/problem.ts'
import type { Asker } from '../deps.ts'
import { ChildHasher } from './hasher.ts'

const password = 'correct horse battery'

describe('the queue of passwords', { concurrency: 1 }, () => {
  let hasher: ChildHasher
  let phc: string
  before(async () => {
    hasher = new ChildHasher(pino({ level: 'silent' }))
    phc = await hasher.hash(password)
  })
  after(() => hasher.stop())

  const anybody = { account: 'anybody', turn: 'last' } as const
  let lastAccount = 0
  const somebodyElse = () => `account ${(lastAccount += 1)}`
  const verify = (turn: Asker['turn'], account = somebodyElse()) =>
    hasher.verify(password, phc, { turn, account })
  /** How many of `times` concurrent tries are accepted; the others get 503 `busy`. */
  async function countTaken(times: number, turn: Asker['turn'], ask = () => verify(turn)) {
    const all = Array.from({ length: times }, () => ask().catch((error: unknown) => error))
    const results = await Promise.all(all)
    for (const result of results.filter((one) => one !== true)) {
      assert.ok(result instanceof Problem)
      assert.deepEqual([result.code, problemStatus[result.code], result.extras], busy)
    }
    return results.filter((result) => result === true).length
  }
  const busy = ['busy', 503, { retryAfterSeconds: 2 }]
  const atOnce = availableParallelism()

  test('holds 48 of strangers, and 16 more of known browsers', async () => {
    const [strangers, known] = await Promise.all([
      countTaken(atOnce + 100, 'last'),
      countTaken(30, 'first'),
    ])
    assert.equal(strangers, atOnce + 48)
    assert.equal(known, 16)
  })

  test('holds 64 of known browsers when no stranger is there', async () => {
    assert.equal(await countTaken(atOnce + 100, 'first'), atOnce + 64)
  })

  test('lets known browsers go first', async () => {
    const done: string[] = []
    const waiting = Array.from({ length: atOnce + 40 }, () => verify('last'))
    const strangers = waiting.map((one) => one.then(() => done.push('last')))
    const known = verify('first').then(() => done.push('first'))
    await Promise.all([...strangers, known])
    // This try begins next. On a busy machine a few others may end before it, but not half of them.
    assert.ok(done.indexOf('first') < atOnce + 20, `after ${done.indexOf('first')} others`)
  })

  test('gives nobody more places than one may have at once, and who has enough waits for them', async () => {
    const inHand = new Map<string, number>()
    const most = new Map<string, number>()
    const ask = (account: string, limits: Readonly<Record<string, number>>) => {
      const names = Object.keys(limits)
      const add = (name: string, count: number) => {
        inHand.set(name, (inHand.get(name) ?? 0) + count)
        most.set(name, Math.max(most.get(name) ?? 0, inHand.get(name) ?? 0))
      }
      const asker: Asker = { account, turn: 'first', most: new Map(Object.entries(limits)) }
      return hasher.withPlace(asker, async () => {
        for (const name of names) add(name, 1)
        assert.equal(await verify('first', account), true)
        for (const name of names) add(name, -1)
      })
    }
    const sixTimes = (account: string, limits: Readonly<Record<string, number>>) =>
      Array.from({ length: 6 }, () => ask(account, limits))
    await Promise.all([
      ...sixTimes('a', { a: 2 }),
      ...sixTimes('b', { b: 2, address: 3 }),
      ...sixTimes('c', { c: 2, address: 3 }),
      ...sixTimes('d', { d: 9 }),
    ])
    assert.deepEqual(Object.fromEntries(most), { a: 2, b: 2, address: 3, c: 2, d: 6 })
    const failing = { account: 'e', turn: 'last', most: new Map([['e', 1]]) } as const
    for (let time = 0; time < 2; time += 1) {
      const failed = hasher.withPlace(failing, () => Promise.reject(new Error('it failed')))
      await assert.rejects(failed, /it failed/)
    }
  })

  test('lets accounts take turns: who asks once is not behind those who ask often', async () => {
    for (const turn of ['first', 'last'] as const) {
      const done: string[] = []
      const ask = (account: string) => verify(turn, account).then(() => done.push(account))
      const greedy = Array.from({ length: atOnce + 30 }, () => ask('greedy'))
      await Promise.all([...greedy, ask('modest')])
      assert.ok(done.indexOf('modest') < atOnce + 15, `after ${done.indexOf('modest')} others`)
    }
  })

  test('gives back what was in hand when the process dies, and goes on with the rest', async () => {
    const [pid = 0] = await passwordProcesses(process.pid)
    const all = Array.from({ length: atOnce + 8 }, () =>
      verify('last').catch((error: unknown) => error),
    )
    process.kill(pid, 'SIGKILL')
    const results = await Promise.all(all)
    const lost = results.filter((result) => result !== true)
    assert.equal(lost.length, atOnce)
    for (const problem of lost) assert.ok(problem instanceof Problem && problem.code === 'busy')
    assert.ok(!(await passwordProcesses(process.pid)).includes(pid))
  })

  test('is worked off at the lowest priority, by a process that knows no setting', async (t) => {
    process.env['SEKISHO_SECRET'] = 'none of its business'
    const others = new Set(await passwordProcesses(process.pid))
    const other = new ChildHasher(pino({ level: 'silent' }))
    t.after(() => {
      other.stop()
      delete process.env['SEKISHO_SECRET']
    })
    assert.equal(await other.verify(password, phc, anybody), true)
    const [pid = 0] = (await passwordProcesses(process.pid)).filter((one) => !others.has(one))
    assert.equal(getPriority(pid), constants.priority.PRIORITY_LOW)
    if (process.platform === 'linux') {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8')
      assert.doesNotMatch(environment, /SEKISHO/)
    }
  })

  test('takes nothing any more when the node stops', async () => {
    const other = new ChildHasher(pino({ level: 'silent' }))
    const waiting = Array.from({ length: 30 }, () => other.verify(password, phc, anybody))
    other.stop()
    const outcomes = await Promise.allSettled([...waiting, other.verify(password, phc, anybody)])
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    assert.equal(refused.length, 31)
  })
})
