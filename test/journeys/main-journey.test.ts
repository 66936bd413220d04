// The manual from front to back, over HTTP: e-mail sign-in → register → prove → switch → passkey
// sign-in → removal by support → e-mail again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  proveSession,
  registerFirstPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('the main journey', (world, database) => {
  test('an account goes from e-mail to passkey and back', async () => {
    const account = await world.addAccount('tanaka')
    const { password } = account
    const client = world.client()
    const start = world.now
    const at = (milliseconds: number) => new Date(start + milliseconds).toISOString()

    const begun = await client.post('/api/sign-in', { loginId: ' TANAKA ', password })
    assert.deepEqual(expectStatus(begun, 200), {
      step: 'email-code',
      sentTo: 't***@example.jp',
      expiresAt: at(600_000),
      resendAfter: at(30_000),
    })
    assert.deepEqual((await client.get('/api/sign-in')).body, begun.body)
    const mail = await world.nextMail(account, 'ログイン用認証コード')
    const code = /\d{6}/.exec(mail.text)?.[0]
    const done = await client.post('/api/sign-in/email-code', { code })
    assert.deepEqual(expectStatus(done, 200), { step: 'done', continueTo: '/portal' })
    assert.equal(expectProblem(await client.get('/api/sign-in'), 404), 'no_sign_in')

    const session = await client.get('/api/session')
    assert.deepEqual(expectStatus(session, 200), {
      account: { loginId: 'tanaka', displayName: '田中 花子' },
      secondFactor: 'email',
      acr: 'urn:sekisho:acr:email-code',
      amr: ['pwd', 'otp', 'mfa'],
      signedInAt: at(0),
      provenAt: at(0),
      registerUntil: null,
      hold: null,
      pending: [],
      stop: null,
      stoppedAt: null,
      expiresAt: at(1_800_000),
    })

    world.advance(60_000)
    const authenticator = world.authenticator({ aaguid: '08987058-cadc-4b81-b6e1-30de50dcbe96' })
    const passkey = await registerFirstPasskey(world, client, account, authenticator)
    assert.equal(passkey.name, 'Windows')
    assert.equal(passkey.place, 'Windows Hello')
    assert.equal(passkey.lastUsedAt, null)
    await world.nextMail(account, 'パスキーが登録されました')

    world.advance(60_000)
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    assert.deepEqual((await client.get('/api/second-factor')).body, { method: 'passkey' })
    await world.nextMail(account, 'パスキー認証に変更されました')
    const proven = expectStatus(await client.get<Record<string, unknown>>('/api/session'), 200)
    assert.equal(proven['acr'], 'phr')
    assert.deepEqual(proven['amr'], ['pwd', 'pop', 'user', 'mfa'])
    assert.equal(proven['provenAt'], at(120_000))

    world.advance(60_000)
    const other = world.client()
    const asked = expectStatus(await givePassword(other, account), 200)
    assert.equal(asked.step, 'passkey')
    const { createdAt } = passkey
    const lastUsedAt = at(120_000)
    const row = { id: passkey.id, name: 'Windows', place: 'Windows Hello', createdAt, lastUsedAt }
    assert.deepEqual(asked.passkeys, [{ ...row, here: false }])
    const options = await askPasskey(other, passkey.id)
    assert.equal(options.userVerification, 'required')
    assert.equal(options.allowCredentials?.length, 1)
    const answer = await authenticator.get(options)
    const signedIn = await other.post('/api/sign-in/passkey', answer)
    assert.deepEqual(expectStatus(signedIn, 200), { step: 'done', continueTo: '/portal' })
    assert.equal(expectStatus(await other.get<{ acr: string }>('/api/session'), 200).acr, 'phr')

    const listed = await world.command(['passkeys', 'list', '--login-id', 'tanaka'])
    assert.equal(listed.status, 0, listed.errors)
    assert.match(listed.output, new RegExp(`^${passkey.id}\tWindows\tWindows Hello\t`, 'm'))
    const removed = await world.command([
      ...['passkeys', 'remove', '--login-id', 'tanaka', '--id', passkey.id],
      ...['--reason', 'lost, identity checked by telephone'],
    ])
    assert.equal(removed.status, 0, removed.errors)
    assert.equal(expectProblem(await other.get('/api/session'), 401), 'not_signed_in')
    await world.nextMail(account, 'パスキーが削除されました')
    await world.nextMail(account, 'メール認証に変更されました')

    const again = await world.signIn(account, other)
    const back = expectStatus(await again.get<Record<string, unknown>>('/api/session'), 200)
    assert.equal(back['secondFactor'], 'email')
    assert.equal((back['hold'] as { reason: string }).reason, 'last_passkey_removed')
  })

  test('a second passkey is registered on a proof with the first, and the last used is on top', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const pc = world.authenticator()
    const first = await registerFirstPasskey(world, client, account, pc)
    assert.equal(
      expectProblem(await client.post('/api/passkeys/email-code'), 403),
      'passkey_needed',
    )
    expectStatus(await proveSession(client, pc, first.id, 'register'), 200)
    await openRegistration(world, client, account)
    const aaguid = '00000000-0000-0000-0000-000000000000'
    const phone = world.authenticator({
      aaguid,
      transports: ['hybrid'],
      attachment: 'cross-platform',
    })
    const second = expectStatus(await makePasskey(client, phone, 'Pixel 10', 'phone'), 201)
    assert.equal(second.place, 'スマートフォン')

    const names = async () => {
      const { passkeys } = expectStatus(
        await client.get<{ passkeys: { name: string }[] }>('/api/passkeys'),
        200,
      )
      return passkeys.map(({ name }) => name)
    }
    assert.deepEqual(await names(), ['Windows', 'Pixel 10'])
    world.advance(1000)
    expectStatus(await proveSession(client, phone, second.id, 'step-up'), 200)
    assert.deepEqual(await names(), ['Pixel 10', 'Windows'])
  })

  if (database.name === 'sqlite') return

  test('a second node continues what the first began', async () => {
    const account = await world.addAccount()
    await world.startNode()
    const onFirst = world.client()
    expectStatus(await givePassword(onFirst, account), 200)
    const onSecond = onFirst.through(world.url(1))
    const code = await world.nextCode(account)
    expectStatus(await onSecond.post('/api/sign-in/email-code', { code }), 200)
    const authenticator = world.authenticator()
    await openRegistration(world, onSecond, account)
    const passkey = expectStatus(await makePasskey(onFirst, authenticator, 'Windows'), 201)
    await switchFactor(onSecond, authenticator, passkey.id, 'passkey')
    const secondFactor = await onFirst.get('/api/second-factor')
    assert.deepEqual(expectStatus(secondFactor, 200), { method: 'passkey' })
  })
})
