// Rule 42: a holder changes the address, by the password, a fresh proof and a code to the new one; where the factor
// is e-mail, the old mailbox answers too.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { accountRecord, eventsOf } from '../support/checks/records.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, switchFactor } from '../support/world/journeys.ts'
import { codeOf, hasSubject, type Mail } from '../support/world/mail-receiver.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Asked {
  readonly sentTo: string
  readonly expiresAt: string
  readonly oldToo: boolean
}

onEachDatabase('a holder who changes the address', (world) => {
  let count = 0
  const fresh = () => `new-${++count}-${Math.random().toString(36).slice(2)}@example.jp`
  const ask = (client: HttpClient, email: string, password: string) =>
    client.post<Asked & { retryAfterSeconds?: number }>('/api/email', { email, password })
  const verify = (client: HttpClient, codes: { code: string; oldCode?: string }) =>
    client.post<{ field?: string; triesLeft?: number }>('/api/email/verify', codes)
  const isOpen = async (client: HttpClient) => (await client.get('/api/session')).status === 200

  const mailTo = (address: string, subject: string) =>
    world.mail.next((mail: Mail) => mail.to.includes(address) && hasSubject(mail, subject))
  const newCode = async (address: string) =>
    codeOf(await mailTo(address, '新しいメールアドレスの認証コード'))
  const oldCode = async ({ email }: TestAccount) =>
    codeOf(await mailTo(email, 'メールアドレス変更用認証コード'))
  const not = (code: string) => (code === '000000' ? '000001' : '000000')

  async function asked(by: { account: TestAccount; client: HttpClient }) {
    const { account, client } = by
    const email = fresh()
    await proveChange(client, { world, account })
    const answer = expectStatus(await ask(client, email, account.password), 202)
    return { email, answer, code: await newCode(email), oldCode: await oldCode(account) }
  }

  async function signedIn() {
    const account = await world.addAccount()
    return { account, client: await world.signIn(account) }
  }

  describe('with e-mail as the factor', () => {
    test('needs a fresh proof, the password and both codes', async () => {
      const { account, client } = await signedIn()
      const email = fresh()
      const early = await ask(client, email, account.password)
      assert.equal(expectProblem(early, 403), 'proof_needed')
      await proveChange(client, { world, account })
      const wrong = await ask(client, email, 'not this one')
      assert.equal(expectProblem(wrong, 400), 'password_wrong')
      const answer = expectStatus(await ask(client, email, account.password), 202)
      assert.equal(answer.oldToo, true)
      assert.equal(answer.sentTo, 'n***@example.jp')
      assert.equal(answer.expiresAt, new Date(world.now + 10 * minutes).toISOString())
      const codes = { code: await newCode(email), oldCode: await oldCode(account) }

      assert.equal(
        expectProblem(await verify(client, { code: codes.code }), 400),
        'invalid_request',
      )
      const bad = await verify(client, { ...codes, oldCode: not(codes.oldCode) })
      assert.equal(expectProblem(bad, 400), 'code_wrong')
      assert.equal(bad.body.field, 'oldCode')
      const other = await verify(client, { ...codes, code: not(codes.code) })
      assert.equal(expectProblem(other, 400), 'code_wrong')
      assert.equal(other.body.field, undefined)
      assert.equal((await accountRecord(world, account)).email, account.email)
      // None of the two right ones is used up by the other's fault.
      expectStatus(await verify(client, codes), 204)
      assert.equal((await accountRecord(world, account)).email, email)
      assert.equal(expectProblem(await verify(client, codes), 400), 'code_spent')
    })

    test('ends the other sessions, tells both addresses, and begins a hold', async () => {
      const holder = await signedIn()
      const { account, client } = holder
      const elsewhere = await world.signIn(account)
      const { email, code, oldCode } = await asked(holder)
      expectStatus(await verify(client, { code, oldCode }), 204)
      assert.ok(await isOpen(client))
      assert.ok(!(await isOpen(elsewhere)))
      const session = expectStatus(
        await client.get<{ hold: { until: string; reason: string } }>('/api/session'),
        200,
      )
      assert.equal(session.hold.reason, 'email_changed')
      assert.equal(session.hold.until, new Date(world.now + 24 * hours).toISOString())
      await mailTo(account.email, 'メールアドレスが変更されました')
      await mailTo(email, 'メールアドレスが変更されました')
      const record = await accountRecord(world, account)
      assert.equal(record.email_since, world.now)
      const former = JSON.parse(record.former_emails ?? '[]') as { address: string }[]
      assert.deepEqual(
        former.map(({ address }) => address),
        [account.email],
      )
      const updated = await eventsOf(world, account, 'user_updated')
      assert.equal(updated.length, 1)
      // From now on the new mailbox is the factor.
      await world.signIn({ ...account, email })
    })

    test('cannot do without the old mailbox by any of its own codes', async () => {
      const holder = await signedIn()
      const { client } = holder
      const { code } = await asked(holder)
      const swapped = await verify(client, { code, oldCode: code })
      assert.equal(expectProblem(swapped, 400), 'code_wrong')
    })

    test('has five tries in the session, for both codes together', async () => {
      const holder = await signedIn()
      const { account, client } = holder
      const { email, code, oldCode } = await asked(holder)
      for (const left of [4, 3, 2, 1, 0]) {
        const one = left % 2 ? { code: not(code), oldCode } : { code, oldCode: not(oldCode) }
        const answer = await verify(client, one)
        assert.equal(expectProblem(answer, 400), 'code_wrong')
        assert.equal(answer.body.triesLeft, left)
      }
      assert.equal(expectProblem(await verify(client, { code, oldCode }), 400), 'code_spent')
      assert.equal((await accountRecord(world, account)).email, account.email)
      assert.ok(email)
    })
  })

  describe('with a passkey as the factor', () => {
    test('needs the passkey and the code to the new address alone', async () => {
      const holder = await accountWithPasskey(world)
      const { account, client } = holder
      const email = fresh()
      await proveChange(client, holder)
      const answer = expectStatus(await ask(client, email, account.password), 202)
      assert.equal(answer.oldToo, false)
      expectStatus(await verify(client, { code: await newCode(email) }), 204)
      assert.equal((await accountRecord(world, account)).email, email)
      await mailTo(account.email, 'メールアドレスが変更されました')
    })

    test('begins anew where the factor is another one by then', async () => {
      const holder = await accountWithPasskey(world)
      const { account, client, authenticator, passkey } = holder
      const email = fresh()
      await proveChange(client, holder)
      expectStatus(await ask(client, email, account.password), 202)
      const code = await newCode(email)
      await switchFactor(client, authenticator, passkey.id, 'email')
      const late = await verify(client, { code, oldCode: code })
      assert.equal(expectProblem(late, 409), 'start_again')
      assert.equal((await accountRecord(world, account)).email, account.email)
    })
  })

  test('uses the proof up by asking, and not by what was refused', async () => {
    const holder = await signedIn()
    const { account, client } = holder
    await proveChange(client, { world, account })
    for (const bad of ['not an address', 'a@b@example.jp', account.email]) {
      assert.equal(expectProblem(await ask(client, bad, account.password), 400), 'invalid_request')
    }
    expectStatus(await ask(client, fresh(), account.password), 202)
    world.advance(30 * seconds)
    const again = await ask(client, fresh(), account.password)
    assert.equal(expectProblem(again, 403), 'proof_needed')
  })

  test('gets both codes again after half a minute, without another proof', async () => {
    const holder = await signedIn()
    const { account, client } = holder
    const none = await client.post('/api/email/resend')
    assert.equal(expectProblem(none, 403), 'email_code_needed')
    const { email, code } = await asked(holder)
    assert.equal(expectProblem(await client.post('/api/email/resend'), 429), 'too_many_codes')
    world.advance(30 * seconds)
    expectStatus(await client.post('/api/email/resend'), 200)
    const codes = { code: await newCode(email), oldCode: await oldCode(account) }
    if (code !== codes.code) {
      assert.equal(expectProblem(await verify(client, { ...codes, code }), 400), 'code_wrong')
    }
    expectStatus(await verify(client, codes), 204)
  })

  test('gets the address that the code went to, whichever node or clock was asked', async () => {
    const holder = await signedIn()
    const former = await asked(holder)
    // As on a node whose clock is behind.
    world.advance(-20 * seconds)
    const { email, code, oldCode } = await asked(holder)
    assert.notEqual(email, former.email)
    expectStatus(await verify(holder.client, { code, oldCode }), 204)
    assert.equal((await accountRecord(world, holder.account)).email, email)
  })

  test('may ask for three new addresses in a day (rule 44)', async () => {
    const holder = await accountWithPasskey(world)
    const { account, client } = holder
    const begun = world.now
    const once = async () => {
      await proveChange(client, holder)
      return ask(client, fresh(), account.password)
    }
    for (let asks = 1; asks <= 3; asks += 1) {
      expectStatus(await once(), 202)
      world.advance(20 * minutes)
    }
    const more = await once()
    assert.equal(expectProblem(more, 429), 'too_many_addresses')
    assert.equal(more.body.retryAfterSeconds, (begun + 24 * hours - world.now) / 1000)
  })

  test('finishes in the session that asked, and in no other', async () => {
    const holder = await signedIn()
    const other = await world.signIn(holder.account)
    const { code, oldCode } = await asked(holder)
    const foreign = await verify(other, { code, oldCode })
    assert.equal(expectProblem(foreign, 400), 'code_expired')
    expectStatus(await verify(holder.client, { code, oldCode }), 204)
  })
})
