// Rule 40: what closes needs one. A stolen passkey is dead at once for every use, nothing falls back, and it stays
// among the account's passkeys; only two operators resume it.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { RunningConsole } from '../../src/node/console.ts'
import { texts } from '../../src/text/texts.ts'
import { accountIdOf, accountRecord, eventsOf, passkeyRecord } from '../support/checks/records.ts'
import {
  openFurtherRegistration,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
  type Holder,
} from '../support/world/ceremonies.ts'
import { enrolOperator, signInAtDesk } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { lockAtOnce } from '../support/world/guessing.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import {
  accountWithPasskey,
  askPasskey,
  givePassword,
  makePasskey,
  signInWithPasskey,
  switchFactor,
  type PasskeyAnswer,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const why = { reason: 'the phone was taken on the train', ticket: 'T-1' }

function expectCode(answer: Answer, status: number, code: string): void {
  assert.equal(expectProblem(answer, status), code)
}

interface Listed {
  readonly passkeys: readonly PasskeyAnswer[]
  readonly suspended: readonly PasskeyAnswer[]
  readonly signal: { readonly credentialIds: readonly string[] }
}

onEachDatabase('a passkey that support suspends', (world) => {
  let desk: RunningConsole
  let agent: HttpClient
  let agentId = ''
  let signInAgain: () => Promise<void>
  before(async () => {
    desk = await world.startConsole()
    const seated = await enrolOperator(world, desk, { name: '佐藤 恵', roles: ['agent'] })
    ;[agent, agentId] = [seated.client, seated.operator.id]
    signInAgain = async () => {
      expectStatus(await signInAtDesk(agent, seated.authenticator), 200)
    }
  })
  beforeEach(() => signInAgain())

  async function suspend(account: TestAccount, passkeyId: string, by = agent) {
    const path = `/api/accounts/${await accountIdOf(world, account)}/passkeys/${passkeyId}/suspend`
    return by.post(path, why)
  }

  /** The account asks for a passkey and has two: the one on the stolen phone, and a key that is left. */
  async function holderOfTwo() {
    const holder: Holder = await accountWithPasskey(world)
    const key = securityKey(world)
    const left = await registerFurtherPasskey(world, holder, key, 'YubiKey')
    const { account, authenticator: phone, passkey: stolen } = holder
    return { holder, account, phone, stolen, key, left }
  }

  test('is dead at once: for a sign-in, for every proof, and for what was begun before', async () => {
    const { holder, account, phone, stolen, key, left } = await holderOfTwo()
    const thief = world.client()
    expectStatus(await givePassword(thief, account), 200)
    const early = await phone.get(await askPasskey(thief, stolen.id))

    expectStatus(await suspend(account, stolen.id), 204)
    expectCode(await thief.post('/api/sign-in/passkey', early), 404, 'no_sign_in')
    expectCode(await holder.client.get('/api/session'), 401, 'not_signed_in')

    const { passkeys } = expectStatus(await givePassword(thief, account), 200)
    assert.deepEqual(
      passkeys.map(({ id }) => id),
      [left.id],
      'no list to choose from has it',
    )
    const asked = await thief.post('/api/sign-in/passkey/options', { passkeyId: stolen.id })
    expectCode(asked, 404, 'no_such_passkey')
    const options = { ...(await askPasskey(thief, left.id)), allowCredentials: [] }
    const answer = await thief.post('/api/sign-in/passkey', await phone.get(options))
    expectCode(answer, 400, 'passkey_not_verified')
    assert.equal(
      'unknown' in (answer.body as object),
      false,
      'no browser is told to forget what may be resumed',
    )

    const client = await signInWithPasskey(world, account, key, left.id)
    for (const purpose of ['register', 'switch', 'step-up']) {
      const body = { passkeyId: stolen.id, purpose }
      expectCode(await client.post('/api/session/passkey/options', body), 404, 'no_such_passkey')
      const other = expectStatus(
        await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/session/passkey/options', {
          passkeyId: left.id,
          purpose,
        }),
        200,
      )
      const proof = await phone.get({ ...other, allowCredentials: [] })
      const denied = await client.post('/api/session/passkey', proof)
      expectCode(denied, 400, 'passkey_not_verified')
    }
    const rehearsal = await client.post(`/api/passkeys/${stolen.id}/rehearsal/options`)
    expectCode(rehearsal, 404, 'no_such_passkey')
    const { last_used_at: used, suspended_at: dead } = await passkeyRecord(world, stolen.id)
    assert.ok(used !== null && dead !== null && used <= dead)
  })

  test('stays among the account’s: excluded, in the signal, by its name, and as one of the 20', async () => {
    const { holder, account, phone, stolen, key, left } = await holderOfTwo()
    expectStatus(await suspend(account, stolen.id), 204)
    const client = await signInWithPasskey(world, account, key, left.id)
    const listed = expectStatus(await client.get<Listed>('/api/passkeys'), 200)
    assert.deepEqual(
      [listed.passkeys, listed.suspended].map((all) => all.map(({ id }) => id)),
      [[left.id], [stolen.id]],
    )
    const { credential_id: credentialId } = await passkeyRecord(world, stolen.id)
    assert.ok(listed.signal.credentialIds.includes(credentialId))

    await openFurtherRegistration(world, { ...holder, client, authenticator: key, passkey: left })
    const named = { name: stolen.name, device: 'phone' }
    expectCode(await client.post('/api/passkeys/options', named), 409, 'name_taken')
    const options = expectStatus(
      await client.post<PublicKeyCredentialCreationOptionsJSON>('/api/passkeys/options', {
        ...named,
        name: 'New phone',
      }),
      200,
    )
    assert.ok(options.excludeCredentials?.some(({ id }) => id === credentialId))
    await assert.rejects(phone.create(options), 'the phone knows itself excluded')

    await world.deps.db
      .insertInto('passkeys')
      .values(
        await Promise.all(
          Array.from({ length: 18 }, async (_, index) => ({
            ...(await passkeyRecord(world, stolen.id)),
            id: `${stolen.id.slice(0, -2)}${String(index).padStart(2, '0')}`,
            credential_id: `filler-${stolen.id}-${index}`,
            name: `Filler ${index}`,
          })),
        ),
      )
      .execute()
    const full = await client.post('/api/passkeys/options', { ...named, name: 'New phone' })
    expectCode(full, 409, 'too_many_passkeys')
    expectCode(await client.post('/api/passkeys/email-code'), 409, 'too_many_passkeys')
  })

  test('locks the account where it was the last live one, and the factor stays', async () => {
    const { account, passkey, client } = await accountWithPasskey(world)
    expectStatus(await suspend(account, passkey.id), 204)
    const record = await accountRecord(world, account)
    assert.deepEqual([record.second_factor, record.lock_reason], ['passkey', 'support'])
    expectCode(await client.get('/api/session'), 401, 'not_signed_in')
    expectCode(await givePassword(client, account), 401, 'sign_in_refused')

    const words = ['--login-id', account.loginId, '--reason', 'she says that it is found']
    const { status, errors } = await world.command(['accounts', 'unlock', ...words])
    assert.equal(status, 1, 'rule 40: reopening is refused while none is live')
    assert.match(errors, /none that may be used/)
    assert.equal((await accountRecord(world, account)).lock_reason, 'support')
  })

  test('locks the account whose factor is e-mail, though others are live, over a lock by guessing too', async () => {
    for (const guessed of [false, true]) {
      const { account, phone, stolen, holder } = await holderOfTwo()
      await switchFactor(holder.client, phone, stolen.id, 'email')
      if (guessed) await lockAtOnce(world, account)
      await signInAgain()
      expectStatus(await suspend(account, stolen.id), 204)
      assert.equal((await accountRecord(world, account)).lock_reason, 'support')
    }
  })

  test('leaves the account open where another passkey is asked for and live', async () => {
    const { account, stolen, key, left } = await holderOfTwo()
    expectStatus(await suspend(account, stolen.id), 204)
    const record = await accountRecord(world, account)
    assert.deepEqual([record.second_factor, record.lock_reason], ['passkey', null])
    await signInWithPasskey(world, account, key, left.id)
  })

  test('is shown to its holder as suspended, in words, and nothing of the operator is', async () => {
    const { account, stolen, key, left } = await holderOfTwo()
    expectStatus(await suspend(account, stolen.id), 204)
    const mail = await world.nextMail(account, 'パスキーの使用を止めました')
    for (const told of ['操作した環境', 'Chrome', '佐藤', why.reason, why.ticket]) {
      assert.doesNotMatch(mail.text, new RegExp(told), told)
    }
    const client = await signInWithPasskey(world, account, key, left.id)
    const { text } = await client.get('/portal')
    const row = text.match(/<li class="item">(?:(?!<\/li>)[^])*停止中[^]*?<\/li>/)?.[0] ?? ''
    assert.match(row, new RegExp(stolen.name))
    assert.match(row, new RegExp(texts.ja.portal.passkeySuspendedText))
    assert.doesNotMatch(row, /<button/)
    const { events } = expectStatus(
      await client.get<{ events: { event: string; by: string; browser: unknown }[] }>(
        '/api/activity',
      ),
      200,
    )
    const event = events.find((one) => one.event === 'authn_passkey_suspended')
    assert.deepEqual([event?.by, event?.browser], ['support', null])
    for (const page of ['/portal/second-factor', '/portal/passkeys/new']) {
      assert.doesNotMatch((await client.get(page)).text, new RegExp(`value="${stolen.id}"`), page)
    }
    const [onRecord] = await eventsOf(world, account, 'authn_passkey_suspended')
    assert.equal(onRecord?.actor, `operator:佐藤 恵/${agentId}`)
    assert.deepEqual(onRecord?.detail, { passkey: stolen.id, last: false, ...why })
    assert.equal((await passkeyRecord(world, stolen.id)).suspended_by, onRecord?.actor)
  })

  test('is suspended once: again changes nothing', async () => {
    const { account, stolen } = await holderOfTwo()
    expectStatus(await suspend(account, stolen.id), 204)
    const once = await passkeyRecord(world, stolen.id)
    world.advance(1000)
    expectStatus(await suspend(account, stolen.id), 204)
    assert.deepEqual(await passkeyRecord(world, stolen.id), once)
    assert.equal((await eventsOf(world, account, 'authn_passkey_suspended')).length, 1)
  })

  test('and is removed: with the last one gone e-mail is the factor, and the next passkey is a first one', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    expectStatus(await suspend(account, passkey.id), 204)
    await removeBySupport(world, account, passkey.id)
    const words = ['--login-id', account.loginId, '--reason', 'came to the branch']
    assert.equal((await world.command(['accounts', 'unlock', ...words])).status, 0)
    const client = await world.signIn(account)
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    expectStatus(await client.post('/api/passkeys/email-code/verify', { code }), 200)
    expectStatus(await makePasskey(client, world.authenticator(), passkey.name), 201)
    const record = await accountRecord(world, account)
    assert.equal(record.hold_reason, 'first_passkey')
  })

  test('proves no further registration: without another live one the next is a first one, with its hold', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    expectStatus(await suspend(account, passkey.id), 204)
    // As if e-mail had been its factor when it was suspended, and two had reopened it since.
    await world.deps.db
      .updateTable('accounts')
      .set({ second_factor: 'email', locked_at: null, lock_reason: null, hold_until: null })
      .where('login_id', '=', account.loginId)
      .execute()
    const client = await world.signIn(account)
    const body = { passkeyId: passkey.id, purpose: 'register' }
    expectCode(await client.post('/api/session/passkey/options', body), 404, 'no_such_passkey')
    expectCode(await client.put('/api/second-factor', { method: 'passkey' }), 409, 'no_passkey')
    expectStatus(await client.post('/api/passkeys/email-code'), 200)
    const code = await world.nextCode(account)
    expectStatus(await client.post('/api/passkeys/email-code/verify', { code }), 200)
    expectStatus(await makePasskey(client, securityKey(world), 'New'), 201)
    assert.equal((await accountRecord(world, account)).hold_reason, 'first_passkey')
  })
})
