// Rule 9: what support read before its transaction is looked at again inside.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findClient } from '../../src/domain/clients/store.ts'
import { addClient, changeClient } from '../../src/operations/openid/clients.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import {
  lockByCommand,
  reopenAccount,
  reopenGuessed,
} from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { changePassword } from '../support/world/change-password.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { isLetIn, lockAtOnce } from '../support/world/guessing.ts'
import { givePassword } from '../support/world/journeys.ts'
import { withMeanwhile } from '../support/world/meanwhile.ts'
import { expectStatus, type TestAccount } from '../support/world/world.ts'

const operator = { name: 'suzuki', reason: 'the attack is over' }
const colleague = { name: 'yamada', reason: 'taken over' }

onEachDatabase(
  'two of support at once,',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    const found = ({ loginId }: TestAccount) => requireAccount(world.deps, loginId)
    /** What a command works with, where something else is done after its look. */
    const depsWith = (meanwhile: () => Promise<unknown>) => ({
      ...world.deps,
      db: withMeanwhile(world.deps.db, meanwhile),
    })

    test('a mass reopening leaves the lock that somebody set meanwhile', async () => {
      world.advance(1000)
      const since = world.now
      const [guessed, takenOver] = [await world.addAccount(), await world.addAccount()]
      for (const account of [guessed, takenOver]) await lockAtOnce(world, account)
      const deps = depsWith(async () =>
        lockByCommand(world.deps, await found(takenOver), colleague),
      )
      assert.equal(await reopenGuessed(deps, since, operator), 1)
      assert.equal((await found(takenOver)).lockReason, 'support')
      assert.equal(await isLetIn(world, takenOver), false)
      assert.equal(await isLetIn(world, guessed), true)
      assert.equal(await reopenGuessed(world.deps, since, operator), 0, 'nor later')
    })

    test('a mass reopening leaves alone who got in meanwhile', async () => {
      world.advance(1000)
      const since = world.now
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      await lockAtOnce(world, account)
      const open = world.client()
      const deps = depsWith(async () => {
        await world.signIn(account, holder)
        expectStatus(await givePassword(open, account), 200)
      })
      assert.equal(await reopenGuessed(deps, since, operator), 0)
      expectStatus(await open.get('/api/sign-in'), 200)
    })

    test('a reopening lifts the lock that was looked at, and no later one', async () => {
      const account = await world.addAccount()
      await lockByCommand(world.deps, await found(account), colleague)
      const seen = await found(account)
      world.advance(1000)
      await reopenAccount(world.deps, seen, operator)
      await lockByCommand(world.deps, await found(account), colleague)
      assert.equal(await reopenAccount(world.deps, seen, operator), 'changed_meanwhile')
      assert.equal(await isLetIn(world, account), false)
      assert.equal(await reopenAccount(world.deps, await found(account), operator), 'reopened')
      assert.equal(await isLetIn(world, account), true)
    })

    test('a password is measured by the address that the account has by then', async () => {
      const account = await world.addAccount()
      const deps = depsWith(async () =>
        changeEmail(world.deps, await found(account), 'kitsune-udon@example.jp', colleague),
      )
      const password = 'kitsune-udon@example.jp'
      const fault = await changePassword(deps, await found(account), password, operator)
      assert.equal(fault, 'made_of_context')
      expectStatus(await givePassword(world.client(), { ...account, password }), 401)
      expectStatus(await givePassword(world.client(), account), 200)
    })

    test('a change of a client puts back nothing that somebody changed meanwhile', async () => {
      const settings = {
        redirectUris: ['https://trade.example.jp/back', 'https://stolen.example.jp/back'],
        postLogoutRedirectUris: [],
        backchannelLogoutUri: null,
        jwks: null,
      }
      const added = await addClient(world.deps, { kind: 'web', name: 'TRADE', settings }, operator)
      assert.ok('clientId' in added)
      const client = await findClient(world.deps.db, added.clientId)
      assert.ok(client)
      const redirectUris = ['https://trade.example.jp/back']
      const closing = { settings: { redirectUris }, newSecret: true }
      const deps = depsWith(() => changeClient(world.deps, client, closing, colleague))
      await changeClient(deps, client, { name: 'NEOTRADE' }, operator)
      const changed = await findClient(world.deps.db, added.clientId)
      assert.equal(changed?.name, 'NEOTRADE')
      assert.deepEqual(changed.settings.redirectUris, redirectUris)
      assert.notEqual(changed.secretHash, client.secretHash)
    })
  },
)
