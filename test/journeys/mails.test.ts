// Rule 27 on the whole way: what a holder receives, although everybody chose the worst words they could.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAccount } from '../../src/domain/accounts/find.ts'
import { addAccount } from '../../src/operations/support/add-account.ts'
import { changeEmail } from '../../src/operations/support/change-email.ts'
import { removeLostPasskey } from '../../src/operations/support/remove-passkey.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { changePassword } from '../support/world/change-password.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword, makePasskey, proveSession, switchFactor } from '../support/world/journeys.ts'
import { codeOf, hasSubject } from '../support/world/mail-receiver.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const chosen = 'https://evil.example/<b>654321</b>'
const userAgent = `Mozilla/5.0 (${chosen}; Windows) Chrome/654321 Safari/1 ${chosen}`

onEachDatabase('the mails of an account', (world) => {
  async function accountOf(loginId: string, displayName: string): Promise<TestAccount> {
    const password = 'correct horse battery'
    const account = { loginId, displayName, password, email: `${loginId}@example.jp` }
    assert.deepEqual(await addAccount(world.deps, account, { name: chosen, reason: chosen }), {
      activation: null,
    })
    return account
  }

  const stored = async (loginId: string) => {
    const account = await findAccount(world.deps, loginId)
    assert.ok(account)
    return account
  }

  test('hold our words alone, whatever others chose', async (t) => {
    const account = await accountOf('evil.654321', chosen)
    const language = `en, ${chosen}`
    const client = world.client({ userAgent, language })
    const { loginId, password } = account
    expectStatus(await client.post('/api/sign-in', { loginId, password, continueTo: chosen }), 200)
    const isCode = ({ subject }: { subject: string }) => subject === 'Your sign-in code'
    const code = codeOf(await world.mail.next(isCode))
    expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const next = codeOf(await world.nextMail(account, 'Your code to register a passkey'))
    expectStatus(await client.post('/api/passkeys/email-code/verify', { code: next }), 200)
    const authenticator = world.authenticator()
    const { id } = expectStatus(await makePasskey(client, authenticator, chosen), 201)
    await switchFactor(client, authenticator, id, 'passkey')
    await switchFactor(client, authenticator, id, 'email')
    const [credential] = authenticator.credentials
    assert.ok(credential)
    credential.counter = 0
    expectProblem(await proveSession(client, authenticator, id, 'step-up'), 400)
    const operator = { name: chosen, reason: chosen }
    await removeLostPasskey(world.deps, await stored(loginId), id, operator)
    await changePassword(world.deps, await stored(loginId), 'another long one', operator)
    await changeEmail(world.deps, await stored(loginId), `new.${account.email}`, operator)
    await outboxEmpty(world, t)

    const mails = world.mail.mails.filter(({ to }) => to.join().includes('evil.654321'))
    assert.deepEqual(
      new Set(mails.map(({ subject }) => subject)),
      new Set([
        ...['Your sign-in code', 'Your code to register a passkey'],
        'パスキーが登録されました / A passkey was registered',
        '新しいブラウザからログインがありました / A sign-in from a new browser',
        'パスキー認証に変更されました / Sign-in now asks for a passkey',
        'メール認証に変更されました / Sign-in now asks for an e-mail code',
        'パスキーの使用に関するご確認 / Please check the use of your passkey',
        'パスキーが削除されました / A passkey was removed',
        'パスワードが変更されました / Your password was changed',
        'メールアドレスが変更されました / Your e-mail address was changed',
      ]),
    )
    for (const { raw, text, html, subject, from, to } of mails) {
      assert.equal(html, undefined)
      assert.equal(from, 'no-reply@example.jp')
      assert.equal(to.length, 1)
      const withoutAddress = raw.replaceAll(/(new\.)?evil\.654321@example\.jp/g, '')
      assert.doesNotMatch(withoutAddress + text + subject, /evil|654321|:\/\/|<b>|Mozilla/)
      assert.match(raw, /^Auto-Submitted: auto-generated\r$/m)
      const runs = text.match(/(?<!\d)\d{6}(?!\d)/g) ?? []
      assert.deepEqual(runs, /Your .*code/.test(subject) ? [text.match(/\d{6}/)?.[0]] : [])
    }
    const holds = mails.filter(({ text }) => /are paused until 20\d\d\/\d\d\/\d\d \d/.test(text))
    assert.deepEqual(
      new Set(holds.map(({ subject }) => subject.split(' / ')[0])),
      new Set([
        ...['パスキーが登録されました', 'メール認証に変更されました', 'パスキーが削除されました'],
        ...['パスワードが変更されました', 'メールアドレスが変更されました'],
      ]),
    )
    const device = /操作した環境：Chrome \/ Windows|コードを求めた環境：Chrome \/ Windows/
    const byCommand = /^(?:パスキーが削除|パスワードが変更|メールアドレスが変更)/
    const byHand = mails.filter(({ subject }) => !byCommand.test(subject))
    assert.ok(byHand.every(({ text }) => device.test(text)))
  })

  test('go to the old and to the new address when the address is changed', async () => {
    const account = await world.addAccount()
    const before = `${account.loginId}@example.jp`
    const next = `next-${account.loginId}@example.jp`
    const operator = { name: 'test', reason: 'test' }
    await changeEmail(world.deps, await stored(account.loginId), next, operator)
    world.deps.wakeSender()
    for (const address of [before, next]) {
      const mail = await world.mail.next(({ to }) => to.includes(address))
      assert.ok(hasSubject(mail, 'メールアドレスが変更されました'))
      assert.deepEqual(mail.to, [address])
    }
    expectStatus(await givePassword(world.client(), account), 200)
    const code = await world.mail.next(({ subject }) => subject === 'ログイン用認証コード')
    assert.deepEqual(code.to, [next])
  })

  test('with a code are in the language of whoever asks, and notices in both, inside and outside', async () => {
    const account = await world.addAccount()
    const client = world.client({ language: 'en-US,en;q=0.9,ja;q=0.8' })
    expectStatus(await givePassword(client, account), 200)
    const mail = await world.nextMail(account)
    assert.equal(mail.subject, 'Your sign-in code')
    assert.match(mail.text, /このコードを入力すると[^]*Entering this code/)
    const code = codeOf(mail)
    expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
    assert.equal(
      (await world.nextMail(account)).subject,
      '新しいブラウザからログインがありました / A sign-in from a new browser',
    )
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    assert.equal((await world.nextMail(account)).subject, 'Your code to register a passkey')
  })
})
