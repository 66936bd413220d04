// docs/operate.md, the rights of who migrates: its SQL, run word for word, gives an owner of the tables, and a
// user with whom a node does all its work. The journeys of test/journeys run with the same rights.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { examineHere } from '../support/world/doctor.ts'
import { Installation } from '../support/world/installation.ts'
import { administer } from '../support/world/postgres.ts'
import { documentedRoles, withUser } from '../support/world/roles.ts'
import { runHere } from '../support/world/terminal.ts'

describe('the database users of docs/operate.md', { timeout: 120_000 }, () => {
  const superuser = String(process.env['SEKISHO_TEST_POSTGRES'])
  const here = Object.assign(new URL(superuser), { pathname: '/sekisho' }).href
  const owner = withUser(here, 'sekisho_owner', 'OWNER-PASSWORD')
  const node = withUser(here, 'sekisho_node', 'NODE-PASSWORD')
  const roles = documentedRoles()
  const env = { SEKISHO_SECRET: randomBytes(32).toString('hex'), SEKISHO_MIGRATE: 'never' }

  /** One by one, as psql sends them: a database is made in no transaction. */
  const run = async (as: string, sql: string) => {
    const client = new pg.Client({ connectionString: as })
    await client.connect()
    try {
      for (const statement of sql.split(/;$/m)) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const migrate = () => runHere(['migrate'], { ...env, SEKISHO_DATABASE: owner })

  before(async () => {
    await run(superuser, roles.users)
    await run(here, roles.tablesToCome)
    assert.deepEqual(await migrate(), {
      status: 0,
      output: 'the database is up to date\n',
      errors: '',
    })
    await run(owner, roles.tables)
  })
  after(async () => {
    await run(
      superuser,
      'drop database sekisho with (force);\ndrop role sekisho_owner, sekisho_node',
    )
  })

  test('a node serves with its own, and commands work', async (t) => {
    const database = { address: node, drop: () => Promise.resolve() }
    const installation = await Installation.create(
      { create: () => Promise.resolve(database) },
      { env },
    )
    t.after(() => installation.drop())
    const served = await installation.serve()
    const [account] = await installation.addAccounts(1)
    assert.ok(account)
    await installation.signIn(account, installation.client(served))
    assert.deepEqual(served.failures(), [])
    const settings = { ...env, SEKISHO_DATABASE: node }
    const who = ['--login-id', account.loginId]
    for (const words of [
      ['accounts', 'show', ...who],
      ['accounts', 'lock', ...who, '--reason', 'test'],
      ['accounts', 'unlock', ...who, '--reason', 'test'],
      ['keys', 'rotate', '--reason', 'test'],
    ]) {
      const { status, errors } = await runHere(words, settings)
      assert.equal(status, 0, `${words.join(' ')}: ${errors}`)
    }
  })

  test('doctor finds these rights to be enough', async () => {
    const found = await examineHere({ ...env, SEKISHO_DATABASE: node })
    found.of('database rights', 'ok')
    found.of('database version', 'ok')
  })

  test('a node changes no table, and nothing that stands in the trail', async () => {
    for (const statement of [
      'create table notes (id int)',
      'create temporary table notes (id int)',
      'alter table accounts add column notes text',
      'drop table consents',
      'create index notes on accounts (email)',
      "update audit_events set actor = 'holder'",
      'delete from audit_events',
      'truncate audit_events',
      'truncate sessions',
      'delete from kysely_migration',
      "insert into kysely_migration values ('9999', '')",
    ]) {
      await assert.rejects(administer(node, statement), { code: '42501' }, statement)
    }
    await administer(node, 'select count(*) from audit_events')
  })

  test('what a later migration makes is there for a node at once', async () => {
    await administer(owner, 'create table made_later (id int)')
    await administer(node, 'insert into made_later values (1); delete from made_later')
    await administer(owner, 'drop table made_later')
    await run(owner, roles.tables)
    assert.equal((await migrate()).status, 0)
  })

  test('nobody else gets into the database', async (t) => {
    await administer(superuser, `create role sekisho_nobody login password 'none'`)
    t.after(() => administer(superuser, 'drop role sekisho_nobody'))
    const nobody = withUser(here, 'sekisho_nobody', 'none')
    await assert.rejects(administer(nobody, 'select 1'), { code: '42501' })
  })
})
