// Rule 27: whoever sits in a session changes what is told, and where, by a fresh proof alone, and everybody who was
// told before hears of it.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { formerEmailKept } from '../../src/limits/accounts.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { proveChange, type ChangeProver } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword, switchFactor } from '../support/world/journeys.ts'
import { codeOf, hasSubject } from '../support/world/mail-receiver.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const set = 'お知らせ先が登録されました'
const removed = 'お知らせ先が削除されました'
const everySignIn = 'ログインのお知らせを始めます'

onEachDatabase('what is told to a holder, and where,', { concurrency: 1 }, (world) => {
  const codeFor = async (address: string) =>
    codeOf(
      await world.mail.next(
        ({ to, subject }) => to.includes(address) && subject === 'お知らせ先の認証コード',
      ),
    )

  async function addressesTold(t: TestContext, subject: string, account: TestAccount) {
    await outboxEmpty(world, t)
    return world.mail.mails
      .filter((mail) => hasSubject(mail, subject) && mail.to.join().includes(account.email))
      .map(({ to }) => to.join())
      .toSorted()
  }

  /** Asks for a second address and proves it. */
  async function setAddress(
    client: HttpClient,
    by: ChangeProver,
    { email, password }: { readonly email: string; readonly password?: string },
  ): Promise<void> {
    await proveChange(client, by)
    expectStatus(await client.post('/api/notices/address', { email, password }), 202)
    const verified = await client.post('/api/notices/address/verify', {
      code: await codeFor(email),
    })
    expectStatus(verified, 204)
    world.advance(1 * minutes)
  }

  async function atEmail() {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    return { account, client, by: { world, account } as const }
  }

  async function atPasskey() {
    const own = await accountWithPasskey(world)
    await switchFactor(own.client, own.authenticator, own.passkey.id, 'passkey')
    return own
  }

  test('is as it was until the holder chooses', async () => {
    const { client } = await atEmail()
    const answer = expectStatus(await client.get('/api/notices'), 200)
    assert.deepEqual(answer, { everySignIn: false, address: null })
  })

  test('needs a fresh proof for each change, and is used up by it', async () => {
    const { client, ...by } = await atPasskey()
    const changes = () => [
      client.put('/api/notices', { everySignIn: true }),
      client.post('/api/notices/address', { email: 'second@example.jp' }),
      client.delete('/api/notices/address'),
    ]
    for (const change of changes()) assert.equal(expectProblem(await change, 403), 'proof_needed')
    await proveChange(client, by)
    expectStatus(await client.put('/api/notices', { everySignIn: true }), 200)
    for (const change of changes()) assert.equal(expectProblem(await change, 403), 'proof_needed')
  })

  test('needs the password too where the factor is e-mail, and the proof outlives a wrong one', async () => {
    const { account, client, by } = await atEmail()
    await proveChange(client, by)
    for (const password of [undefined, 'not the password']) {
      const sent = { everySignIn: true, password }
      assert.equal(expectProblem(await client.put('/api/notices', sent), 400), 'password_wrong')
      const asked = { email: 'second@example.jp', password }
      assert.equal(
        expectProblem(await client.post('/api/notices/address', asked), 400),
        'password_wrong',
      )
    }
    const { password } = account
    const chosen = await client.put('/api/notices', { everySignIn: true, password })
    assert.deepEqual(expectStatus(chosen, 200), { everySignIn: true, address: null })
  })

  test('is told at every sign-in once the holder chose so, by mail in both languages', async (t) => {
    const { client, account, ...by } = await atPasskey()
    await proveChange(client, { ...by })
    expectStatus(await client.put('/api/notices', { everySignIn: true }), 200)
    assert.deepEqual(expectStatus(await client.get('/api/notices'), 200), {
      everySignIn: true,
      address: null,
    })
    assert.deepEqual(await addressesTold(t, everySignIn, account), [account.email])
    await proveChange(client, by)
    expectStatus(await client.put('/api/notices', { everySignIn: true }), 200)
    assert.equal((await addressesTold(t, everySignIn, account)).length, 1, 'nothing changed')
    await proveChange(client, by)
    expectStatus(await client.put('/api/notices', { everySignIn: false }), 200)
    const untold = 'ログインのお知らせを終わります'
    assert.deepEqual(await addressesTold(t, untold, account), [account.email])
  })

  test('goes to the second address too, from its own code on, and codes never do', async (t) => {
    const { account, client, by } = await atEmail()
    const second = `second.${account.email}`
    await setAddress(client, by, { email: second, password: account.password })
    const shown = expectStatus(await client.get('/api/notices'), 200)
    assert.deepEqual(shown, { everySignIn: false, address: 's***@example.jp' })
    assert.deepEqual(await addressesTold(t, set, account), [second, account.email].toSorted())
    world.advance(31 * minutes)
    await world.signIn(account)
    const newBrowser = '新しいブラウザからログインがありました'
    assert.ok((await addressesTold(t, newBrowser, account)).includes(second))
    const codes = world.mail.mails.filter(
      ({ to, subject }) => to.includes(second) && subject.endsWith('コード'),
    )
    assert.deepEqual(
      codes.map(({ subject }) => subject),
      ['お知らせ先の認証コード'],
    )
  })

  test('goes where the code went, whichever node or clock was asked for an address', async () => {
    const { client, account, ...by } = await atPasskey()
    const [typo, right] = [`typo.${account.email}`, `right.${account.email}`]
    await proveChange(client, by)
    expectStatus(await client.post('/api/notices/address', { email: typo }), 202)
    await codeFor(typo)
    // As on a node whose clock is behind.
    world.advance(-20 * seconds)
    await setAddress(client, by, { email: right })
    const { address } = expectStatus(await client.get<{ address: string }>('/api/notices'), 200)
    assert.equal(address, 'r***@example.jp')
  })

  test('is told at an address that was replaced or removed for thirty days more, and not a moment longer', async (t) => {
    const { client, account, ...by } = await atPasskey()
    const { email } = account
    const [first, next] = [`first.${email}`, `next.${email}`]
    await setAddress(client, by, { email: first })
    await setAddress(client, by, { email: next })
    assert.deepEqual(
      await addressesTold(t, set, account),
      [email, email, first, first, next].toSorted(),
    )
    await proveChange(client, by)
    const removedAt = world.now
    expectStatus(await client.delete('/api/notices/address'), 204)
    assert.deepEqual(await addressesTold(t, removed, account), [email, first, next].toSorted())
    const shown = expectStatus(await client.get('/api/notices'), 200)
    assert.deepEqual(shown, { everySignIn: false, address: null })

    const giveUp = async () => {
      const other = world.client()
      expectStatus(await givePassword(other, account), 200)
      expectStatus(await other.delete('/api/sign-in'), 204)
      return addressesTold(t, 'ログインが完了しませんでした', account)
    }
    world.advance(removedAt + formerEmailKept - 1 - world.now)
    assert.deepEqual(await giveUp(), [email, next].toSorted())
    world.advance(1 * hours)
    assert.deepEqual(await giveUp(), [email, email, next].toSorted())
  })

  test('is set only by the right code, in the session that asked, and by nothing of before a change', async () => {
    const { client, account, ...by } = await atPasskey()
    const asked = { email: `second.${account.email}` }
    const verify = (code: string, one = client) => one.post('/api/notices/address/verify', { code })
    assert.equal(expectProblem(await verify('123456'), 400), 'code_expired')
    assert.equal(
      expectProblem(await client.post('/api/notices/address/resend'), 403),
      'email_code_needed',
    )
    await proveChange(client, by)
    expectStatus(await client.post('/api/notices/address', asked), 202)
    const code = await codeFor(asked.email)
    assert.equal(
      expectProblem(await verify(code === '000000' ? '111111' : '000000'), 400),
      'code_wrong',
    )
    world.advance(1 * minutes)
    expectStatus(await client.post('/api/notices/address/resend'), 200)
    const anew = await codeFor(asked.email)
    await switchFactor(client, by.authenticator, by.passkey.id, 'email')
    assert.equal(expectProblem(await verify(anew), 409), 'start_again')
    const shown = expectStatus(await client.get('/api/notices'), 200)
    assert.deepEqual(shown, { everySignIn: false, address: null })
  })

  test('cannot be an address that gets notices already, or none at all', async () => {
    const { client, account, ...by } = await atPasskey()
    await proveChange(client, by)
    for (const email of [account.email, 'no address', 'two@example.jp, three@example.jp']) {
      const refused = await client.post('/api/notices/address', { email })
      assert.equal(expectProblem(refused, 400), 'invalid_request')
      assert.match(refused.text, /"path":"email"/)
    }
    expectStatus(await client.post('/api/notices/address', { email: 'a@example.jp' }), 202)
  })
})
