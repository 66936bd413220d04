// What is dangerous is a request by one operator and an approval by another, who signs it (rules 38 and 39).
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, test } from 'node:test'
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { deskClient } from '../support/world/desk.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { givePassword, type PasskeyAnswer } from '../support/world/journeys.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  atDesk,
  type AtDesk,
  checks,
  customerWhoLost,
  pairAtDesk,
  refusedApproval,
  shown,
  signInAgain,
  why,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

onEachDatabase('requests at the desk', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })

  const lost = () => customerWhoLost(world)

  const passkeysOf = async (account: { loginId: string; password: string }) => {
    const answer = await givePassword(world.client(), account as never)
    return answer.body.step === 'passkey' ? answer.body.passkeys : ([] as PasskeyAnswer[])
  }

  test('an agent asks, an approver signs, and the lost passkey is gone; the holder is told of both', async () => {
    const { account, accountId, body, passkey } = await lost()
    const asked = await askedFor(agent, body)
    assert.deepEqual(
      [asked.act, asked.state, asked.acts],
      ['remove-passkey', 'waiting', [asked.act]],
    )
    assert.equal(Date.parse(asked.expiresAt), world.now + 24 * 60 * 60 * 1000)
    assert.equal(asked.approverSignedIn, true)

    const told = await world.nextMail(account, 'お手続きの申請を受け付けました')
    assert.match(told.text, /パスキーの削除[^]*お心当たりがないとき[^]*0120-000-000/)
    assert.doesNotMatch(told.text, /機種変更|T-1|Chrome/)
    assert.equal((await passkeysOf(account)).length, 1)

    const text = JSON.parse(asked.text) as Readonly<Record<string, Json>>
    assert.equal(asked.text, canonicalJson(text))
    assert.equal(asked.digest, createHash('sha256').update(asked.text).digest('hex'))
    assert.deepEqual(text['account'], { id: accountId, loginId: account.loginId })
    assert.deepEqual(text['asker'], { id: agent.operator.id, name: agent.operator.name })
    const { origin, request, version, reason, ticket } = text
    assert.deepEqual(
      [origin, request, version, reason, ticket],
      [world.config.console.origin, asked.id, 1, '機種変更', 'T-1'],
    )
    assert.deepEqual(
      text['checks'],
      checks.map((check) => ({ check })),
    )
    assert.deepEqual((text['acts'] as Json[]).length, 1)
    assert.match(asked.text, new RegExp(`"values":{"passkeyId":"${passkey.id}"}`))

    assert.deepEqual(expectStatus(await approve(approver, asked.id), 200), {
      state: 'done',
      takesEffectAt: null,
      codeHalf: null,
    })
    assert.equal((await passkeysOf(account)).length, 0)
    await world.nextMail(account, 'パスキーが削除されました')
    const { state, approver: by, receipt } = await shown(agent, asked.id)
    assert.deepEqual(
      [state, by],
      ['done', { id: approver.operator.id, name: approver.operator.name }],
    )
    assert.equal((receipt as { text: string }).text, asked.text)
  })

  test('the options ask for the approver’s own passkeys and verification of the user', async () => {
    const { body } = await lost()
    const { id } = await askedFor(agent, body)
    const options = expectStatus(await approvalOptions(approver, id), 200)
    assert.deepEqual(
      options.allowCredentials?.map((one) => one.id),
      approver.authenticator.credentials.map((one) => one.id),
    )
    assert.deepEqual([options.userVerification, options.rpId], ['required', 'localhost'])
    assert.ok(Buffer.from(options.challenge, 'base64url').length <= 350)
  })

  test('every identity check of the settings is needed, and each may say how', async () => {
    const { body } = await lost()
    for (const some of [undefined, [], ['name'], ['name', 'birthday', 'other']]) {
      const answer = await agent.client.post('/api/requests', { ...why, ...body, checks: some })
      assert.equal(expectProblem(answer, 400), 'checks_missing')
    }
    const at = new Date(world.now).toISOString()
    const how = { check: 'call-back', method: '登録の電話番号', number: '03-1234-5678', at }
    const asked = await askedFor(agent, { ...body, checks: ['name', { check: 'birthday' }, how] })
    assert.deepEqual((await shown(agent, asked.id))['checks'], [
      { check: 'name' },
      { check: 'birthday' },
      how,
    ])
    assert.match(asked.text, /"number":"03-1234-5678"/)
  })

  test('what does not fit is refused by name, and nothing is told to anybody', async () => {
    const { body, account } = await lost()
    const bad: readonly object[] = [
      { act: 'nothing', accountId: body.accountId },
      { ...body, passkeyId: 'x' },
      { ...body, reason: '' },
      { ...body, reason: '\u202e' },
      { ...body, ticket: undefined },
      { ...body, accountId: undefined },
      { accountId: body.accountId },
      { accountId: body.accountId, acts: [] },
      { acts: [body, { ...body, accountId: agent.operator.id }] },
      { ...body, acts: [body] },
      { ...body, checks: ['\u0000'] },
      { act: 'change-email', accountId: body.accountId, email: '\ud800@example.jp' },
    ]
    for (const one of bad) {
      const answer = await agent.client.post('/api/requests', { ...why, ...one })
      assert.equal(expectProblem(answer, 400), 'invalid_request', JSON.stringify(one))
    }
    const missing = { ...why, ...body, accountId: agent.operator.id }
    assert.equal(expectProblem(await agent.client.post('/api/requests', missing), 404), 'not_found')
    const others = { ...why, ...body, passkeyId: agent.operator.id }
    const answer = await agent.client.post('/api/requests', others)
    assert.equal(expectProblem(answer, 404), 'no_such_passkey')
    const mails = await world.deps.db
      .selectFrom('outbox')
      .selectAll()
      .where('account_id', '=', body.accountId)
      .where('kind', 'like', 'asked%')
      .execute()
    assert.deepEqual([mails, account.loginId.length > 0], [[], true])
  })

  test('several acts for one account are one request, signed once and done together', async () => {
    const { account, accountId, passkey } = await lost()
    const email = `new-${account.email}`
    const asked = await askedFor(agent, {
      accountId,
      acts: [
        { act: 'remove-passkey', passkeyId: passkey.id },
        { act: 'change-email', email },
      ],
    })
    assert.deepEqual(asked.acts, ['remove-passkey', 'change-email'])
    expectStatus(await approve(approver, asked.id), 200)
    assert.deepEqual(await passkeysOf(account), [])
    const row = await world.deps.db
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    assert.equal(row.email, email)
  })

  test('only agents ask for accounts, and only who is signed in asks at all', async () => {
    const { body } = await lost()
    for (const roles of [['approver'], ['admin'], ['auditor']] as const) {
      const { client } = await atDesk(world, desk, { roles })
      const answer = await client.post('/api/requests', { ...why, ...body })
      assert.equal(expectProblem(answer, 403), 'not_allowed', roles[0])
    }
    const answer = await deskClient(desk).post('/api/requests', { ...why, ...body })
    assert.equal(expectProblem(answer, 401), 'not_signed_in')
  })

  test('a list has the newest first, by state, in pages; an admin sees none of accounts', async () => {
    const { body, accountId } = await lost()
    const first = await askedFor(agent, body)
    const second = await askedFor(agent, body)
    expectStatus(await agent.client.delete(`/api/requests/${first.id}`), 204)
    type List = { requests: { id: string; state: string }[]; next: string | null }
    const list = async (query: string, { client } = agent) =>
      expectStatus(await client.get<List>(`/api/requests?${query}`), 200)
    const ids = ({ requests }: List) => requests.map(({ id }) => id)
    assert.deepEqual(ids(await list(`accountId=${accountId}&state=waiting`)), [second.id])
    assert.deepEqual(ids(await list(`accountId=${accountId}&state=withdrawn`)), [first.id])
    assert.deepEqual(
      new Set(ids(await list(`accountId=${accountId}`))),
      new Set([first.id, second.id]),
    )
    const admin = await atDesk(world, desk, { roles: ['admin'] })
    assert.deepEqual(ids(await list('', admin)), [])
    assert.equal(
      expectProblem(await admin.client.get(`/api/requests/${second.id}`), 403),
      'not_allowed',
    )
    const auditor = await atDesk(world, desk, { roles: ['auditor'] })
    assert.ok(ids(await list('', auditor)).includes(second.id))
    assert.equal(
      expectProblem(await agent.client.get('/api/requests?state=x'), 400),
      'invalid_request',
    )
    assert.equal(expectProblem(await agent.client.get('/api/requests/x'), 404), 'not_found')
  })

  test('a request is withdrawn by who asked, refused by an approver, and then closed', async () => {
    const { body } = await lost()
    const other = await atDesk(world, desk, { roles: ['agent'] })
    const mine = await askedFor(agent, body)
    const path = `/api/requests/${mine.id}`
    assert.equal(expectProblem(await other.client.delete(path), 403), 'not_allowed')
    assert.equal(expectProblem(await approver.client.delete(path), 403), 'not_allowed')
    const reason = { reason: '電話番号が違う' }
    assert.equal(
      expectProblem(await other.client.post(`${path}/refusal`, reason), 403),
      'not_allowed',
    )
    assert.equal(
      expectProblem(await agent.client.post(`${path}/refusal`, reason), 403),
      'own_request',
    )
    assert.deepEqual(expectStatus(await approver.client.post(`${path}/refusal`, reason), 200), {
      state: 'refused',
    })
    const { state, closedReason } = await shown(agent, mine.id)
    assert.deepEqual([state, closedReason], ['refused', '電話番号が違う'])
    const withdrawn = await askedFor(agent, body)
    expectStatus(await agent.client.delete(`/api/requests/${withdrawn.id}`), 204)
    for (const { id } of [mine, withdrawn]) {
      assert.equal(await refusedApproval(world, approver, id, 409), 'request_closed')
      assert.equal(
        expectProblem(await agent.client.delete(`/api/requests/${id}`), 409),
        'request_closed',
      )
      const refusal = await approver.client.post(`/api/requests/${id}/refusal`, reason)
      assert.equal(expectProblem(refusal, 409), 'request_closed')
    }
  })

  test('what a request says before it is sent: whether an approver is there', async () => {
    const { accountId } = await lost()
    type Before = { approverSignedIn: boolean }
    const look = async () =>
      expectStatus(await agent.client.get<Before>(`/api/approvers?accountId=${accountId}`), 200)
    assert.equal((await look()).approverSignedIn, true)
    world.advance(16 * 60 * 1000)
    await signInAgain(agent)
    assert.equal((await look()).approverSignedIn, false)
    await signInAgain(approver)
    assert.equal((await look()).approverSignedIn, true)
  })
})
