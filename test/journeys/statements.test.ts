// No statement of the product reads a table that grows from one end to the other, whatever asks for it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import * as oauth from 'openid-client'
import { readChallenge } from '../../src/domain/passkeys/challenge.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { tapCommits, type Request } from '../support/checks/commits.ts'
import { foreignKeysWithoutIndex } from '../support/checks/foreign-keys.ts'
import { growthOf, tapQueries } from '../support/checks/growth.ts'
import { scansOf, tapStatements } from '../support/checks/statements.ts'
import { unseen } from '../support/checks/unseen.ts'
import { lookAtAccounts } from '../support/world/account-walk.ts'
import { createBegun } from '../support/world/begun.ts'
import { BreachedList } from '../support/world/breached.ts'
import { callSupport } from '../support/world/call-walk.ts'
import { proofOptions, registerFurtherPasskey, securityKey } from '../support/world/ceremonies.ts'
import { proveChange } from '../support/world/changes.ts'
import {
  accountWithPasskey,
  givePassword,
  proveSession,
  rehearse,
  signInWithPasskey,
} from '../support/world/journeys.ts'
import { commitsOfChanges, lifeSettings, liveAccounts } from '../support/world/life-walk.ts'
import { postForm, startListener, tokensOf, until } from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { workWithRequests } from '../support/world/request-walk.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

/** Scans that are meant: what each one reads, and why that is little. */
const meant: readonly RegExp[] = [
  // The partial index holds the untold alone, in this order, and no more than the limit are read.
  /^select "session_id".* from "ended_sessions" where "told_at" is null order by "ended_at" limit/,
]

/** How often a request commits; every other one once, and none that only looks or asks for options. */
const commitsOf: Readonly<Record<string, readonly [most: number, why: string]>> = {
  'POST /api/sign-in': [2, 'the charge lasts before the password is checked, then the outcome'],
  ...commitsOfChanges,
}

for (const database of databases) {
  describe(`statements on ${database.name}`, () => {
    const list = new BreachedList()
    let world: World
    let statements: ReadonlySet<string>
    let requests: readonly Request[]
    let queries: ReadonlyMap<string, readonly unknown[]>
    before(async () => {
      // Migrations scan once, and are made before.
      await (await createBegun(database)).drop()
      const tap = tapStatements(database)
      const commits = tapCommits()
      const values = tapQueries()
      world = await World.start(database, {
        reachable: true,
        stillClock: true,
        env: lifeSettings(list),
      })
      await signInByEveryWay(world)
      await useApplications(world)
      await liveAccounts(world, list)
      await callSupport(world)
      await lookAtAccounts(world)
      await workWithRequests(world)
      await runCommands(world)
      await sweep(world.deps)
      statements = tap.stop()
      queries = values.stop()
      requests = commits.stop()
    })
    after(() => world.stop().finally(() => list.remove()))

    test('none of them scans what grows', async () => {
      assert.deepEqual(unseen(statements), [], 'the walk sends every kind of statement')
      // Other rows refer to ids alone: a database looks for all of these when one is written.
      const written = [...statements].filter((one) =>
        /^update "\w+" set .*"id" = .* where/s.test(one),
      )
      assert.deepEqual(written, [])
      const { address, owner } = world.database
      const scans = await scansOf(database, owner ?? address, statements)
      assert.deepEqual(
        scans.filter(({ statement }) => !meant.some((one) => one.test(statement))),
        [],
      )
      assert.deepEqual(await foreignKeysWithoutIndex(database, world.database.address), [])
    })

    test('none takes longer when there are many more rows', async (t) => {
      // On PostgreSQL the plans are looked at alone: what these do not show is the index of each foreign key.
      if (database.name === 'postgres') return
      const [few, many] = [await createBegun(database), await createBegun(database)]
      const addresses = { few: few.address, many: many.address }
      const { grown, refused } = growthOf(addresses, queries)
      t.diagnostic(`${grown.length} statements were timed, ${refused.length} were refused`)
      assert.ok(refused.length < 4, refused.join('\n'))
      const slower = grown.filter(({ ratio }) => ratio >= 3)
      assert.deepEqual(slower, [])
      await Promise.all([few.drop(), many.drop()])
    })

    test('each request commits at most once, and none that changes nothing', () => {
      const tooMany = requests
        .map(({ name, commits }) => ({ name, commits: commits.filter((one) => !isSending(one)) }))
        .filter(({ name, commits }) => commits.length > mostCommits(name))
      assert.deepEqual(tooMany, [])
      for (const name of Object.keys(commitsOf)) {
        assert.ok(
          requests.some((one) => one.name === name && one.commits.length > 1),
          name,
        )
      }
    })

    test('the idle clock of a session moves in the commit of its request', async () => {
      const { client, authenticator, passkey } = await accountWithPasskey(world)
      const asked = await proofOptions(client, passkey.id, 'step-up')
      const answer = await authenticator.get(asked)
      const { owner } = readChallenge(world.deps.keys, asked.challenge)!
      const hasMoved = async () => {
        const sessions = world.deps.db.selectFrom('sessions').where('id', '=', owner)
        const row = await sessions.select('last_seen_at').executeTakeFirstOrThrow()
        return row.last_seen_at > world.now - 1 * minutes
      }
      const tap = tapCommits()
      world.advance(2 * minutes)
      expectStatus(await client.post('/api/session/passkey', answer), 200)
      assert.ok(await hasMoved())
      world.advance(2 * minutes)
      // The answer comes again: its act writes nothing.
      expectProblem(await client.post('/api/session/passkey', answer), 400)
      assert.ok(await hasMoved())
      world.advance(2 * minutes)
      for (let look = 1; look <= 2; look += 1) expectStatus(await client.get('/api/session'), 200)
      assert.ok(await hasMoved())
      const commits = tap.stop().map((request) => request.commits.length)
      assert.deepEqual(commits, [1, 1, 1, 0])
    })
  })
}

test('a start takes no lock on PostgreSQL that outlives its transaction', async (t) => {
  const [, postgres] = databases
  assert.ok(postgres)
  const tap = tapStatements(postgres)
  const world = await World.start(postgres, { env: { SEKISHO_MIGRATE: 'auto' } })
  t.after(() => world.stop())
  const locks = [...tap.stop()].flatMap((text) => text.match(/pg_advisory_\w+/g) ?? [])
  assert.deepEqual([...new Set(locks)], ['pg_advisory_xact_lock'])
})

test('statements have no names on PostgreSQL where the setting says so', async (t) => {
  const [, postgres] = databases
  assert.ok(postgres)
  for (const value of ['on', 'off']) {
    const env = { SEKISHO_POSTGRES_PREPARED: value }
    const world = await World.start(postgres, { env })
    t.after(() => world.stop())
    const { rows } = await world.deps.db.transaction().execute(async (tx) => {
      await tx.selectFrom('accounts').select('id').execute()
      return sql`select name from pg_prepared_statements`.execute(tx)
    })
    assert.equal(rows.length > 0, value === 'on')
  }
})

/**
 * Requests that change nothing. What OpenID Connect asks for by GET is kept, and what operators look up; who asked
 * for a code sees her half of it once.
 */
const looks =
  /^GET (?!\/oauth2\/|\/api\/(?:calls|requests)\/|\/api\/accounts$|\/api\/.*\/export$)|\/options$/

/** The mail sender, which an act wakes, notes its tries in commits of its own. */
function isSending(statement: string): boolean {
  return statement.startsWith('update "outbox" set ')
}

function mostCommits(name: string): number {
  const [most] = commitsOf[name] ?? [looks.test(name) ? 0 : 1]
  return most
}

async function signInByEveryWay(world: World): Promise<void> {
  const { account } = { account: await world.addAccount() }
  const stranger = world.client()
  expectProblem(await givePassword(stranger, { ...account, password: 'wrong' }), 401)
  expectProblem(await givePassword(stranger, { ...account, loginId: 'nobody' }), 401)
  expectStatus(await givePassword(stranger, account), 200)
  await stranger.post('/api/sign-in/email-code', { code: '000000' })
  expectStatus(await stranger.delete('/api/sign-in'), 204)
  const holder = await accountWithPasskey(world)
  const { client, passkey, authenticator } = holder
  const further = await registerFurtherPasskey(world, holder, securityKey(world), 'YubiKey')
  const again = await signInWithPasskey(world, holder.account, authenticator, passkey.id)
  await proveSession(again, authenticator, passkey.id, 'step-up')
  expectStatus(await rehearse(again, authenticator, passkey.id), 200)
  const failed = await again.post('/api/session/passkey/failure', { passkeyId: passkey.id })
  expectStatus(failed, 204)
  const looked = 'session sessions browsers passkeys second-factor activity applications'
  for (const path of looked.split(' ')) expectStatus(await client.get(`/api/${path}`), 200)
  for (const path of ['', '/passkeys/new', '/second-factor'])
    expectStatus(await client.get(`/portal${path}`), 200)
  const { sessions } = expectStatus(
    await client.get<{ sessions: { id: string; current: boolean }[] }>('/api/sessions'),
    200,
  )
  const other = sessions.find(({ current }) => !current)?.id
  await proveChange(client, { authenticator, passkey })
  expectStatus(await client.delete(`/api/sessions/${other}`), 204)
  expectStatus(await client.delete('/api/sessions'), 204)
  const { browsers } = (await client.get<{ browsers: { id: string }[] }>('/api/browsers')).body
  expectStatus(await client.delete(`/api/browsers/${browsers[0]?.id}`), 204)
  // Of a session that has ended, its browser asks why.
  expectStatus(await again.get('/sign-in'), 200)
  const who = ['--login-id', holder.account.loginId]
  const why = ['--reason', 'lost']
  await run(world, ['passkeys', 'list', ...who])
  await run(world, ['passkeys', 'remove', ...who, '--id', further.id, ...why])
  await client.delete('/api/session')
}

async function useApplications(world: World): Promise<void> {
  const listener = await startListener()
  const desk = await register(world, 'web', { backchannelLogoutUri: listener.address })
  const aggregator = await register(world, 'web', { thirdParty: true })
  const { client, authenticator, passkey } = await accountWithPasskey(world)
  const ask = { scope: 'openid profile offline_access', prompt: 'consent' }
  const tokens = await tokensOf(desk, client, ask)
  const { refresh_token: refresh = '' } = tokens
  const renewed = await oauth.refreshTokenGrant(desk.configuration, refresh)
  await oauth.tokenIntrospection(desk.configuration, renewed.access_token)
  await oauth.fetchUserInfo(desk.configuration, renewed.access_token, tokens.claims()?.sub ?? '')
  await oauth.tokenRevocation(desk.configuration, renewed.refresh_token ?? '')
  await assert.rejects(oauth.refreshTokenGrant(desk.configuration, refresh))
  await tokensOf(aggregator, client)
  await tokensOf(desk, client)
  await postForm(world, '/oauth2/par', {})
  expectStatus(await client.get('/api/applications'), 200)
  await proveChange(client, { authenticator, passkey })
  for (const { clientId } of [aggregator, desk]) {
    expectStatus(await client.delete(`/api/applications/${clientId}`), 204)
  }
  expectStatus(await client.delete('/api/session'), 204)
  await until(() => listener.heard[0])
  await listener.stop()
  await changeClients(world, aggregator)
}

async function changeClients(world: World, { clientId }: RelyingParty): Promise<void> {
  const [id, why] = [
    ['--id', clientId],
    ['--reason', 'moved'],
  ]
  await run(world, ['clients', 'list'])
  await run(world, ['clients', 'change', ...id, '--name', 'Other', ...why])
  await run(world, ['clients', 'remove', ...id, ...why])
  await run(world, ['keys', 'rotate', ...why])
}

async function runCommands(world: World): Promise<void> {
  const { loginId } = await world.addAccount()
  const who = ['--login-id', loginId]
  const why = ['--reason', 'asked']
  await run(world, ['accounts', 'show', ...who])
  await run(world, ['accounts', 'lock', ...who, ...why])
  await run(world, ['accounts', 'unlock', ...who, ...why])
  await run(world, ['accounts', 'unlock', '--guessing', '--since', '2026-01-01T00:00:00Z', ...why])
  await run(world, ['accounts', 'set-email', ...who, '--email', 'new@example.jp', ...why])
  await run(world, ['accounts', 'set-password', ...who, ...why])
  await run(world, ['sessions', 'end', ...who, ...why])
  for (const words of ['close', 'reopen', 'close', 'erase']) {
    await run(world, ['accounts', words, ...who, ...why], '', { SEKISHO_ERASE_DAYS: '0' })
  }
  await run(world, ['accounts', 'erase', '--due', ...why])
  const { address, owner = address } = world.database
  const kept = { SEKISHO_TRAIL_DAYS: '400', SEKISHO_DATABASE: owner }
  await run(world, ['trail', 'trim', ...why], '', kept)
  await run(world, ['letters', 'export'])
  await run(world, ['mail', 'undelivered'])
  await run(world, ['announcements', 'list'])
  await run(world, ['sessions', 'end', '--all', ...why])
}

async function run(
  world: World,
  words: readonly string[],
  input = '',
  changes: Record<string, string> = {},
): Promise<void> {
  const { status, errors } = await world.command(words, input, changes)
  assert.equal(status, 0, `${words.join(' ')}: ${errors}`)
}
