// Rules 8, 19 and 22: the browsers that an account knows are shown to its holder, and forgotten on asking.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours, minutes } from '../../src/kernel/clock.ts'
import { permissionLifetime } from '../../src/limits/passkeys.ts'
import { knownBrowserLifetime } from '../../src/limits/sessions.ts'
import { accountRecord } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Browser {
  readonly id: string
  readonly current: boolean
  readonly browser: string | null
  readonly system: string | null
  readonly firstSeenAt: string | null
  readonly lastSeenAt: string
}

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

onEachDatabase(
  'the browsers of an account',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    const at = (milliseconds = 0) => new Date(world.now + milliseconds).toISOString()
    const listed = async (client: HttpClient) =>
      expectStatus(await client.get<{ browsers: Browser[] }>('/api/browsers'), 200).browsers
    const signIn = (account: TestAccount, userAgent: string) =>
      world.signIn(account, world.client({ userAgent }))

    test('are listed with their names and times, the own one marked, and keep their id', async () => {
      const account = await world.addAccount()
      const pc = await signIn(account, chrome)
      const [first, ...more] = await listed(pc)
      assert.deepEqual(more, [])
      assert.ok(first)
      const { id } = first
      const since = at()
      assert.deepEqual(first, {
        ...{ id, current: true, browser: 'Chrome', system: 'Windows' },
        ...{ firstSeenAt: since, lastSeenAt: since },
      })
      world.advance(2 * days)
      const phone = await signIn(account, safari)
      world.advance(20 * minutes)
      await world.signIn(account, pc)
      const rows = await listed(pc)
      assert.deepEqual(
        rows.map(({ current, browser, system }) => [current, browser, system]),
        [
          [true, 'Chrome', 'Windows'],
          [false, 'Safari', 'iPhone'],
        ],
      )
      assert.deepEqual([rows[0]?.id, rows[0]?.firstSeenAt, rows[0]?.lastSeenAt], [id, since, at()])
      assert.deepEqual(
        (await listed(phone)).map(({ current }) => current),
        [false, true],
      )
      const stranger = await world.signIn(await world.addAccount(), phone)
      assert.equal((await listed(stranger)).length, 1, 'of one account alone')
      const none = await world.client().get('/api/browsers')
      assert.equal(expectProblem(none, 401), 'not_signed_in')
    })

    test('are forgotten by a fresh proof for a change, which they leave, and by nobody else', async () => {
      const account = await world.addAccount()
      const [pc, phone] = [await signIn(account, chrome), await signIn(account, safari)]
      const other = (await listed(pc)).find(({ current }) => !current)
      const path = `/api/browsers/${other?.id}`
      assert.equal(expectProblem(await pc.delete(path), 403), 'proof_needed', 'just signed in')
      const passerBy = await world.addAccount()
      const stranger = await world.signIn(passerBy)
      await proveChange(stranger, { world, account: passerBy })
      assert.equal(expectProblem(await stranger.delete(path), 404), 'not_found')
      await proveChange(pc, { world, account })
      world.advance(permissionLifetime)
      assert.equal(expectProblem(await pc.delete(path), 403), 'proof_needed')
      await proveChange(pc, { world, account })
      assert.equal((await listed(pc)).length, 2)
      expectStatus(await pc.delete(path), 204)
      assert.equal(expectProblem(await pc.delete(path), 404), 'not_found')
      assert.equal(expectProblem(await pc.delete('/api/browsers/x'), 404), 'not_found')
      assert.equal((await phone.get('/api/session')).status, 200, 'its session is not ended')

      await lockAtOnce(world, account)
      assert.equal((await givePassword(phone, account)).status, 401, 'a strange one from now on')
      expectStatus(await givePassword(pc, account), 200)
      await world.nextCode(account)
      await proveChange(pc, { world, account })
      const [own] = await listed(pc)
      expectStatus(await pc.delete(`/api/browsers/${own?.id}`), 204)
      assert.deepEqual(await listed(pc), [])
    })

    test('that the version before has noted are listed and forgotten too', async () => {
      const account = await world.addAccount()
      const pc = await signIn(account, chrome)
      const signedIn = at()
      const { id: account_id } = await accountRecord(world, account)
      await world.deps.db
        .updateTable('known_browsers')
        .set({ id: null, browser: null, system: null, first_at: null, last_at: null })
        .where('account_id', '=', account_id)
        .execute()
      const [old] = await listed(pc)
      assert.ok(old)
      assert.match(old.id, /^[\w-]{22}$/)
      const { browser, system, firstSeenAt, lastSeenAt } = old
      assert.deepEqual([browser, system, firstSeenAt, lastSeenAt], [null, null, null, signedIn])
      world.advance(1 * hours)
      await world.signIn(account, pc)
      const [renewed] = await listed(pc)
      assert.deepEqual(
        [renewed?.id, renewed?.browser, renewed?.firstSeenAt, renewed?.lastSeenAt],
        [old.id, 'Chrome', null, at()],
      )
      await proveChange(pc, { world, account })
      expectStatus(await pc.delete(`/api/browsers/${old.id}`), 204)
      assert.deepEqual(await listed(pc), [])
    })

    test('are listed for as long as they are known', async () => {
      const account = await world.addAccount()
      await signIn(account, safari)
      world.advance(knownBrowserLifetime - 1)
      const pc = await signIn(account, chrome)
      assert.equal((await listed(pc)).length, 2)
      world.advance(1)
      assert.equal((await listed(pc)).length, 1)
    })
  },
)
