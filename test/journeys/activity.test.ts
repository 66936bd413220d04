// What the holder of an account is told of what happened: all that is theirs to know, and no more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { transact } from '../../src/domain/act.ts'
import { asHolder } from '../../src/domain/actor.ts'
import {
  auditEvents,
  countedEvents,
  listedEvents,
  type AuditEvent,
} from '../../src/domain/audit/events.ts'
import { record } from '../../src/domain/audit/record.ts'
import { days } from '../../src/kernel/clock.ts'
import { lockByCommand, reopenAccount } from '../../src/operations/support/lock-account.ts'
import { en } from '../../src/text/en.ts'
import { ja } from '../../src/text/ja.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { asOwner } from '../support/world/roles.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const caller = {
  address: null,
  browser: null,
  system: null,
  requestId: null,
  language: 'ja',
} as const
const operator = { name: 'suzuki', reason: 'reported to the police, do not tell the customer' }

interface Activity {
  readonly events: readonly {
    readonly event: string
    readonly at: string
    readonly by: string
    readonly detail: Readonly<Record<string, unknown>>
    readonly browser: string | null
    readonly system: string | null
  }[]
  readonly failures: readonly {
    readonly event: string
    readonly count: number
    readonly orMore: boolean
    readonly lastAt: string
  }[]
  readonly failuresSince: string
}

onEachDatabase(
  'the activity of an account',
  { env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1' } },
  (world, database) => {
    const activityOf = async (client: HttpClient) =>
      expectStatus(await client.get<Activity>('/api/activity'), 200)

    async function stored({ loginId }: TestAccount) {
      const account = await findAccount(world.deps, loginId)
      assert.ok(account)
      return account
    }

    async function write(
      account: TestAccount,
      event: keyof typeof auditEvents,
      detail: Readonly<Record<string, string>> = {},
    ) {
      const { id } = await stored(account)
      // Whatever the type of an event says: a row may hold more.
      const written = { event, accountId: id, detail } as unknown as AuditEvent
      await transact(world.deps, asHolder(caller), async (act) => record(act, written))
    }

    test('shows of no event what support wrote, nor any member that is not listed', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const words = 'free words of support'
      // Each member of a detail, of every event, holds what none of the lists may let through.
      const members = ['reason', 'why', 'what', 'from', 'to', 'purpose', 'factor', 'last', 'synced']
      const more = [
        'wasLocked',
        'note',
        'ticket',
        'passkey',
        'client',
        'aaguid',
        'kept',
        '__proto__x',
      ]
      const detail = Object.fromEntries([...members, ...more].map((name) => [name, words]))
      for (const event of Object.keys(auditEvents) as (keyof typeof auditEvents)[]) {
        world.advance(1)
        await write(account, event, detail)
      }
      const { events, failures } = await activityOf(client)
      const told = new Set(events.map(({ event }) => event))
      for (const event of listedEvents) assert.ok(told.has(event), event)
      for (const event of events)
        assert.ok(!JSON.stringify(event.detail).includes(words), event.event)
      assert.deepEqual(failures.map(({ event }) => event).toSorted(), [...countedEvents].toSorted())
      assert.ok(!(await client.get('/portal')).text.includes(words))
    })

    test('tells that support did something and never why', async () => {
      const account = await world.addAccount()
      await lockByCommand(world.deps, await stored(account), operator)
      world.advance(1)
      await reopenAccount(world.deps, await stored(account), operator)
      world.advance(1)
      const { events } = await activityOf(await world.signIn(account))
      const done = events.map(({ event, by, detail }) => [event, by, detail])
      assert.deepEqual(done, [
        ['authn_login_success', 'holder', { factor: 'email' }],
        ['authn_login_unlock', 'support', { wasLocked: true }],
        ['authn_login_lock', 'support', {}],
      ])
    })

    test('still tells what it told of the passkeys', async () => {
      const { client, passkey } = await accountWithPasskey(world)
      const { events } = await activityOf(client)
      const told = (name: string) => events.find(({ event }) => event === name)?.detail
      assert.deepEqual(told('authn_passkey_registered'), {
        ...{ passkey: passkey.id, name: 'Windows', synced: false },
      })
      assert.deepEqual(told('authn_factor_switched'), { from: 'email', to: 'passkey' })
      assert.deepEqual(told('authn_proof_success'), { purpose: 'switch', passkey: passkey.id })
    })

    test('is not pushed out by what a stranger tries, which is counted', async () => {
      const { account, client } = await accountWithPasskey(world)
      const before = (await activityOf(client)).events
      assert.ok(before.some(({ event }) => event === 'authn_passkey_registered'))
      const stranger = world.client()
      for (let tries = 0; tries < 60; tries += 1) {
        world.advance(1000)
        const wrong = { ...account, password: 'not the password' }
        const headers = {
          'x-forwarded-for': `203.0.113.${tries}`,
          'content-type': 'application/json',
        }
        const body = JSON.stringify({ loginId: wrong.loginId, password: wrong.password })
        const guess = { method: 'POST', path: '/api/sign-in', headers, body }
        expectProblem(await stranger.raw(guess), 401)
      }
      const { events, failures } = await activityOf(client)
      const own = events.filter(({ event }) => event !== 'authn_login_lock')
      assert.deepEqual(own, before)
      const [wrong] = failures.filter(({ event }) => event === 'authn_login_fail')
      assert.deepEqual([wrong?.count, wrong?.orMore], [60, false])
      assert.equal(wrong?.lastAt, new Date(world.now).toISOString())
      const page = (await client.get('/portal')).text
      const { activity, portal } = ja
      assert.ok(page.includes(activity.authn_passkey_registered))
      assert.equal(page.split(`<p>${activity.authn_login_fail}</p>`).length, 2)
      assert.ok(
        page.includes(portal.failuresTitle) && page.includes(portal.failuresCount(60, false)),
      )
    })

    test('says that a password was right and nothing followed', async () => {
      const { account, client } = await accountWithPasskey(world)
      const thief = world.client()
      expectStatus(await givePassword(thief, account), 200)
      expectStatus(await thief.delete('/api/sign-in'), 204)
      const { failures } = await activityOf(client)
      assert.deepEqual(
        failures.map(({ event, count }) => [event, count]),
        [['authn_login_unfinished', 1]],
      )
      const page = (await client.get('/portal?lang=en')).text
      assert.ok(page.includes(en.activity.authn_login_unfinished))
    })

    test('counts to a hundred, and no further back than thirty days', async () => {
      const account = await world.addAccount()
      await write(account, 'authn_code_fail')
      const first = world.now
      world.advance(1)
      const { id } = await stored(account)
      await flood(id, 150, 'authn_login_fail', world.now)
      const since = async () => activityOf(await world.signIn(account))
      world.advance(30 * days - 2)
      const { failures, failuresSince } = await since()
      assert.deepEqual(
        failures.map(({ event, count, orMore }) => [event, count, orMore]),
        [
          ['authn_login_fail', 100, true],
          ['authn_code_fail', 1, false],
        ],
      )
      assert.ok(Date.parse(failuresSince) < first)
      world.advance(2)
      assert.deepEqual((await since()).failures, [])
    })

    test('is found by the index, however many events there are', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const { id } = await stored(account)
      await flood(id, 20_000, 'authn_login_fail', world.now - 1000)
      await flood(id, 20_000, 'authn_code_sent', world.now - 1000)
      // One after the other: a moment in which the machine is busy is not in all of them.
      const took: number[] = []
      for (let time = 0; time < 5; time += 1) took.push(await timed(() => activityOf(client)))
      assert.ok(Math.min(...took) < 500, `${took}`)
      assert.match(await planOf(id), /audit_events_account_id_event_at/)
      assert.equal((await activityOf(client)).events.length, 1)
    })

    async function flood(accountId: string, count: number, event: string, at: number) {
      for (let from = 0; from < count; from += 1000) {
        const rows = Array.from({ length: Math.min(1000, count - from) }, (_, index) => ({
          ...{ id: `${event}-${accountId}-${from + index}`, at, event, account_id: accountId },
          ...{ login_id_hash: null, actor: 'guest', detail: '{}', address: null },
          ...{ browser: null, system: null, request_id: null },
        }))
        await world.deps.db.insertInto('audit_events').values(rows).execute()
      }
    }

    /** How the database would look the latest events of one name up. */
    async function planOf(accountId: string): Promise<string> {
      const { db } = world.deps
      const query = sql`select * from audit_events where account_id = ${accountId}
        and event = 'authn_login_success' order by at desc limit 20`
      const explain = database.name === 'postgres' ? sql`explain ` : sql`explain query plan `
      if (database.name === 'postgres') {
        await asOwner(world, (owner) => sql`analyze audit_events`.execute(owner))
      }
      const { rows } = await sql`${explain}${query}`.execute(db)
      return JSON.stringify(rows)
    }
  },
)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
