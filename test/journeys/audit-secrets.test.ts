// Rule 28: what the trail and the log keep to themselves.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { deriveKeys } from '../../src/kernel/secrets.ts'
import { found, RememberingClient } from '../support/checks/secrets.ts'
import { databaseText } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import {
  askPasskey,
  givePassword,
  makePasskey,
  openRegistration,
  switchFactor,
} from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('what the trail does not say', (world) => {
  test('keeps of an unknown login ID a keyed hash alone, as people type passwords there', async () => {
    const typed = 'My Secret Passw0rd!'
    const login = { loginId: ` ${typed} `, password: 'and another one' }
    const answer = await world.client().post('/api/sign-in', login)
    assert.equal(expectProblem(answer, 401), 'sign_in_refused')
    const row = await world.deps.db
      .selectFrom('audit_events')
      .selectAll()
      .where('request_id', '=', String(answer.headers['x-request-id']))
      .executeTakeFirstOrThrow()
    assert.equal(row.account_id, null)
    const [secret] = world.config.secrets
    const normalised = typed.toLowerCase()
    assert.equal(row.login_id_hash, deriveKeys(secret).hash('login-id', normalised))
    assert.notEqual(row.login_id_hash, deriveKeys(`${secret}x`).hash('login-id', normalised))
    const plain = (text: string) => createHash('sha256').update(text).digest('base64url')
    const written = (await databaseText(world)) + world.log.join('\n')
    const texts = [typed, normalised, 'Passw0rd', 'passw0rd', login.password]
    assert.deepEqual(found([...texts, ...texts.map(plain)], written), [])
  })

  test('and the log hold no password, code, token or challenge', async () => {
    const account = await world.addAccount()
    const client = new RememberingClient(world)
    const secret = 'a secret in the wrong place'
    const junk = await client.post('/api/sign-in', { loginId: 7, password: [secret] })
    expectProblem(junk, 400)
    assert.ok(!junk.text.includes(secret))
    expectStatus(await client.get(`/sign-in?continueTo=/portal&password=${escape(secret)}`), 200)
    expectProblem(await client.get(`/api/nothing?token=${escape(secret)}`), 404)
    expectStatus(await givePassword(client, account), 200)
    const code = await world.nextCode(account)
    expectProblem(
      await client.post('/api/sign-in/email-code', {
        code: code === '111111' ? '222222' : '111111',
      }),
      400,
    )
    expectStatus(await client.post('/api/sign-in/email-code', { code }), 200)
    const authenticator = world.authenticator()
    await openRegistration(world, client, account)
    const { id } = expectStatus(await makePasskey(client, authenticator, 'Windows'), 201)
    await switchFactor(client, authenticator, id, 'passkey')
    expectStatus(await client.delete('/api/session'), 204)
    expectStatus(await givePassword(client, account), 200)
    const faults = { origin: 'https://evil.example', challenge: 'bm90IHRoZSByaWdodCBvbmU' }
    for (const fault of [faults, { origin: 'https://evil.example' }, { crossOrigin: true }]) {
      const bent = await authenticator.get(await askPasskey(client, id), fault)
      expectProblem(await client.post('/api/sign-in/passkey', bent), 400)
    }
    const answer = await authenticator.get(await askPasskey(client, id))
    expectStatus(await client.post('/api/sign-in/passkey', answer), 200)

    const secrets = [...client.secrets, secret, escape(secret)]
    assert.ok(secrets.includes(account.password) && secrets.length > 15)
    assert.ok(client.challenges.size > 5)
    const unsaid = [...secrets, ...client.challenges, 'evil.example']
    const trail = await world.deps.db.selectFrom('audit_events').selectAll().execute()
    assert.deepEqual(found(unsaid, world.log.join('\n')), [])
    assert.deepEqual(found(unsaid, JSON.stringify(trail)), [])
    assert.deepEqual(found(secrets, await databaseText(world)), [])
  })
})
