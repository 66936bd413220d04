// Rule 28: a right password that leads nowhere, and all that a sign-in makes, is on record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hash } from '@node-rs/argon2'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { updatePasswordHash } from '../../src/domain/accounts/store.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

/** Less than is asked for today. */
const outdated = { memoryCost: 8192, timeCost: 1, parallelism: 1 }

interface Event {
  readonly at: unknown
  readonly event: string
  readonly actor: string
  readonly request_id: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

onEachDatabase('the trail of sign-ins', (world) => {
  async function eventsOf(account: TestAccount, event: string): Promise<readonly Event[]> {
    const rows = await rowsOf(world, 'audit_events', account)
    return rows
      .filter((row) => row['event'] === event)
      .toSorted((one, other) => Number(one['at']) - Number(other['at']))
      .map((row) => ({ ...row, detail: JSON.parse(String(row['detail'])) }) as unknown as Event)
  }
  const unfinished = async (account: TestAccount) =>
    (await eventsOf(account, 'authn_login_unfinished')).map(({ detail }) => detail['why'])

  test('a right password is on record before any second factor, with who gave it', async () => {
    const { account } = await accountWithPasskey(world)
    const known = (await eventsOf(account, 'authn_password_success')).length
    world.advance(1000)
    const answer = await givePassword(world.client(), account)
    expectStatus(answer, 200)
    const [event, ...more] = (await eventsOf(account, 'authn_password_success')).slice(known)
    assert.deepEqual(more, [])
    assert.deepEqual([event?.actor, event?.detail['next']], ['guest', 'passkey'])
    assert.equal(event?.request_id, answer.headers['x-request-id'])
  })

  test('a sign-in that is given up, begun anew or guessed at says so', async () => {
    const account = await world.addAccount()
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    expectStatus(await client.delete('/api/sign-in'), 204)
    assert.deepEqual(await unfinished(account), ['given up'])
    for (let begun = 0; begun < 2; begun += 1) {
      world.advance(1 * minutes)
      expectStatus(await givePassword(client, account), 200)
    }
    assert.deepEqual(await unfinished(account), ['given up', 'begun anew'])
    world.advance(1)
    const [code, wrong] = [await world.nextCode(account), '000000']
    for (let tries = 0; tries < 5; tries += 1) {
      const given = { code: code === wrong ? '111111' : wrong }
      expectProblem(await client.post('/api/sign-in/email-code', given), 400)
    }
    const all = ['given up', 'begun anew', 'too many wrong codes']
    assert.deepEqual(await unfinished(account), all)
    const begun = await eventsOf(account, 'authn_password_success')
    const ended = await eventsOf(account, 'authn_login_unfinished')
    const ids = (events: readonly Event[]) => events.map(({ detail }) => detail['signIn']).sort()
    assert.deepEqual(ids(ended), ids(begun))
  })

  test('a sign-in that runs out says so once, at the time when it did, however many there are', async () => {
    const account = await world.addAccount()
    expectStatus(await givePassword(world.client(), account), 200)
    const ranOutAt = world.now + 20 * minutes
    const [row] = await rowsOf(world, 'sign_ins', account)
    assert.ok(row)
    const copies = Array.from({ length: 1200 }, (_, index) => {
      const id = `${index}`.padStart(22, 'A')
      return { ...row, id, token_hash: id } as never
    })
    for (let from = 0; from < copies.length; from += 400) {
      await world.deps.db
        .insertInto('sign_ins')
        .values(copies.slice(from, from + 400))
        .execute()
    }
    await sweep(world.deps)
    assert.deepEqual(await unfinished(account), [])
    world.advance(21 * minutes)
    await Promise.all([sweep(world.deps), sweep(world.deps)])
    const events = await eventsOf(account, 'authn_login_unfinished')
    assert.equal(events.length, 1201)
    assert.equal(new Set(events.map(({ detail }) => detail['signIn'])).size, 1201)
    for (const { at, actor, detail } of events) {
      assert.deepEqual([Number(at), actor, detail['why']], [ranOutAt, 'system', 'ran out'])
    }
    assert.deepEqual(await rowsOf(world, 'sign_ins', account), [])
  })

  test('a sign-in that had run out before the next one began says that it ran out', async () => {
    const account = await world.addAccount()
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    world.advance(21 * minutes)
    expectStatus(await givePassword(client, account), 200)
    assert.deepEqual(await unfinished(account), ['ran out'])
  })

  test('a session that is made is on record by the id that the list shows', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const listed = await client.get<{ sessions: { id: string }[] }>('/api/sessions')
    const ids = expectStatus(listed, 200).sessions.map(({ id }) => id)
    const made = await eventsOf(account, 'session_created')
    assert.deepEqual(
      made.map(({ detail }) => detail['session']),
      ids,
    )
  })

  test('a password hash that is renewed is on record, once', async (t) => {
    const account = await world.addAccount()
    const stored = await findAccount(world.deps, account.loginId)
    assert.ok(stored)
    const old = await hash(account.password, outdated)
    await updatePasswordHash(world.deps.db, stored.id, old)
    expectStatus(await givePassword(world.client(), account), 200)
    const renewed = async () =>
      assert.equal((await eventsOf(account, 'authn_password_rehash')).length, 1)
    await t.waitFor(renewed, { timeout: 10_000 })
    expectStatus(await givePassword(world.client(), account), 200)
    assert.equal((await eventsOf(account, 'authn_password_rehash')).length, 1)
  })
})
