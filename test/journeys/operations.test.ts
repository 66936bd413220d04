// The listener for operators: is the node alive, is it ready and why not, and how it is.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { text as readText } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import pg from 'pg'
import { mostClockOffset, mostOverdue } from '../../src/limits/node.ts'
import { readinessOf } from '../../src/operations/upkeep/readiness.ts'
import { scansOf, tapStatements } from '../support/checks/statements.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { databases, type DatabaseKind, type TestDatabase } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

interface Report {
  readonly ready: boolean
  readonly failed: readonly string[]
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly says: string }>>
}

interface Asked {
  readonly status: number
  readonly text: string
  readonly type: string
}

async function ask(port: number, path: string, method = 'GET'): Promise<Asked> {
  const outgoing = request({ host: '127.0.0.1', port, path, method, agent: false }).end()
  const [incoming] = await once(outgoing, 'response')
  const { statusCode: status = 0, headers } = incoming
  return { status, text: await readText(incoming), type: headers['content-type'] ?? '' }
}

const env = { SEKISHO_OPERATIONS_PORT: '0' }

async function start(database: DatabaseKind, options: { stillClock: boolean }): Promise<World> {
  return World.start(database, { env, ...options })
}

const portOf = (world: World) => world.nodes[0]?.operationsPort ?? 0

async function ready(world: World, query = ''): Promise<[number, Report]> {
  const { status, text } = await ask(portOf(world), `/readyz${query}`)
  return [status, JSON.parse(text) as Report]
}

/** Keeps everybody else from writing what a ready node writes. */
async function holdWrites(kind: DatabaseKind, { address }: TestDatabase) {
  if (kind.name === 'sqlite') {
    const other = new DatabaseSync(address)
    other.exec('begin immediate')
    return async () => other.close()
  }
  const other = new pg.Client({ connectionString: address })
  await other.connect()
  await other.query('begin')
  await other.query('lock table installation in exclusive mode')
  return () => other.end()
}

for (const database of databases) {
  describe(`operators of a node on ${database.name}`, () => {
    test('are told that it is alive and ready, and nothing but that', async (t) => {
      const world = await start(database, { stillClock: false })
      t.after(() => world.stop())
      const port = portOf(world)
      assert.equal((await ask(port, '/livez')).status, 200)
      const [status, report] = await ready(world)
      assert.equal(status, 200, JSON.stringify(report))
      assert.deepEqual([report.ready, report.failed], [true, []])
      const names = ['drain', 'database', 'clock', 'mail', 'passwords']
      assert.deepEqual(Object.keys(report.checks), names)
      const statuses = async (path: string, method: string) =>
        (await ask(port, path, method)).status
      assert.equal(await statuses('/readyz', 'HEAD'), 200)
      assert.equal(await statuses('/readyz', 'POST'), 405)
      assert.equal(await statuses('/sign-in', 'GET'), 404)
      assert.equal(await statuses('/readyz?exclude=nothing', 'GET'), 400)
      expectStatus(await world.client().get('/livez'), 404)
    })

    test('are told within seconds that nothing can be written, and that it can again', async (t) => {
      const world = await start(database, { stillClock: false })
      t.after(() => world.stop())
      const release = await holdWrites(database, world.database)
      const began = performance.now()
      const answers = await Promise.all(Array.from({ length: 20 }, () => ready(world)))
      assert.ok(performance.now() - began < 4000)
      for (const [status, { failed, checks }] of answers) {
        assert.equal(status, 503)
        assert.ok(failed.includes('database'))
        assert.match(checks['database']?.says ?? '', /no answer within 2000 ms/)
      }
      await release()
      await t.waitFor(async () => assert.equal((await ready(world))[0], 200), { timeout: 10_000 })
    })

    test('are told that mails with codes are not sent, which a proxy need not mind', async (t) => {
      const world = await start(database, { stillClock: false })
      t.after(() => world.stop())
      const { config, db } = world.deps
      const node = { isDraining: () => false, hashes: () => true }
      const mail = async (overdue: number) => {
        // Only this looks ahead: the node's own sender finds nothing due.
        const now = () => Date.now() + overdue
        return (await readinessOf({ config, db, now }, node)()).mail
      }
      const due = Date.now() + 3_600_000
      await db
        .insertInto('outbox')
        .values({
          ...{ id: 'waits', kind: 'test', sealed: 'sealed', created_at: 0, tries: 0, refusals: 0 },
          ...{ next_try_at: due, expires_at: due + 3_600_000 },
        })
        .execute()
      assert.equal((await mail(0)).ok, true)
      assert.equal((await mail(3_600_000 + mostOverdue - 10_000)).ok, true)
      const late = await mail(3_600_000 + mostOverdue + 1000)
      assert.equal(late.ok, false)
      assert.match(late.says, /due for 12\d s/)
    })

    test('read counts without a person in them, and no more of them whatever is asked', async (t) => {
      const world = await start(database, { stillClock: false })
      t.after(() => world.stop())
      const { account } = await accountWithPasskey(world)
      const other = await world.addAccount()
      const wrong = { ...other, password: 'not the right one' }
      expectProblem(await givePassword(world.client(), wrong), 401)
      await world.signIn(other)
      const read = async () => {
        const { status, text, type } = await ask(portOf(world), '/metrics')
        assert.deepEqual([status, type], [200, 'text/plain; version=0.0.4; charset=utf-8'])
        return text
      }
      const text = await read()
      for (const line of [
        'sekisho_sign_ins_total{factor="email",outcome="success"} 2',
        'sekisho_sign_ins_total{factor="password",outcome="password"} 1',
        'sekisho_audit_events_total{event="authn_passkey_registered"} 1',
        'sekisho_holds_total{reason="first_passkey"} 1',
        'sekisho_http_requests_total{kind="sign-in",status="401"} 1',
        'sekisho_http_request_duration_seconds_count{kind="sign-in"} 5',
        'sekisho_check_ok{check="database"} 1',
        'sekisho_locked_accounts{reason="guessing"} 0',
        'sekisho_locked_accounts{reason="support"} 0',
        'sekisho_locked_accounts{reason="holder"} 0',
        'sekisho_desk_alerts 0',
        'sekisho_passwords_waiting 0',
      ]) {
        assert.ok(text.includes(`${line}\n`), `${line} is not in\n${text}`)
      }
      for (const name of [
        'sekisho_database_wait_seconds_count',
        'nodejs_eventloop_lag_p99_seconds',
      ]) {
        assert.ok(Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]) > 0, name)
      }
      for (const line of text.trimEnd().split('\n')) {
        assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+({(\w+="[^"]*",?)+})? [\d.e+-]+)$/)
      }
      const persons = [account, other].flatMap(({ loginId, email }) => [loginId, email])
      for (const person of [...persons, '127.0.0.1']) assert.ok(!text.includes(person), person)

      const names = (read: string) => read.split('\n').map((line) => line.replace(/ \S+$/, ''))
      const client = world.client()
      const strange = async () => {
        const word = randomBytes(6).toString('hex')
        await client.get(`/${word}`)
        await client.get(`/assets/${word}`)
        await client.raw({ method: 'POST', path: `/api/${word}` })
        await client.post('/api/sign-in', { loginId: word, password: word })
      }
      await strange()
      const before = names(await read())
      for (let round = 0; round < 5; round += 1) await strange()
      assert.deepEqual(names(await read()), before)
    })

    test('cost no statement that scans what grows', async (t) => {
      const tap = tapStatements(database)
      const world = await start(database, { stillClock: false })
      t.after(() => world.stop())
      expectStatus(await world.client().get('/sign-in'), 200)
      await ask(portOf(world), '/metrics')
      const statements = [...tap.stop()].filter((one) =>
        /"written"|"counted"|"installation"|"next_try_at" <=/.test(one),
      )
      assert.ok(statements.length >= 5, statements.join('\n'))
      const scans = await scansOf(
        database,
        world.database.owner ?? world.database.address,
        statements,
      )
      // The partial indexes hold the waiting mails alone, and no more than the limit are counted.
      const meant = /^SCAN outbox USING INDEX outbox_(codes|notices)$/
      assert.deepEqual(
        scans.filter(({ plan }) => !meant.test(plan)),
        [],
      )
    })
  })
}

test('a clock that is too far from the database’s is told, by how much', async (t) => {
  const [, postgres] = databases
  assert.ok(postgres)
  // The world's clock stands still, an hour ago.
  const world = await start(postgres, { stillClock: true })
  t.after(() => world.stop())
  const [status, { failed, checks }] = await ready(world)
  assert.equal(status, 503)
  assert.deepEqual(failed, ['clock'])
  assert.match(checks['clock']?.says ?? '', /3\d{6} ms behind/)
  assert.equal((await ready(world, '?exclude=clock'))[0], 200)
  world.advance(Date.now() - world.now - mostClockOffset / 2)
  await t.waitFor(async () => assert.equal((await ready(world))[0], 200), { timeout: 5000 })
})

test('a port for operators that is taken refuses the start', async (t) => {
  const [sqlite] = databases
  assert.ok(sqlite)
  const first = await start(sqlite, { stillClock: false })
  t.after(() => first.stop())
  const taken = { SEKISHO_OPERATIONS_PORT: String(portOf(first)) }
  const second = new World(sqlite, { env: taken })
  t.after(() => second.stop())
  await assert.rejects(second.begin(), { setting: 'SEKISHO_OPERATIONS_PORT' })
})
