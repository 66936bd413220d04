// Rule 19: by which tokens a browser is known, how they are renewed, and what makes them void.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { knownBrowsers } from '../../src/domain/tables/migrations/0008-known-browsers.ts'
import { hashToken, newToken } from '../../src/kernel/secrets.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { lockByCommand, reopenAccount } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { removeBySupport } from '../support/world/ceremonies.ts'
import { changePassword } from '../support/world/change-password.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { asOwner } from '../support/world/roles.ts'
import type { TestAccount } from '../support/world/world.ts'

const name = 'sekisho_browser'
const operator = { name: 'suzuki', reason: 'asked by telephone' }

onEachDatabase(
  'the tokens of known browsers',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    const found = ({ loginId }: TestAccount) => requireAccount(world.deps, loginId)
    const tokensOf = (client: HttpClient) => (client.cookies.get(name) ?? '').split('.')
    const rowsOf = async (account: TestAccount) =>
      world.deps.db
        .selectFrom('known_browsers')
        .selectAll()
        .where('account_id', '=', (await found(account)).id)
        .execute()

    /** A browser that has these tokens and nothing else, such as a thief's. */
    function browserWith(tokens: readonly string[]): HttpClient {
      const client = world.client()
      client.setCookie(name, tokens.join('.'))
      return client
    }

    /** Whether guessing keeps this browser out of the account. */
    async function isKnown(client: HttpClient, account: TestAccount): Promise<boolean> {
      if ((await found(account)).lockedAt === null) await lockAtOnce(world, account)
      return (await givePassword(client, account)).status === 200
    }

    test('each finished sign-in gives a new one, and the old one is dead', async () => {
      const account = await world.addAccount()
      const holder = await world.signIn(account)
      const [old = '', ...more] = tokensOf(holder)
      assert.deepEqual(more, [])
      await givePassword(holder, account)
      assert.deepEqual(tokensOf(holder), [old], 'a password alone renews nothing')
      await world.nextCode(account)
      await world.signIn(account, holder)
      const [renewed = ''] = tokensOf(holder)
      assert.notEqual(renewed, old)
      assert.deepEqual(
        (await rowsOf(account)).map((row) => row.token_hash),
        [hashToken(renewed)],
      )
      assert.equal(await isKnown(browserWith([old]), account), false)
      assert.equal(await isKnown(holder, account), true)
    })

    test('who used the same PC before has nothing for the account that signs in later', async () => {
      const [earlier, later] = [await world.addAccount(), await world.addAccount()]
      const shared = await world.signIn(earlier)
      const copied = tokensOf(shared)
      await world.signIn(later, shared)
      assert.equal(tokensOf(shared).length, 2)
      assert.equal(await isKnown(browserWith(copied), later), false)
      assert.equal(await isKnown(shared, later), true)
      assert.equal(await isKnown(shared, earlier), true, 'and the earlier one is known still')
    })

    test('a browser keeps those of the eight accounts that signed in last, and no dead ones', async () => {
      const shared = world.client()
      const accounts: TestAccount[] = []
      for (let time = 0; time < 9; time += 1) {
        const account = await world.addAccount()
        accounts.push(account)
        await world.signIn(account, shared)
      }
      const [first, second, third] = accounts
      assert.ok(first && second && third)
      const tokens = tokensOf(shared)
      assert.equal(tokens.length, 8)
      assert.ok(tokens.every((token) => /^[\w-]{43}$/.test(token)))
      assert.equal(await isKnown(shared, first), false)
      assert.equal(await isKnown(shared, second), true)
      await lockByCommand(world.deps, await found(third), operator)
      const last = await world.addAccount()
      await world.signIn(last, shared)
      assert.equal(tokensOf(shared).length, 8, 'the dead one made room')
      assert.equal(await isKnown(shared, second), true)
    })

    test('what is none of ours in the cookie keeps nobody out and is not kept', async () => {
      const account = await world.addAccount()
      const junk = [
        '',
        'a',
        `${'a'.repeat(43)}é`,
        newToken(),
        ...Array<string>(20).fill(newToken()),
      ]
      const client = await world.signIn(account, browserWith(junk))
      assert.equal(tokensOf(client).length, 1)
      assert.equal(await isKnown(client, account), true)
    })

    test('an account knows the thirty-two browsers that signed in last', async () => {
      const account = await world.addAccount()
      const { id } = await found(account)
      const rows = Array.from({ length: 40 }, (_, index) => ({
        token_hash: hashToken(newToken()),
        account_id: id,
        expires_at: world.now + 1000 + index,
      }))
      await world.deps.db.insertInto('known_browsers').values(rows).execute()
      await world.signIn(account)
      const left = await rowsOf(account)
      assert.equal(left.length, 32)
      assert.ok(!left.some((row) => row.token_hash === rows[8]?.token_hash))
      assert.ok(left.some((row) => row.token_hash === rows[9]?.token_hash))
    })

    const forgetting: Record<
      string,
      (account: TestAccount, passkeyId: string) => Promise<unknown>
    > = {
      'a lock by support': async (account) => {
        await lockByCommand(world.deps, await found(account), operator)
        await reopenAccount(world.deps, await found(account), operator)
      },
      'a change of address': async (account) =>
        changeEmail(world.deps, await found(account), `new-${account.email}`, operator),
      'a change of password': async (account) =>
        changePassword(world.deps, await found(account), account.password, operator),
      'the removal of a passkey': (account, id) => removeBySupport(world, account, id),
    }
    for (const [what, forget] of Object.entries(forgetting)) {
      test(`${what} makes all of the account's void, and nobody else's`, async () => {
        const { account, client, passkey } = await accountWithPasskey(world)
        const other = await world.addAccount()
        await world.signIn(other, client)
        assert.equal(await isKnown(client, account), true)
        await forget(account, passkey.id)
        assert.deepEqual(await rowsOf(account), [])
        assert.equal(await isKnown(client, account), false)
        assert.equal(await isKnown(client, other), true)
      })
    }

    test('one that accounts shared before is void after the update, the others stay', async () => {
      const accounts = [
        await found(await world.addAccount()),
        await found(await world.addAccount()),
      ]
      await asOwner(world, async (db) => {
        await sql`drop table known_browsers`.execute(db)
        await sql`create table known_browsers (
          token_hash text not null, account_id text not null, expires_at bigint not null,
          primary key (token_hash, account_id)
        )`.execute(db)
        const row = (token_hash: string, { id: account_id } = accounts[0] ?? { id: '' }) => ({
          ...{ token_hash, account_id, expires_at: world.now + 1000 },
        })
        const rows = [...accounts.map((account) => row('shared', account)), row('own')]
        await db.insertInto('known_browsers').values(rows).execute()
        await knownBrowsers.up(db)
        const left = await db.selectFrom('known_browsers').select('token_hash').execute()
        assert.deepEqual(
          left.map(({ token_hash }) => token_hash),
          ['own'],
        )
        const twice = db.insertInto('known_browsers').values(row('own', accounts[1])).execute()
        await assert.rejects(twice, /unique/i)
      })
    })
  },
)
