// A browser whose session has ended is told how, on the sign-in page and in a refusal; nobody else is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { endedKept } from '../../src/limits/sessions.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { endContract } from '../../src/operations/support/end-contract.ts'
import { endSessionsOf } from '../../src/operations/support/end-sessions.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { texts } from '../../src/text/texts.ts'
import { removeBySupport } from '../support/world/ceremonies.ts'
import { changePassword } from '../support/world/change-password.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  registerFirstPasskey,
  signInWithPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { until } from '../support/world/openid.ts'
import { operator } from '../support/world/relying-party.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

type End = keyof typeof texts.ja.sessionEnds

const ends = Object.keys(texts.ja.sessionEnds) as End[]

const options = { reachable: true, stillClock: true, timeout: 120_000 }

onEachDatabase('the end of a session', options, (world) => {
  /** What the browser is told, in both languages and at every look. */
  async function told(client: HttpClient): Promise<End | null> {
    const answer = await client.get<{ ended?: End; detail: string }>('/api/session')
    assert.equal(expectProblem(answer, 401), 'not_signed_in')
    const { ended = null, detail } = answer.body
    for (const language of ['en', 'ja'] as const) {
      const { text } = await client.get(`/sign-in?continueTo=%2Fportal&lang=${language}`)
      const said = ends.filter((end) =>
        text.includes(`id="ended">${texts[language].sessionEnds[end]}<`),
      )
      assert.deepEqual(said, ended === null ? [] : [ended], language)
    }
    const words = texts.ja
    assert.equal(detail, ended ? words.sessionEnds[ended] : words.problems.not_signed_in.detail)
    return ended
  }

  const holding = (token: string | undefined) => {
    const client = world.client()
    client.setCookie('sekisho_session', token)
    return client
  }
  const tokenOf = (client: HttpClient) => client.cookies.get('sekisho_session')

  test('is that it ran out, after half an hour, and still when the sweep has been', async () => {
    const client = await world.signIn(await world.addAccount())
    world.advance(30 * minutes)
    assert.equal(await told(client), 'run_out')
    await sweep(world.deps)
    assert.equal(await told(client), 'run_out')
  })

  test('is that another browser ended it, from the list', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const other = await world.signIn(account)
    const { body } = await other.get<{ sessions: { id: string; current: boolean }[] }>(
      '/api/sessions',
    )
    const id = body.sessions.find(({ current }) => !current)?.id
    await proveChange(other, { world, account })
    expectStatus(await other.delete(`/api/sessions/${id}`), 204)
    assert.equal(await told(client), 'elsewhere')
  })

  test('is that the settings were changed, in another browser', async () => {
    const { account, client, authenticator, passkey } = await accountWithPasskey(world)
    const other = await signInWithPasskey(world, account, authenticator, passkey.id)
    await switchFactor(other, authenticator, passkey.id, 'email')
    assert.equal(await told(client), 'settings')
    expectStatus(await other.get('/api/session'), 200)
  })

  test('is that a sign-in replaced it, for who has only the former token', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const former = tokenOf(client)
    await world.signIn(account, client)
    assert.equal(await told(holding(former)), 'replaced')
    expectStatus(await client.get('/api/session'), 200)
  })

  test('is that it was signed out, where the answer to that was lost', async () => {
    const client = await world.signIn(await world.addAccount())
    const former = tokenOf(client)
    expectStatus(await client.delete('/api/session'), 204)
    assert.equal(await told(holding(former)), 'signed_out')
    assert.equal(await told(client), null)
  })

  test('is one and the same whatever support did, so that no thief learns which', async () => {
    const acts: Record<string, (account: TestAccount, passkey: string) => Promise<unknown>> = {
      removes: (account, passkey) => removeBySupport(world, account, passkey),
      locks: async ({ loginId }) => lockByCommand(world.deps, await find(loginId), operator),
      closes: async ({ loginId }) => endContract(world.deps, await find(loginId), operator),
      ends: async ({ loginId }) => endSessionsOf(world.deps, await find(loginId), operator),
      'sets a password': async ({ loginId }) =>
        changePassword(world.deps, await find(loginId), 'long enough 7 times', operator),
      'sets an address': async ({ loginId }) =>
        changeEmail(world.deps, await find(loginId), 'new@example.jp', operator),
    }
    const find = (loginId: string) => requireAccount(world.deps, loginId)
    for (const [name, act] of Object.entries(acts)) {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const passkey = await registerFirstPasskey(world, client, account, world.authenticator())
      await act(account, passkey.id)
      assert.equal(await told(client), 'support', name)
    }
  })

  test('is told to no browser without a session, and not by a token that never was', async () => {
    assert.equal(await told(world.client()), null)
    assert.equal(await told(holding('not a token')), null)
    assert.equal(await told(holding('A'.repeat(43))), 'run_out')
  })

  test('is forgotten when a new sign-in follows, and in the end by the sweep', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const find = await requireAccount(world.deps, account.loginId)
    await endSessionsOf(world.deps, find, operator)
    const former = tokenOf(client)
    await world.signIn(account, client)
    expectStatus(await client.get('/api/session'), 200)
    assert.equal(await told(holding(former)), 'support')
    await until(async () => {
      const rows = world.deps.db.selectFrom('ended_sessions').where('told_at', 'is', null)
      return (await rows.selectAll().execute()).length === 0
    })
    world.advance(endedKept + 1 * minutes)
    await sweep(world.deps)
    assert.deepEqual(await world.deps.db.selectFrom('ended_sessions').selectAll().execute(), [])
    assert.equal(await told(holding(former)), 'run_out')
  })
})
