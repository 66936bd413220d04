// Rules 11 and 46 at an application: which orders the trading desk refuses, by what the access token's session is.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import * as oauth from 'openid-client'
import { startDesk, type RunningDesk } from '../../examples/trading-desk/desk.ts'
import type { LiftableLevel } from '../../src/domain/vocabulary/life.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { holderOfPasskey, type Holder } from '../support/world/ceremonies.ts'
import { HttpClient } from '../support/world/http-client.ts'
import { proveSession, registerFirstPasskey } from '../support/world/journeys.ts'
import { tokensOf } from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { expectStatus, World } from '../support/world/world.ts'

const sale = { code: 'A001', quantity: 1 }
const withdrawal = { amount: 1 }
type Answered = 'done' | 'passkey' | 'held' | 'stopped'

for (const scope of ['withdrawal', 'all'] as const) {
  describe(`orders at the trading desk, where a hold covers ${scope}`, () => {
    let world: World
    let desk: RunningDesk
    let client: RelyingParty
    before(async () => {
      const [sqlite] = databases
      assert.ok(sqlite)
      const env = { SEKISHO_HOLD_SCOPE: scope }
      world = await World.start(sqlite, { reachable: true, env })
      client = await register(world)
      const port = await freePort()
      desk = await startDesk({
        ...{ origin: `http://localhost:${port}`, port, issuer: world.origin },
        ...{
          clientId: client.clientId,
          clientSecret: String(client.secret),
          demoHoldMinutes: null,
        },
      })
    })
    after(async () => {
      await desk.stop()
      await world.stop()
    })

    /** A holder whose hold is over, in a browser that the account knows, some days after the passkey. */
    async function settled(): Promise<Holder> {
      const holder = await holderOfPasskey(world)
      await endHold()
      await world.signIn(holder.account, holder.client)
      return holder
    }

    const endHold = () => world.deps.db.updateTable('accounts').set({ hold_until: null }).execute()
    const stop = (level: LiftableLevel | null) =>
      world.deps.db.updateTable('accounts').set({ stop_level: level }).execute()
    const accessOf = async ({ client: browser }: Pick<Holder, 'client'>) =>
      (await tokensOf(client, browser)).access_token

    async function order(token: string, what: object): Promise<Answered> {
      return (await ordered(token, what)).answered
    }

    /** What came of an order, and of one that is held, until when and why. */
    async function ordered(token: string, what: object) {
      const path = 'code' in what ? '/api/sales' : '/api/withdrawals'
      const { status, body, headers } = await new HttpClient(desk.origin).raw({
        ...{ method: 'POST', path, body: JSON.stringify({ id: randomUUID(), ...what }) },
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
      if (status === 201) return { answered: 'done' } as const
      const asked = String(headers['www-authenticate'])
      if (status === 401 && asked.includes('insufficient_user_authentication')) {
        return { answered: 'passkey' } as const
      }
      assert.equal(status, 403, `${status} ${asked}`)
      const { error: answered, ...bar } = body as {
        error: Answered
        until?: string
        reason?: string
      }
      return { answered, ...bar }
    }

    const both = async (token: string) => ({
      sale: await order(token, sale),
      withdrawal: await order(token, withdrawal),
    })

    test('a sale in a known browser takes no more, a withdrawal a passkey', async () => {
      const token = await accessOf(await settled())
      assert.deepEqual(await both(token), { sale: 'done', withdrawal: 'passkey' })
    })

    test('in a new browser, or with a young passkey, a sale takes a fresh passkey too', async () => {
      const holder = await settled()
      const elsewhere = await world.signIn(holder.account)
      assert.equal(await order(await accessOf({ client: elsewhere }), sale), 'passkey')
      const { client: browser, authenticator, passkey } = holder
      expectStatus(await proveSession(browser, authenticator, passkey.id, 'step-up'), 200)
      const token = await accessOf(holder)
      assert.deepEqual(await both(token), { sale: 'done', withdrawal: 'done' })
      const minutesAgo = Math.floor(Date.now() / 1000) - 301
      await world.deps.db
        .updateTable('sessions')
        .set({ proven_at: minutesAgo * 1000 })
        .execute()
      assert.equal(await order(await accessOf(holder), sale), 'passkey', 'bound today')
    })

    test('a young passkey in a new browser sells nothing, however fresh its proof', async () => {
      const account = await world.addAccount()
      await world.signIn(account)
      // Whoever has the password and the mailbox, in a browser of their own.
      const thief = await world.signIn(account)
      assert.equal(await order(await accessOf({ client: thief }), sale), 'passkey')
      const authenticator = world.authenticator()
      const passkey = await registerFirstPasskey(world, thief, account, authenticator)
      const proven = async () => {
        expectStatus(await proveSession(thief, authenticator, passkey.id, 'step-up'), 200)
        return accessOf({ client: thief })
      }
      const hold = await ordered(await proven(), sale)
      assert.equal(hold.answered, 'held')
      assert.equal(hold.reason, scope === 'all' ? 'first_passkey' : 'young_factor')
      await endHold()
      const { factor_since: since } = await oauth.tokenIntrospection(
        client.configuration,
        await proven(),
      )
      const until = new Date(Date.parse(String(since)) + 24 * hours).toISOString()
      const young = { answered: 'held', until, reason: 'young_factor' }
      assert.deepEqual(await ordered(await proven(), sale), young)
      assert.equal(await order(await proven(), withdrawal), 'done', 'these have the hold')

      const dayAgo = Date.now() - 24 * hours - minutes
      await world.deps.db
        .updateTable('passkeys')
        .set({ created_at: dayAgo })
        .where('id', '=', passkey.id)
        .execute()
      assert.equal(await order(await proven(), sale), 'done', 'an older one is enough')
    })

    test('a hold bars withdrawals, and sales where it covers them', async () => {
      const holder = await settled()
      const token = await accessOf(holder)
      await world.deps.db
        .updateTable('accounts')
        .set({ hold_until: Date.now() + 60_000, hold_reason: 'password_changed' })
        .execute()
      const barred = { sale: scope === 'all' ? 'held' : 'done', withdrawal: 'held' }
      assert.deepEqual(await both(token), barred)
      await endHold()
      assert.equal(await order(token, sale), 'done')
    })

    test('a stop bars what its level says, whatever a hold covers', async () => {
      const token = await accessOf(await settled())
      await stop('withdrawal')
      assert.deepEqual(await both(token), { sale: 'done', withdrawal: 'stopped' })
      await stop('trading')
      assert.deepEqual(await both(token), { sale: 'stopped', withdrawal: 'stopped' })
      await stop(null)
      assert.equal(await order(token, sale), 'done')
    })

    test('an order happens once, and not for more than there is', async () => {
      const token = await accessOf(await settled())
      const id = randomUUID()
      const send = async (quantity: number, of = id) => {
        const { status } = await new HttpClient(desk.origin).raw({
          ...{ method: 'POST', path: '/api/sales' },
          body: JSON.stringify({ id: of, code: 'A001', quantity }),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        })
        return status
      }
      assert.equal(await send(300), 201)
      assert.equal(await send(300), 201, 'the same order')
      assert.equal(await send(1, randomUUID()), 409, 'nothing is left')
      assert.equal(await send(0, randomUUID()), 400)
      assert.equal(await send(0.5, randomUUID()), 400)
    })
  })
}
