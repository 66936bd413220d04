// What `doctor` says of two real PostgreSQL servers of which one follows the other.
import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import type { Environment } from '../../src/settings/environment.ts'
import { examineHere } from '../support/world/doctor.ts'
import { launchPair, type Pair } from '../support/world/pair.ts'
import { freePort } from '../support/world/processes.ts'
import { runHere } from '../support/world/terminal.ts'

describe('doctor and a standby', { concurrency: 1 }, () => {
  let pair: Pair
  let env: Environment
  before(async () => {
    pair = await launchPair()
    const { address } = await pair.create()
    env = {
      SEKISHO_SECRET: 'a secret that is long enough, it is',
      SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
      SEKISHO_MAIL_FROM: 'no-reply@example.invalid',
      SEKISHO_ORIGIN: 'http://127.0.0.1:9',
      SEKISHO_DATABASE: address,
    }
    assert.equal((await runHere(['migrate'], env)).status, 0)
  })
  after(() => pair.close())

  /** Each process of the server takes a change of its settings when it gets to it. */
  const standbysBecome = (t: TestContext, states: readonly string[]) =>
    t.waitFor(
      async () => {
        const rows = await pair.primary.ask('select sync_state from pg_stat_replication')
        assert.deepEqual(
          rows.map((row) => row['sync_state']),
          states,
        )
      },
      { timeout: 10_000 },
    )
  const saysOf = (found: Awaited<ReturnType<typeof examineHere>>) =>
    found.findings.filter(({ check }) => check === 'database').map(({ says }) => says)

  test('says which host is which, and what an asynchronous one loses', async () => {
    const found = await examineHere(env)
    assert.deepEqual(saysOf(found), [
      'host 1 answers, and is the primary',
      'host 2 answers: a standby',
    ])
    const { says, cure } = found.of('replication', 'warning')
    assert.match(says, /^asynchronous, with 1 connected: /)
    assert.match(says, /what came last, and sessions that had ended live again$/)
    assert.match(cure ?? '', /synchronous_standby_names.*restore/)
  })

  test('says that a failover costs nothing where commits wait', async (t) => {
    await pair.primary.ask(`alter system set synchronous_standby_names = 'ANY 1 (db1, db2)'`)
    await pair.primary.ask('select pg_reload_conf()')
    await standbysBecome(t, ['quorum'])
    assert.match((await examineHere(env)).of('replication', 'ok').says, /^synchronous, with 1 /)
  })

  test('finds a standby that is not the one that commits wait for', async (t) => {
    await pair.primary.ask(`alter system set synchronous_standby_names = 'ANY 1 (db7)'`)
    await pair.primary.ask('select pg_reload_conf()')
    await standbysBecome(t, ['async'])
    const { says, cure } = (await examineHere(env)).of('replication', 'fault')
    assert.match(says, /none of those is connected that commits wait for/)
    assert.match(cure ?? '', /cluster_name/)
    await pair.primary.ask(`alter system set synchronous_standby_names = 'ANY 1 (db1, db2)'`)
    await pair.primary.ask('select pg_reload_conf()')
  })

  test('finds that the standby is away for which commits wait', async (t) => {
    await pair.standby.stopped(async () => {
      await standbysBecome(t, [])
      const found = await examineHere(env)
      assert.match(found.of('database', 'fault').says, /^host 2: .*nothing listens/)
      assert.match(found.of('replication', 'fault').says, /none of those is connected/)
      found.of('database writes', 'ok')
    })
    await pair.follows()
  })

  test('finds that no host takes writes where the primary is gone', async () => {
    const { host } = new URL(pair.standby.url)
    const port = await freePort()
    const address = (env['SEKISHO_DATABASE'] ?? '').replace(/@[^/]+/, `@127.0.0.1:${port},${host}`)
    const gone = await examineHere({ ...env, SEKISHO_DATABASE: address })
    assert.deepEqual(saysOf(gone).at(-1), 'host 2 answers: a standby')
    assert.match(gone.of('database writes', 'fault').says, /^no host takes writes$/)
    const alone = address.replace(/@[^/]+/, `@${host}`)
    const found = await examineHere({ ...env, SEKISHO_DATABASE: alone })
    assert.match(found.of('database writes', 'fault').cure ?? '', /^promote a standby/)
  })
})
