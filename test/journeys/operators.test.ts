// Rule 37: how operators enrol, by a code that is good once.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { issueCode } from '../../src/domain/operators/manage.ts'
import { selectOperator } from '../../src/domain/operators/store.ts'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import {
  addOperator,
  deskAuthenticator,
  deskClient,
  enrolOperator,
  enrolWithCode,
  signInAtDesk,
} from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('operators', (world) => {
  let desk: RunningConsole

  before(async () => {
    desk = await world.startConsole()
  })

  const optionsFor = (code: string) =>
    deskClient(desk).post<PublicKeyCredentialCreationOptionsJSON>('/api/enrolment/options', {
      code,
    })

  const session = async (client: ReturnType<typeof deskClient>) =>
    client.get<{ operator: { id: string }; expiresAt: string }>('/api/session')

  test('an operator enrols with the code, signs in with the passkey, and signs out', async () => {
    const { id, code } = await addOperator(desk, { name: '鈴木 花', roles: ['agent', 'approver'] })
    const [client, authenticator] = [deskClient(desk), deskAuthenticator(world)]
    const enrolled = expectStatus(await enrolWithCode(client, authenticator, code), 201)
    const operator = { id, name: '鈴木 花', roles: ['agent', 'approver'] }
    assert.deepEqual(enrolled, { operator })
    assert.equal(expectProblem(await session(client), 401), 'not_signed_in')

    assert.deepEqual(expectStatus(await signInAtDesk(client, authenticator), 200), { operator })
    assert.deepEqual([...client.cookies.keys()], ['sekisho_console_session'])
    const answer = await session(client)
    const { expiresAt } = expectStatus(answer, 200)
    assert.equal(expiresAt, new Date(world.now + 15 * minutes).toISOString())
    assert.equal(answer.headers['x-session-ends'], expiresAt)

    expectStatus(await client.delete('/api/session'), 204)
    assert.equal(client.cookies.size, 0)
    assert.equal(expectProblem(await session(client), 401), 'not_signed_in')
  })

  test('a code is good in whatever way it is written, and its halves in whichever order', async () => {
    for (const write of [
      (code: string) => code.toLowerCase(),
      (code: string) => code.replaceAll('-', ''),
      (code: string) => ` ${code.replaceAll('-', ' ')}\n`,
      (code: string) => code.replaceAll('-', '‐').replaceAll('0', 'o').replaceAll('1', 'l'),
      (code: string) =>
        code.replaceAll(/[A-Z0-9]/g, (sign) =>
          String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0),
        ),
      (code: string) => halvesOf(code).toReversed().join(''),
      (code: string) => halvesOf(code).toReversed().join(' - '),
    ]) {
      const { code } = await addOperator(desk, { roles: ['agent'] })
      expectStatus(await optionsFor(write(code)), 200)
    }
  })

  test('one half, another order of signs or another code is refused with nothing of any operator', async () => {
    const { id, code } = await addOperator(desk, { name: '高橋 秘密', roles: ['agent'] })
    const [first = '', second = ''] = halvesOf(code)
    const other = halvesOf((await addOperator(desk, { roles: ['agent'] })).code)[1] ?? ''
    for (const wrong of [
      '',
      first,
      first + first,
      first + other,
      first + second.slice(1),
      `${first}${second}0`,
      [...(first + second)].toReversed().join(''),
    ]) {
      world.advance(11 * minutes)
      const answer = await optionsFor(wrong)
      assert.equal(expectProblem(answer, 400), 'code_wrong', wrong)
      assert.ok(!answer.text.includes('高橋') && !answer.text.includes(id))
    }
    const { user } = expectStatus(await optionsFor(code), 200)
    assert.equal(user.name, '高橋 秘密')
  })

  test('wrong codes are limited by address, and right ones are not counted', async () => {
    world.advance(11 * minutes)
    const { code } = await addOperator(desk, { roles: ['agent'] })
    for (let count = 0; count < 30; count += 1) expectStatus(await optionsFor(code), 200)
    for (let count = 0; count < 20; count += 1) {
      assert.equal(expectProblem(await optionsFor('0'.repeat(26)), 400), 'code_wrong')
    }
    for (const typed of ['0'.repeat(26), code]) {
      const answer = await optionsFor(typed)
      assert.equal(expectProblem(answer, 429), 'too_many_attempts')
      assert.equal(answer.headers['retry-after'], String((10 * minutes) / seconds))
    }
    world.advance(10 * minutes)
    expectStatus(await optionsFor(code), 200)
  })

  test('a code is good for 24 hours', async () => {
    const { code } = await addOperator(desk, { roles: ['agent'] })
    world.advance(24 * hours - 1)
    expectStatus(await optionsFor(code), 200)
    world.advance(1)
    assert.equal(expectProblem(await optionsFor(code), 400), 'code_wrong')
  })

  test('a code is good once, whether its answers come one after the other or at once', async () => {
    const { code } = await addOperator(desk, { roles: ['agent'] })
    const answers = await Promise.all(
      [1, 2].map(async () =>
        deskAuthenticator(world).create(expectStatus(await optionsFor(code), 200)),
      ),
    )
    const results = await Promise.all(
      answers.map((answer) => deskClient(desk).post('/api/enrolment', answer)),
    )
    assert.deepEqual(results.map(({ status }) => status).toSorted(), [201, 400])
    const lost = results.find(({ status }) => status === 400)
    assert.equal(lost && expectProblem(lost, 400), 'code_wrong')
    assert.equal(expectProblem(await optionsFor(code), 400), 'code_wrong')
  })

  test('an answer enrols once, within five minutes, and not while its code is replaced', async () => {
    const authenticator = deskAuthenticator(world)
    const { code } = await addOperator(desk, { roles: ['agent'] })
    const late = await authenticator.create(expectStatus(await optionsFor(code), 200))
    world.advance(5 * minutes)
    const enrol = (answer: unknown) => deskClient(desk).post('/api/enrolment', answer)
    assert.equal(expectProblem(await enrol(late), 400), 'ceremony_expired')
    const answer = await authenticator.create(expectStatus(await optionsFor(code), 200))
    expectStatus(await enrol(answer), 201)
    assert.equal(expectProblem(await enrol(answer), 400), 'ceremony_expired')
  })

  test('what is asked of the browser: a passkey that it finds by itself, on no device that has one of anybody', async () => {
    const first = await enrolOperator(world, desk, { roles: ['agent'] })
    const second = await enrolOperator(world, desk, { roles: ['approver'] })
    const { code } = await addOperator(desk, { name: '伊藤 三郎', roles: ['auditor'] })
    const options = expectStatus(await optionsFor(code), 200)
    assert.deepEqual(options.authenticatorSelection, {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    })
    assert.deepEqual(
      options.pubKeyCredParams.map(({ alg }) => alg),
      [-8, -7, -257],
    )
    assert.equal(options.attestation, 'none')
    assert.equal(options.rp.id, world.config.console.rpId)
    assert.equal(Buffer.from(options.user.id, 'base64url').length, 64)
    assert.deepEqual([options.user.name, options.user.displayName], ['伊藤 三郎', '伊藤 三郎'])
    for (const { authenticator } of [first, second]) {
      assert.ok(
        options.excludeCredentials?.some(({ id }) => id === authenticator.credentials[0]?.id),
      )
      await assert.rejects(authenticator.create(options), { name: 'InvalidStateError' })
    }
  })

  test('a passkey that the browser could not make discoverable is refused, and the code stays good', async () => {
    const { code } = await addOperator(desk, { roles: ['agent'] })
    const authenticator = deskAuthenticator(world)
    const answer = await authenticator.create(expectStatus(await optionsFor(code), 200))
    const hidden = { ...answer, clientExtensionResults: { credProps: { rk: false } } }
    const refused = await deskClient(desk).post('/api/enrolment', hidden)
    assert.equal(expectProblem(refused, 400), 'passkey_not_verified')
    expectStatus(await enrolWithCode(deskClient(desk), deskAuthenticator(world), code), 201)
  })

  test('the same credential is nobody else’s', async () => {
    const [one, other] = [
      await addOperator(desk, { roles: ['agent'] }),
      await addOperator(desk, { roles: ['approver'] }),
    ]
    const credentialId = new Uint8Array(32).fill(world.now % 251)
    const answers = await Promise.all(
      [one, other].map(async ({ code }) =>
        deskAuthenticator(world).create(expectStatus(await optionsFor(code), 200), {
          credentialId: Buffer.from(credentialId).toString('base64url'),
        }),
      ),
    )
    const enrol = (answer: unknown) => deskClient(desk).post('/api/enrolment', answer)
    expectStatus(await enrol(answers[0]), 201)
    assert.equal(expectProblem(await enrol(answers[1]), 409), 'passkey_known')
    // The code is not used up by it.
    expectStatus(await optionsFor(other.code), 200)
  })

  test('a new code ends the earlier one, and its use the earlier passkeys and sessions', async () => {
    const { client, authenticator, operator } = await enrolOperator(world, desk, {
      roles: ['agent'],
    })
    const issue = async () =>
      transact(desk.deps, fromNowhere('system'), async (act) => {
        const found = await selectOperator(act.tx, operator.id)
        assert.ok(found)
        return issueCode(act, found, 'console')
      })
    const first = await issue()
    const second = await issue()
    assert.equal(expectProblem(await optionsFor(first.halves.join('')), 400), 'code_wrong')
    expectStatus(await session(client), 200)
    expectStatus(await signInAtDesk(deskClient(desk), authenticator), 200)

    const fresh = deskAuthenticator(world)
    expectStatus(await enrolWithCode(deskClient(desk), fresh, second.halves.join('')), 201)
    assert.equal(expectProblem(await session(client), 401), 'not_signed_in')
    const old = await signInAtDesk(deskClient(desk), authenticator)
    assert.equal(expectProblem(old, 400), 'passkey_not_verified')
    assert.equal((old.body as { unknown?: true }).unknown, true)
    expectStatus(await signInAtDesk(deskClient(desk), fresh), 200)
  })
})

function halvesOf(code: string): string[] {
  const signs = code.replaceAll('-', '')
  return [signs.slice(0, 13), signs.slice(13)]
}
