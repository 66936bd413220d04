// The trading desk in Chromium: in by passkey, a withdrawal with a step-up and a hold, out at both places.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '../../src/kernel/clock.ts'
import { atTheDesk } from '../support/browser/at-the-desk.ts'
import { addAuthenticator } from '../support/browser/browser.ts'
import { Walker } from '../support/browser/walks.ts'

atTheDesk('the trading desk in Chromium', { timeout: 120_000 }, (started) => {
  /** Somebody who has a passkey already, and is signed in at the portal alone. */
  async function customer(factor: 'email' | 'passkey'): Promise<Walker> {
    const walker = await Walker.start(started)
    walker.page.setDefaultTimeout(15_000)
    const authenticator = await addAuthenticator(walker.page, { transport: 'internal' })
    await walker.takeOver(await walker.holdPasskey(authenticator, factor))
    return walker
  }

  async function signInAtDesk({ page }: Walker): Promise<void> {
    await page.goto(started.desk.origin)
    await page.getByRole('link', { name: 'ログイン', exact: true }).click()
  }

  async function signOutAtSekisho(walker: Walker): Promise<void> {
    await walker.open('/portal')
    await walker.button('ログアウト').click()
    await walker.page.waitForURL('**/sign-in')
  }

  const fact = ({ page }: Walker, name: string) =>
    page.locator('dt', { hasText: name }).locator('xpath=../dd').innerText()

  test('in by passkey, a withdrawal with a step-up, and out of both at once', async () => {
    const walker = await customer('passkey')
    const { page, account } = walker
    await signOutAtSekisho(walker)
    started.wait(4 * minutes)

    await signInAtDesk(walker)
    await page.getByText('トレーディングデスク').waitFor()
    await walker.givePassword()
    await walker.heading('多要素認証 パスキー認証').waitFor()
    await walker.button('認証する').click()
    await walker.heading('取引画面').waitFor()
    assert.equal(new URL(page.url()).origin, started.desk.origin)
    assert.equal(await fact(walker, 'お名前'), account.displayName)
    assert.equal(await fact(walker, 'ログインID'), account.loginId)
    assert.equal(await fact(walker, '認証方法'), 'パスキー')
    assert.match(await fact(walker, '認証日時'), /^\d{4}\/\d\d\/\d\d \d+:\d\d:\d\d$/)

    started.wait(6 * minutes)
    await page.getByRole('link', { name: '出金', exact: true }).click()
    await walker.textbox('出金金額（円）').fill('120,000')
    await walker.button('出金する').click()
    await walker.heading('パスキーによる本人確認').waitFor()
    await walker.button('認証する').click()
    await walker.heading('出金').waitFor()
    assert.equal(await walker.textbox('出金金額（円）').inputValue(), '120000')
    await page.getByText('本人確認が済みました').waitFor()
    await walker.button('出金する').click()
    await walker.heading('出金を受け付けました').waitFor()
    await page.getByText('¥120,000').waitFor()

    await page.goto(started.desk.origin)
    await page.getByText('¥1,160,000').waitFor()
    await walker.button('ログアウト').click()
    await page.getByText('ログアウトしました。').waitFor()
    assert.equal(new URL(page.url()).origin, started.desk.origin)
    await walker.open('/portal')
    assert.equal(new URL(page.url()).pathname, '/sign-in')
    await walker.context.close()
  })

  test('held, told so without a passkey, and let through when the hold is over', async () => {
    const walker = await customer('email')
    const { page } = walker
    await signOutAtSekisho(walker)
    await signInAtDesk(walker)
    await walker.givePassword()
    await walker.giveCode()
    await walker.heading('取引画面').waitFor()
    assert.equal(await fact(walker, '認証方法'), 'メール認証コード')
    await page.getByRole('link', { name: '出金', exact: true }).click()
    await walker.textbox('出金金額（円）').fill('５０００')
    await walker.button('出金する').click()
    const held = page.getByRole('alert')
    await held.getByText(/^\d{4}\/\d\d\/\d\d \d+:\d\d:\d\d まで、出金を制限しています。$/).waitFor()
    assert.match(await held.innerText(), /はじめてのパスキーの登録.*制限は3分です/s)
    started.wait(3 * minutes)
    await walker.button('出金する').click()
    await walker.heading('パスキーによる本人確認').waitFor()
    await page.getByRole('link', { name: '手続きをやめる', exact: true }).click()
    await page.getByText('本人確認が行われなかったため、出金していません。').waitFor()
    assert.equal(await walker.textbox('出金金額（円）').inputValue(), '5000')
    await walker.button('出金する').click()
    await walker.button('認証する').click()
    await page.getByText('本人確認が済みました').waitFor()
    await walker.button('出金する').click()
    await walker.heading('出金を受け付けました').waitFor()
    await page.goto(started.desk.origin)
    assert.equal(await fact(walker, '認証方法'), 'パスキー')
    await walker.context.close()
  })

  test('signed out by one press, with no token in any address, and the back button after it', async () => {
    const walker = await Walker.start(started)
    const { page } = walker
    const toSignIn = page.getByRole('link', { name: 'ログイン', exact: true })
    await signInAtDesk(walker)
    await walker.givePassword()
    await walker.giveCode()
    await walker.heading('取引画面').waitFor()
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await walker.button('ログアウト').click()
    await page.getByText('ログアウトしました。').waitFor()
    assert.ok(addresses.some((address) => address.includes('/oauth2/logout')))
    assert.ok(addresses.every((address) => !address.includes('id_token_hint')))
    await page.goBack()
    await toSignIn.waitFor()
    assert.equal(new URL(page.url()).origin, started.desk.origin, 'there is nothing left to ask')
    assert.equal(await walker.heading('取引画面').count(), 0)
    await walker.open('/portal')
    assert.equal(new URL(page.url()).pathname, '/sign-in')
    await walker.context.close()
  })

  test('signed out at Sekisho, the trading desk hears of it', async () => {
    const walker = await Walker.start(started)
    await signInAtDesk(walker)
    await walker.givePassword()
    await walker.giveCode()
    await walker.heading('取引画面').waitFor()
    await signOutAtSekisho(walker)
    const signIn = walker.page.getByRole('link', { name: 'ログイン', exact: true })
    const until = performance.now() + 10_000
    do await walker.page.goto(started.desk.origin)
    while (!(await signIn.isVisible()) && performance.now() < until)
    await walker.page.getByText('セッションが終了しました').waitFor()
    await walker.context.close()
  })
})
