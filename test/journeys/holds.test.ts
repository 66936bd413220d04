// Rules 11 and 12: what a thief would do first is followed by a hold that trading applications can see,
// and a passkey that was removed stays on record.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { hours } from '../../src/kernel/clock.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import {
  lockByCommand,
  reopenAccount,
  reopenGuessed,
} from '../../src/operations/support/lock-account.ts'
import { eventsOf, passkeyRecord } from '../support/checks/records.ts'
import {
  holderOfPasskey,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
} from '../support/world/ceremonies.ts'
import { changePassword } from '../support/world/change-password.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  proveSession,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectStatus, World, type TestAccount } from '../support/world/world.ts'

const operator = { name: 'suzuki', reason: 'identity checked' }

interface Held {
  readonly hold: { until: string; reason: string; scope: string } | null
  readonly acr: string
  readonly amr: readonly string[]
}

for (const database of databases) {
  describe(`after a change of the factors on ${database.name}`, () => {
    let world: World
    before(async () => {
      world = await World.start(database)
    })
    after(() => world.stop())

    const sessionOf = async (client: HttpClient) =>
      expectStatus(await client.get<Held>('/api/session'), 200)

    async function expectHold(client: HttpClient, reason: string): Promise<void> {
      const until = new Date(world.now + 24 * hours).toISOString()
      assert.deepEqual((await sessionOf(client)).hold, { until, reason, scope: 'withdrawal' })
    }

    async function accountOf({ loginId }: TestAccount) {
      const account = await findAccount(world.deps, loginId)
      assert.ok(account)
      return account
    }

    /** Lets the hold of the first passkey run out. */
    async function settled() {
      const holder = await accountWithPasskey(world)
      world.advance(24 * hours)
      const { account, authenticator, passkey } = holder
      const again = await signInWithPasskey(world, account, authenticator, passkey.id)
      assert.equal((await sessionOf(again)).hold, null)
      return { ...holder, client: again }
    }

    test('a first passkey, bound by e-mail, is held for 24 hours to the millisecond', async () => {
      const { account, client } = await holderOfPasskey(world)
      await expectHold(client, 'first_passkey')
      const { hold } = await sessionOf(client)
      world.advance(24 * hours - 1)
      const later = await world.signIn(account)
      assert.deepEqual((await sessionOf(later)).hold, hold)
      world.advance(1)
      assert.equal((await sessionOf(later)).hold, null)
    })

    test('the length of a hold is a setting', async () => {
      const brief = await World.start(database, { env: { SEKISHO_HOLD_HOURS: '2' } })
      try {
        const { client } = await holderOfPasskey(brief)
        const until = new Date(brief.now + 2 * hours).toISOString()
        const hold = { until, reason: 'first_passkey', scope: 'withdrawal' }
        assert.deepEqual((await sessionOf(client)).hold, hold)
      } finally {
        await brief.stop()
      }
    })

    test('a hold covers trades too where that is set, and the portal and mails say so', async () => {
      const wide = await World.start(database, { env: { SEKISHO_HOLD_SCOPE: 'all' } })
      try {
        const { account, client } = await holderOfPasskey(wide)
        assert.equal((await sessionOf(client)).hold?.scope, 'all')
        const { text } = await wide.nextMail(account, 'パスキーが登録されました')
        const { text: portal } = await client.get('/portal')
        for (const said of [text, portal]) {
          assert.match(said, /出金などのお手続きと株式などの売買を、[\d/: ]+まで制限しています/)
          assert.doesNotMatch(said, /これまでどおり/)
        }
      } finally {
        await wide.stop()
      }
    })

    test('a hold takes nothing from the strength of a proof', async () => {
      const { client, passkey, authenticator } = await holderOfPasskey(world)
      expectStatus(await proveSession(client, authenticator, passkey.id, 'step-up'), 200)
      const { acr, amr, hold } = await sessionOf(client)
      assert.equal(acr, 'phr')
      assert.deepEqual(amr, ['pwd', 'pop', 'user', 'mfa'])
      assert.equal(hold?.reason, 'first_passkey')
    })

    test('going back to e-mail is held; going to the passkey and back again later is too', async () => {
      const { client, passkey, authenticator } = await settled()
      await switchFactor(client, authenticator, passkey.id, 'email')
      await expectHold(client, 'factor_switched_to_email')
      world.advance(1000)
      const { hold } = await sessionOf(client)
      await switchFactor(client, authenticator, passkey.id, 'passkey')
      assert.deepEqual((await sessionOf(client)).hold, hold)
      await switchFactor(client, authenticator, passkey.id, 'email')
      await expectHold(client, 'factor_switched_to_email')
    })

    test('switching to the passkey, a further passkey, and losing one of two are not held', async () => {
      const holder = await settled()
      const { account, client, passkey, authenticator } = holder
      const { id } = await registerFurtherPasskey(world, holder, securityKey(world), 'Key')
      assert.equal((await sessionOf(client)).hold, null)
      await removeBySupport(world, account, id)
      const again = await signInWithPasskey(world, account, authenticator, passkey.id)
      assert.equal((await sessionOf(again)).hold, null)

      await switchFactor(again, authenticator, passkey.id, 'email')
      world.advance(24 * hours)
      const back = await world.signIn(account)
      await switchFactor(back, authenticator, passkey.id, 'passkey')
      assert.equal((await sessionOf(back)).hold, null)
    })

    test("support's removal of the last passkey is held, and so is the first one after it", async () => {
      const { account, passkey } = await settled()
      await removeBySupport(world, account, passkey.id)
      const client = await world.signIn(account)
      await expectHold(client, 'last_passkey_removed')
    })

    test('a reopened account is held, one that was never locked is not', async () => {
      const { account, passkey, authenticator } = await settled()
      await reopenAccount(world.deps, await accountOf(account), operator)
      const enter = () => signInWithPasskey(world, account, authenticator, passkey.id)
      assert.equal((await sessionOf(await enter())).hold, null)
      await lockByCommand(world.deps, await accountOf(account), operator)
      await reopenAccount(world.deps, await accountOf(account), operator)
      await expectHold(await enter(), 'account_reopened')
    })

    test('an account that only guessing had locked is reopened without a hold', async () => {
      const { account, client } = await settled()
      await lockAtOnce(world, account)
      assert.equal(await reopenGuessed(world.deps, world.now, operator), 1)
      await world.nextMail(account, 'ログインの受け付けを再開しました')
      assert.equal((await sessionOf(client)).hold, null)
      await lockAtOnce(world, account)
      assert.equal(await reopenAccount(world.deps, await accountOf(account), operator), 'reopened')
      assert.equal((await sessionOf(client)).hold, null)
    })

    test('one that support has locked as well is held when it is reopened', async () => {
      const { account, passkey, authenticator } = await settled()
      await lockAtOnce(world, account)
      await lockByCommand(world.deps, await accountOf(account), operator)
      await reopenAccount(world.deps, await accountOf(account), operator)
      const enter = () => signInWithPasskey(world, account, authenticator, passkey.id)
      await expectHold(await enter(), 'account_reopened')
    })

    test('a changed password and a changed address are held', async () => {
      const { account, passkey, authenticator } = await settled()
      const password = 'another correct horse'
      await changePassword(world.deps, await accountOf(account), password, operator)
      const renewed = { ...account, password }
      const enter = () => signInWithPasskey(world, renewed, authenticator, passkey.id)
      await expectHold(await enter(), 'password_changed')
      world.advance(1000)
      const address = `new-${account.email}`
      assert.equal(await changeEmail(world.deps, await accountOf(account), address, operator), null)
      await expectHold(await enter(), 'email_changed')
    })

    test('a removed passkey stays on record: which, who, when and why', async () => {
      const holder = await holderOfPasskey(world)
      const { id } = await registerFurtherPasskey(world, holder, securityKey(world), 'Key')
      const { removed_at, removed_by, removed_reason, ...kept } = await passkeyRecord(world, id)
      assert.deepEqual([removed_at, removed_by, removed_reason], [null, null, null])
      world.advance(5000)
      const reason = 'lost on a train, identity checked by telephone'
      await removeBySupport(world, holder.account, id, reason)
      assert.deepEqual(
        { ...(await passkeyRecord(world, id)) },
        { ...kept, removed_at: world.now, removed_by: 'operator:suzuki', removed_reason: reason },
      )
      const [event, ...more] = await eventsOf(world, holder.account, 'authn_passkey_removed')
      assert.equal(more.length, 0)
      assert.equal(event?.actor, 'operator:suzuki')
      assert.deepEqual(event.detail, { passkey: id, reason, last: false })
      const notice = await world.nextMail(holder.account, 'パスキーが削除されました')
      assert.doesNotMatch(notice.text, /train|suzuki|Key/)
    })

    test('a passkey is removed once: the record of the first removal stays', async () => {
      const { account, passkey } = await holderOfPasskey(world)
      await removeBySupport(world, account, passkey.id, 'first')
      const first = await passkeyRecord(world, passkey.id)
      world.advance(1000)
      const again = removeBySupport(world, account, passkey.id, 'second')
      await assert.rejects(again, { code: 'no_such_passkey' })
      const other = await holderOfPasskey(world)
      const foreign = removeBySupport(world, account, other.passkey.id)
      await assert.rejects(foreign, { code: 'no_such_passkey' })
      assert.deepEqual(await passkeyRecord(world, passkey.id), first)
      assert.equal((await passkeyRecord(world, other.passkey.id)).removed_at, null)
    })
  })
}
