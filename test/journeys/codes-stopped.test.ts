// Rule 14: after a hundred wrong codes their purpose stops until support, which learns it from the desk's pages, and
// lifts it by two persons, though the account is not locked.
import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import { hours } from '../../src/kernel/clock.ts'
import { codeWaits } from '../../src/limits/codes.ts'
import { callTexts } from '../../src/text/console/calls/calls-texts.ts'
import { accountIdOf, accountRecord } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { wrongCodes } from '../support/world/guessing.ts'
import { givePassword } from '../support/world/journeys.ts'
import {
  approvalOptions,
  approve,
  askedFor,
  pairAtDesk,
  signInAgain,
  why,
  type AtDesk,
} from '../support/world/requests.ts'
import { showNumber, type CallAnswer } from '../support/world/telephone.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

interface Page {
  readonly codesStopped: boolean
  readonly state: string
  readonly advice: readonly { readonly cause: string; readonly text: string }[]
}

onEachDatabase('stopped codes', (world) => {
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ agent, approver } = await pairAtDesk(world))
  })
  const atWork = () => Promise.all([agent, approver].map(signInAgain))
  beforeEach(async () => {
    world.advance(1000)
    await atWork()
  })

  /** An account with so many wrong codes in a row, of which the last five are given. */
  const guessedAt = async (count: number) => {
    const account = await world.addAccount()
    const key = `code/${await accountIdOf(world, account)}/sign-in`
    const row = { key, failures: count - 5, wait_until: 0, last_at: world.now, kept_until: null }
    await world.deps.db.insertInto('throttles').values(row).execute()
    await wrongCodes(world, account, 5)
    await atWork()
    return account
  }
  const look = async (account: TestAccount) =>
    expectStatus(
      await agent.client.get<Page>(`/api/accounts/${await accountIdOf(world, account)}`),
      200,
    )
  const page = async (path: string) => {
    const headers = { accept: 'text/html' }
    const answer = await agent.client.raw({ method: 'GET', path, headers })
    expectStatus(answer, 200)
    return answer.text
  }
  const reopen = async (account: TestAccount) => ({
    ...{ act: 'reopen', accountId: await accountIdOf(world, account) },
  })
  const stuck = async (account: TestAccount) => {
    const browser = world.client()
    const refused = await givePassword(browser, account)
    assert.equal(expectProblem(refused, 429), 'too_many_codes')
    const said = { page: 'email-code', failure: 'too_many_codes' }
    const number = await showNumber(browser, said)
    return expectStatus(await agent.client.get<CallAnswer>(`/api/calls/${number}`), 200)
  }

  test('are said as long as they last, with what to ask for, by the account and by the call', async () => {
    const account = await guessedAt(codeWaits.stopAt)
    for (const later of [0, 25 * hours]) {
      world.advance(later)
      await atWork()
      const call = await stuck(account)
      assert.equal(call.cause, callTexts.ja.causes.codesStopped.cause)
      assert.deepEqual(call.offers, ['reopen'])
      const { advice, codesStopped, state } = await look(account)
      assert.deepEqual([codesStopped, state], [true, 'open'])
      assert.deepEqual(
        advice.map(({ cause }) => cause),
        ['codes-stopped'],
      )
      assert.match(advice[0]?.text ?? '', /ロックの解除を申請/)
    }
  })

  test('are lifted by two, and the holder is told', async () => {
    const account = await guessedAt(codeWaits.stopAt)
    const path = `/accounts/${await accountIdOf(world, account)}`
    const button = /value="reopen"[^<]*\/>\s*<button[^>]*>/.exec(await page(path))?.[0] ?? ''
    assert.match(button, /<button/)
    assert.doesNotMatch(button, /disabled/)
    assert.match(await page(`${path}/request?act=reopen`), /value="reopen"\s+checked/)
    const asked = await askedFor(agent, await reopen(account))
    const stated = JSON.parse(asked.text) as {
      acts: readonly { readonly before: unknown; readonly after: unknown }[]
    }
    assert.deepEqual(
      stated.acts.map((one) => [one.before, one.after]),
      [
        [
          { stoppedCodes: ['sign-in'], lock: null, stop: null, lastStop: null },
          { stoppedCodes: [], hold: null },
        ],
      ],
    )
    assert.match(
      await page(`/requests/${asked.id}`),
      /止まっている認証コードの受け付けを、再開します/,
    )
    expectStatus(await approve(approver, asked.id), 200)
    await world.nextMail(account, 'ログインの受け付けを再開しました')
    assert.equal((await accountRecord(world, account)).hold_until, null)
    await world.signIn(account)
    const again = await agent.client.post('/api/requests', { ...why, ...(await reopen(account)) })
    assert.equal(expectProblem(again, 409), 'nothing_to_do')
  })

  test('that were lifted by command make the request void', async () => {
    const account = await guessedAt(codeWaits.stopAt)
    const { id } = await askedFor(agent, await reopen(account))
    const words = ['--login-id', account.loginId, '--reason', 'checked']
    assert.equal((await world.command(['accounts', 'unlock', ...words])).status, 0)
    assert.equal(expectProblem(await approvalOptions(approver, id), 409), 'request_closed')
  })

  test('are no wait, which ends by itself and is said with its end', async () => {
    const account = await guessedAt(codeWaits.stopAt - 10)
    assert.equal((await stuck(account)).cause, callTexts.ja.causes.tooManyCodes.cause)
    const { advice, codesStopped } = await look(account)
    assert.equal(codesStopped, false)
    assert.deepEqual(
      advice.map(({ cause }) => cause),
      ['code-waits'],
    )
    assert.match(advice[0]?.text ?? '', /\d+:\d\dまで、コードを送れません/)
    const asked = await agent.client.post('/api/requests', { ...why, ...(await reopen(account)) })
    assert.equal(expectProblem(asked, 409), 'nothing_to_do')
  })
})
