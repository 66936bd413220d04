// Rule 33: an interaction belongs to the browser that began it, its result to the session that gave it,
// and nothing stands for a person at an application without a live session of ours.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import * as oauth from 'openid-client'
import { hashToken } from '../../src/kernel/secrets.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { brokenInvariants } from '../support/checks/invariants.ts'
import { holderOfPasskey, removeBySupport } from '../support/world/ceremonies.ts'
import { changePassword } from '../support/world/change-password.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { proveSession } from '../support/world/journeys.ts'
import { signedIn, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  callback,
  follow,
  operator,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('an interaction', { reachable: true }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  /** An authorization request that waits for a sign-in in this browser. */
  const begin = async (client: HttpClient, parameters: Record<string, string> = {}) => {
    const request = await authorizationRequest(desk, parameters)
    const { location = '' } = (await client.get(request.address)).headers
    const uid = location.split('/').at(-1) ?? ''
    assert.equal(location, `/oauth2/interaction/${uid}`)
    return { request, uid, interaction: location, resume: `/oauth2/authorize/${uid}` }
  }
  /** What a sibling host under the same parent domain can do: cookies without `__Host-`. */
  const plant = (client: HttpClient, uid: string) => {
    client.setCookie('sekisho_interaction', uid)
    client.setCookie('sekisho_resume', uid)
  }
  const takeSession = (client: HttpClient, other: HttpClient) =>
    client.setCookie('sekisho_session', other.cookies.get('sekisho_session'))
  const codeAt = (arrived: URL) =>
    arrived.href.startsWith(callback) ? arrived.searchParams.get('code') : null
  const approve = async (
    client: HttpClient,
    { interaction, resume }: { interaction: string; resume: string },
  ) => {
    const { location = '' } = (await client.get(interaction)).headers
    assert.equal(new URL(location, world.origin).pathname, resume)
  }

  test('is finished in the browser that began it, and there alone', async () => {
    for (const approver of ['attacker', 'victim'] as const) {
      for (const resumer of ['attacker', 'victim'] as const) {
        for (const began of ['attacker', 'victim'] as const) {
          const browsers = {
            attacker: world.client(),
            victim: (await signedIn(world, { factor: 'passkey' })).client,
          }
          if (began === 'victim') {
            takeSession(browsers.attacker, browsers.victim)
            browsers.victim.setCookie('sekisho_session', undefined)
          }
          const begun = await begin(browsers[began])
          const other = began === 'victim' ? browsers.attacker : browsers.victim
          plant(other, begun.uid)
          if (began === approver) takeSession(browsers[began], other)
          await browsers[approver].get(begun.interaction)
          const arrived = await follow(browsers[resumer], begun.resume)
          const all = `${began} begins, ${approver} approves, ${resumer} resumes`
          assert.equal(codeAt(arrived) !== null, began === approver && began === resumer, all)
        }
      }
    }
  })

  test('planted in a browser that signs in takes its holder nowhere', async () => {
    const attacker = world.client()
    const begun = await begin(attacker)
    const { client: victim } = await signedIn(world, { factor: 'passkey' })
    plant(victim, begun.uid)
    const page = await victim.get(begun.interaction)
    assert.equal(page.status, 400)
    assert.equal((await victim.get(`${begun.interaction}/leave`)).status, 400)
    const another = world.client()
    await begin(another)
    for (const [browser, name] of [
      [another, false],
      [attacker, true],
    ] as const) {
      const { text } = await browser.get(`/sign-in?continueTo=${begun.interaction}`)
      assert.equal(/NEOTRADER/.test(text), name, 'nor does the sign-in say who asked')
    }
    const stranger = await follow(attacker, begun.resume)
    assert.equal(codeAt(stranger), null)
  })

  test('with the authorization cookie of another browser is no interaction', async () => {
    const one = world.client()
    const begun = await begin(one)
    for (const value of [undefined, '', 'x', one.cookies.get('sekisho_authorization')]) {
      const { client } = await signedIn(world)
      plant(client, begun.uid)
      client.setCookie('sekisho_authorization', value)
      const own = value === one.cookies.get('sekisho_authorization')
      assert.equal((await client.get(begun.interaction)).status, own ? 303 : 400, String(value))
    }
  })

  test('begun with an authorization cookie that is no token gets a new one for its browser', async () => {
    for (const value of ['', 'x', 'A'.repeat(44)]) {
      const [client, stranger] = [world.client(), world.client()]
      client.setCookie('sekisho_authorization', value)
      stranger.setCookie('sekisho_authorization', value)
      const { uid, interaction } = await begin(client)
      assert.match(client.cookies.get('sekisho_authorization') ?? '', /^[\w-]{43}$/, value)
      plant(stranger, uid)
      assert.equal((await stranger.get(interaction)).status, 400, value)
      assert.equal((await client.get(interaction)).status, 303, value)
    }
  })

  test('of each tab goes on, as tabs share what marks their browser', async () => {
    const client = world.client()
    const tabs = [await begin(client), await begin(client)]
    takeSession(client, (await signedIn(world)).client)
    for (const tab of tabs) {
      const arrived = await follow(client, tab.interaction)
      assert.ok((await redeem(desk, arrived, tab.request)).access_token)
    }
  })

  const ends: readonly (readonly [
    string,
    (holder: Awaited<ReturnType<typeof holderOfPasskey>>, accountId: string) => Promise<unknown>,
  ])[] = [
    ['a sign-out', async ({ client }) => expectStatus(await client.delete('/api/session'), 204)],
    [
      'a sign-out in another browser',
      async ({ account }) => {
        const elsewhere = await signedIn(world, { account, factor: 'passkey' })
        await proveChange(elsewhere.client, { world, account })
        const { sessions } = (
          await elsewhere.client.get<{ sessions: { id: string; current: boolean }[] }>(
            '/api/sessions',
          )
        ).body
        for (const { id, current } of sessions)
          if (!current) expectStatus(await elsewhere.client.delete(`/api/sessions/${id}`), 204)
      },
    ],
    [
      'a new password',
      async ({ account }) => {
        const found = await requireAccount(world.deps, account.loginId)
        await changePassword(world.deps, found, 'an entirely new passphrase', operator)
      },
    ],
    [
      'a lock',
      async ({ account }) =>
        lockByCommand(world.deps, await requireAccount(world.deps, account.loginId), operator),
    ],
    [
      'the removal of a passkey',
      async ({ account, passkey }) => removeBySupport(world, account, passkey.id),
    ],
    [
      'a switch of the factor in another browser',
      async ({ account, authenticator, passkey }) => {
        const elsewhere = (await signedIn(world, { account, factor: 'passkey' })).client
        expectStatus(await proveSession(elsewhere, authenticator, passkey.id, 'switch'), 200)
        expectStatus(await elsewhere.put('/api/second-factor', { method: 'passkey' }), 200)
      },
    ],
    [
      'half an hour without use',
      async (_holder, accountId) =>
        world.deps.db
          .updateTable('sessions')
          .set({ last_seen_at: Date.now() - 31 * 60_000 })
          .where('account_id', '=', accountId)
          .execute(),
    ],
    [
      'twelve hours',
      async (_holder, accountId) =>
        world.deps.db
          .updateTable('sessions')
          .set({ signed_in_at: Date.now() - 12 * 3_600_000 })
          .where('account_id', '=', accountId)
          .execute(),
    ],
    [
      'another sign-in in this browser',
      async ({ account, client }) => {
        takeSession(client, (await signedIn(world, { account, factor: 'email' })).client)
      },
    ],
  ]
  for (const [end, bringAbout] of ends) {
    test(`that was approved gives nothing of that session after ${end}`, async () => {
      const holder = await holderOfPasskey(world)
      const { client, account } = holder
      expectStatus(
        await proveSession(client, holder.authenticator, holder.passkey.id, 'step-up'),
        200,
      )
      const session = client.cookies.get('sekisho_session')
      client.setCookie('sekisho_session', undefined)
      const begun = await begin(client)
      client.setCookie('sekisho_session', session)
      await approve(client, begun)
      const { id } = await requireAccount(world.deps, account.loginId)
      await bringAbout(holder, id)
      const arrived = await follow(client, begun.resume)
      if (end.startsWith('another')) {
        const claims = (await redeem(desk, arrived, begun.request)).claims()
        assert.equal(claims?.['acr'], 'urn:sekisho:acr:email-code', 'as the session now there')
      } else {
        assert.equal(arrived.pathname, '/sign-in', 'the request goes on, with a new sign-in')
      }
      const broken = (await brokenInvariants(world.deps)).filter((rule) => /rule 33/.test(rule))
      assert.deepEqual(broken, [])
    })
  }

  test('that was approved goes on after a new sign-in of the same person', async () => {
    const client = world.client()
    const begun = await begin(client)
    const first = await signedIn(world)
    takeSession(client, first.client)
    await approve(client, begun)
    expectStatus(await client.delete('/api/session'), 204)
    const page = await follow(client, begun.resume)
    takeSession(client, (await signedIn(world, { account: first.account })).client)
    const arrived = await follow(client, page.searchParams.get('continueTo') ?? '')
    assert.ok((await redeem(desk, arrived, begun.request)).access_token)
  })
})

onEachDatabase('a grant', { reachable: true }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  const record = { payload: '{}', expires_at: Date.now() + 60_000 }

  test('without a live session is refused by the database, and so is all that is made from one', async () => {
    const { client, accountId } = await signedIn(world)
    await tokensOf(desk, client)
    for (const kind of ['Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken']) {
      for (const session_id of [null, 'of-nobody']) {
        const insertion = world.deps.db.insertInto('oidc_records').values({
          kind,
          id_hash: hashToken(`${kind} ${String(session_id)}`),
          session_id,
          ...record,
        })
        await assert.rejects(insertion.execute(), /a grant without a session/)
      }
      const orphaned = world.deps.db
        .updateTable('oidc_records')
        .set({ session_id: null })
        .where('kind', '=', 'Grant')
      await assert.rejects(orphaned.execute(), /a grant without a session/)
    }
    assert.ok(accountId)
  })

  test('is not renewed once its session has gone, whatever is under way', async () => {
    const { client, accountId } = await signedIn(world)
    const tokens = await tokensOf(desk, client)
    // The row alone, without the word for applications: as of a session that is about to end.
    await sql`delete from sessions where account_id = ${accountId}`.execute(world.deps.db)
    const renewal = oauth.refreshTokenGrant(desk.configuration, tokens.refresh_token ?? '')
    await assert.rejects(renewal, { error: 'invalid_grant' })
  })
})
