// A PostgreSQL database that its own tools put back: one command ends what was before, and closes again what
// was closed since.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { rowsOf } from '../support/checks/tables.ts'
import { succeed } from '../support/world/backups.ts'
import { holderOfPasskey, removeBySupport } from '../support/world/ceremonies.ts'
import { givePassword } from '../support/world/journeys.ts'
import { administer, databases } from '../support/world/postgres.ts'
import { runHere } from '../support/world/terminal.ts'
import { expectProblem, expectStatus, World, type TestAccount } from '../support/world/world.ts'

describe('a PostgreSQL database that was put back', { concurrency: 1 }, () => {
  let folder = ''
  let world: World
  let file = ''
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-closings-'))
    file = join(folder, 'closings')
    const [, postgres] = databases
    assert.ok(postgres)
    world = await World.start(postgres, { reachable: true, env: { SEKISHO_CLOSINGS: file } })
  })
  after(async () => {
    await world.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Makes a copy of the database, and later puts it in its place: what a dump and its restore do. */
  async function putBack(meanwhile: () => Promise<void>): Promise<void> {
    const name = new URL(world.database.address).pathname.slice(1)
    const server = process.env['SEKISHO_TEST_POSTGRES'] ?? ''
    const copy = async (from: string, to: string) => {
      await world.nodes.pop()?.stop()
      await administer(server, `drop database if exists ${to} with (force)`)
      await administer(server, `create database ${to} template ${from}`)
    }
    await copy(name, `${name}_copy`)
    await world.startNode()
    await meanwhile()
    await copy(`${name}_copy`, name)
    await administer(server, `drop database ${name}_copy`)
    // What of the former one another connection may still hold.
    await world.startNode()
  }

  const lock = ({ loginId }: TestAccount) =>
    succeed(world, 'accounts', 'lock', '--login-id', loginId, '--reason', 'the bag was stolen')

  test('begins anew: who was signed in is not, and removed and locked is what was closed since', async () => {
    const holder = await holderOfPasskey(world)
    const [account, other] = [await world.addAccount(), await world.addAccount()]
    const client = await world.signIn(account)
    const begun = world.client()
    expectStatus(await givePassword(begun, other), 200)
    const code = await world.nextCode(other)
    await putBack(async () => {
      expectStatus(await client.through(world.url()).delete('/api/session'), 204)
      expectStatus(await begun.through(world.url()).post('/api/sign-in/email-code', { code }), 200)
      await removeBySupport(world, holder.account, holder.passkey.id)
      await lock(other)
    })
    const said = await succeed(world, 'restore', '--reason', 'the dump of nine o’clock')
    assert.match(said, /^restored: the last event of before happened at 20\d\d-.*Z$/m)
    assert.match(
      said,
      /^closed since, and closed again: 1 passkeys, 1 accounts; erased again: 0 accounts$/m,
    )

    const browser = client.through(world.url())
    assert.equal(expectProblem(await browser.get('/api/session'), 401), 'not_signed_in')
    const late = await begun.through(world.url()).post('/api/sign-in/email-code', { code })
    assert.equal(expectProblem(late, 404), 'no_sign_in')
    const [row] = await rowsOf(world, 'passkeys', holder.account)
    assert.ok(row?.['removed_at'])
    expectProblem(await givePassword(world.client(), other), 401)
    await world.signIn(account)
    const events = await world.deps.db
      .selectFrom('audit_events')
      .select(['actor', 'detail'])
      .where('event', '=', 'sys_restored')
      .execute()
    assert.equal(events.length, 1)
    assert.match(JSON.stringify(events), /nine o’clock/)
  })

  test('says where no file tells of what was closed', async () => {
    const none = { SEKISHO_CLOSINGS: join(folder, 'none') }
    const words = ['restore', '--reason', 'a standby took over']
    const { output } = await world.command(words, '', none)
    assert.match(
      output,
      /^there is no .*none: what was removed, locked, closed or erased since is there again$/m,
    )
    const unset = await world.command(words, '', { SEKISHO_CLOSINGS: '' })
    assert.match(unset.output, /^there is no SEKISHO_CLOSINGS: what was removed/m)
  })

  test('keeps in the file ids alone, for its owner alone', () => {
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    for (const line of lines) assert.doesNotMatch(line, /user-|@|田中/)
    assert.equal(lines.length, 2, 'what is closed again stands there already')
  })
})

test('closings that could not be written are refused before anything is closed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-closings-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const env = {
    SEKISHO_SECRET: 'a secret of at least thirty-two signs',
    SEKISHO_DATABASE: 'postgres://sekisho@localhost/sekisho',
    SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
    SEKISHO_MAIL_FROM: 'no-reply@example.invalid',
  }
  const check = (SEKISHO_CLOSINGS: string) =>
    runHere(['serve', '--check'], { ...env, SEKISHO_CLOSINGS })
  assert.equal((await check(join(folder, 'closings'))).status, 0)
  const { status, errors } = await check(join(folder, 'missing', 'closings'))
  assert.equal(status, 1)
  assert.match(errors, /^SEKISHO_CLOSINGS: names a file that cannot be written$/m)
})

test('a file as the database is not restored without a backup', async () => {
  const env = { SEKISHO_SECRET: 'a secret of at least thirty-two signs' }
  const { status, errors } = await runHere(['restore', '--reason', 'so'], env)
  assert.equal(status, 2)
  assert.match(errors, /missing: --from/)
})
