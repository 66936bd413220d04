// What was closed since a backup is closed again by the restore: passkeys that were removed, accounts that were
// locked.
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { resumePasskey, suspendPasskey } from '../../src/operations/support/suspend-passkey.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { cellsWith, rowsOf, snapshot } from '../support/checks/tables.ts'
import { backUp, restoreFrom, succeed } from '../support/world/backups.ts'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
  type Holder,
} from '../support/world/ceremonies.ts'
import { proveChange } from '../support/world/changes.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World, type TestAccount } from '../support/world/world.ts'

describe('a restore closes again', () => {
  let world: World
  let file = ''
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite, { reachable: true })
    file = `${world.database.address}.closings`
  })
  after(() => world.stop())

  const lock = (account: TestAccount, how: 'lock' | 'unlock') =>
    succeed(world, 'accounts', how, '--login-id', account.loginId, '--reason', 'the bag was stolen')

  const lockOf = async ({ loginId }: TestAccount) =>
    world.deps.db
      .selectFrom('accounts')
      .select('lock_reason as reason')
      .where('login_id', '=', loginId)
      .executeTakeFirstOrThrow()

  test('removed passkeys and locked accounts, and leaves alone what was reopened', async () => {
    const [kept, holder, last] = [
      await holderOfPasskey(world),
      await holderOfPasskey(world),
      await accountWithPasskey(world),
    ]
    const [locked, later, reopened, guessed] = [
      await world.addAccount(),
      await world.addAccount(),
      await world.addAccount(),
      await world.addAccount(),
    ]
    const path = await backUp(world)
    await removeBySupport(world, holder.account, holder.passkey.id)
    await removeBySupport(world, last.account, last.passkey.id)
    for (const account of [locked, reopened]) await lock(account, 'lock')
    await lock(reopened, 'unlock')
    for (let wrong = 0; wrong < 10; wrong += 1) {
      const guess = { loginId: guessed.loginId, password: `wrong ${wrong} or so` }
      expectProblem(await world.client().post('/api/sign-in', guess), 401)
      await world.deps.db
        .updateTable('throttles')
        .set({ wait_until: 0 })
        .where('key', 'like', 'password/%')
        .execute()
    }
    assert.equal((await lockOf(guessed)).reason, 'guessing')
    // A node that died in the middle of a line.
    appendFileSync(file, '{"at":1,"what":"acc')
    await lock(later, 'lock')

    const said = await restoreFrom(world, path)
    assert.match(said, /^1 lines of \S+\.closings cannot be read: whatever they closed is open$/m)
    assert.match(
      said,
      /^closed since, and closed again: 2 passkeys, 3 accounts; erased again: 0 accounts$/m,
    )
    const removed = async (account: TestAccount) =>
      (await rowsOf(world, 'passkeys', account)).map((row) => row['removed_at'] !== null)
    assert.deepEqual(await removed(kept.account), [false])
    assert.deepEqual(await removed(holder.account), [true])
    assert.deepEqual(await removed(last.account), [true])
    const { step } = expectStatus(await givePassword(world.client(), last.account), 200)
    assert.equal(step, 'email-code', 'as support left it')
    for (const one of [locked, later]) assert.equal((await lockOf(one)).reason, 'support')
    assert.equal((await lockOf(guessed)).reason, 'guessing')
    assert.equal((await lockOf(reopened)).reason, null)
    expectProblem(await givePassword(world.client(), locked), 401)
    await world.signIn(reopened)
  })

  test('no less than was closed: support over guessing, and who has passkeys that the backup lacks', async () => {
    const [guessed, stolen] = [await world.addAccount(), await accountWithPasskey(world)]
    await lockAtOnce(world, guessed)
    const path = await backUp(world)
    await lock(guessed, 'lock')
    await registerFurtherPasskey(world, stolen, securityKey(world), 'Key')
    await removeBySupport(world, stolen.account, stolen.passkey.id)

    const said = await restoreFrom(world, path)
    assert.match(said, /again: 1 passkeys, 1 accounts; /)
    assert.equal((await lockOf(guessed)).reason, 'support')
    // Password and mailbox alone would let a thief in where a passkey was asked for.
    assert.equal((await lockOf(stolen.account)).reason, 'support')
    expectProblem(await givePassword(world.client(), stolen.account), 401)
  })

  test('what holders have stopped, but for what they have lifted', async () => {
    const [locked, stopped] = [await world.addAccount(), await world.addAccount()]
    const lifted = await accountWithPasskey(world)
    const path = await backUp(world)
    expectStatus(await (await world.signIn(locked)).post('/api/stop'), 204)
    const client = await world.signIn(stopped)
    for (const level of ['withdrawal', 'trading']) {
      expectStatus(await client.post('/api/stop', { level }), 204)
    }
    expectStatus(await lifted.client.post('/api/stop', { level: 'trading' }), 204)
    await proveChange(lifted.client, lifted)
    expectStatus(await lifted.client.delete('/api/stop'), 204)

    await restoreFrom(world, path)
    assert.equal((await lockOf(locked)).reason, 'holder')
    expectProblem(await givePassword(world.client(), locked), 401)
    const levelOf = async (account: TestAccount) => (await accountRecord(world, account)).stop_level
    assert.equal(await levelOf(stopped), 'trading')
    assert.equal(await levelOf(lifted.account), null)
    const said = (await eventsOf(world, stopped, 'authz_stopped')).map(({ detail }) => detail)
    assert.deepEqual(said, [{ level: 'trading', way: 'restore', reason: 'a backup was restored' }])
  })

  test('suspended passkeys, but for those that were found again', async () => {
    const [stolen, found, lacking] = [
      await accountWithPasskey(world),
      await accountWithPasskey(world),
      await accountWithPasskey(world),
    ]
    await registerFurtherPasskey(world, stolen, securityKey(world), 'Key')
    const path = await backUp(world)
    await registerFurtherPasskey(world, lacking, securityKey(world), 'Key')
    const by = fromNowhere({ name: 'suzuki', reason: 'stolen' })
    for (const holder of [stolen, found, lacking]) {
      const { id } = await accountRecord(world, holder.account)
      const passkeyId = holder.passkey.id
      const suspension = { passkeyId, by: 'operator:suzuki', locks: true }
      await transact(world.deps, by, (act) => suspendPasskey(act, { id }, suspension))
      if (holder !== found) continue
      await transact(world.deps, by, (act) => resumePasskey(act, { id }, passkeyId))
      await lock(found.account, 'unlock')
    }

    const said = await restoreFrom(world, path)
    assert.match(said, /again: 2 passkeys, 0 accounts; /)
    const suspended = async ({ account, passkey }: Holder) =>
      (await rowsOf(world, 'passkeys', account)).find((row) => row['id'] === passkey.id)?.[
        'suspended_at'
      ] !== null
    assert.equal(await suspended(stolen), true)
    assert.equal((await lockOf(stolen.account)).reason, null, 'another one is live')
    assert.equal(await suspended(found), false)
    assert.equal((await lockOf(found.account)).reason, null)
    assert.equal(await suspended(lacking), true)
    assert.equal((await lockOf(lacking.account)).reason, 'support', 'the backup knows no other')
  })

  test('closed accounts, and erases again what was erased, but for who was opened again', async () => {
    const [closed, reopened] = [await world.addAccount(), await world.addAccount()]
    const { account: gone } = await accountWithPasskey(world)
    const { id } = await accountRecord(world, gone)
    const path = await backUp(world)
    const say = async (words: string, { loginId }: TestAccount) => {
      const all = [...words.split(' '), '--login-id', loginId, '--reason', 'the contract ended']
      const { status, errors } = await world.command(all, '', { SEKISHO_ERASE_DAYS: '0' })
      assert.equal(status, 0, errors)
    }
    for (const account of [closed, gone, reopened]) await say('accounts close', account)
    await say('accounts erase', gone)
    await say('accounts reopen', reopened)

    const said = await restoreFrom(world, path)
    assert.match(said, /; erased again: 1 accounts$/m)
    assert.equal((await lockOf(closed)).reason, 'closed')
    assert.equal((await lockOf(reopened)).reason, null)
    const whole = await snapshot(world)
    assert.deepEqual(cellsWith(whole, gone.loginId), [])
    const passkeys = whole['passkeys']?.filter((one) => one['account_id'] === id)
    assert.deepEqual(passkeys, [])
    const row = whole['accounts']?.find((one) => one['id'] === id)
    assert.equal(row?.['lock_reason'], 'erased')
  })

  test('from a file for its owner alone, with ids and no names, which goes on after the restore', async () => {
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const account = await world.addAccount()
    const text = readFileSync(file, 'utf8')
    await lock(account, 'lock')
    const added = readFileSync(file, 'utf8').slice(text.length)
    assert.match(
      added,
      /^\n\{"at":\d+,"what":"account locked","account":"[\w-]{22}","by":"support"\}\n$/,
    )
    assert.doesNotMatch(text + added, /user-|@|stolen|Windows/)
  })

  test('nothing without the file, and says so', async () => {
    const path = await backUp(world)
    rmSync(file)
    const said = await restoreFrom(world, path)
    assert.match(
      said,
      /^there is no \S+\.closings: what was removed, locked, closed or erased since is there again$/m,
    )
  })
})
