// Support never knows a password: what it issues instead, who gets that, and that nobody gets it twice (rules 38, 43).
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { before, beforeEach, test } from 'node:test'
import { isActivation } from '../../src/domain/accounts/activation.ts'
import { days } from '../../src/kernel/clock.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { endWhatWasBefore } from '../../src/operations/support/end-what-was-before.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { accountIdOf, accountRecord, eventsOf } from '../support/checks/records.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { changeRolesOf } from '../support/world/operator-changes.ts'
import {
  approve,
  askedFor,
  atDesk,
  pairAtDesk,
  shown,
  signInAgain,
  type AtDesk,
} from '../support/world/requests.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

/** 16 signs of which no two look alike, in groups. */
const code = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/
const system = `operator:${userInfo().username}`

interface LetterAnswer {
  readonly loginId: string
  readonly displayName: string
  readonly activationCode: string
  readonly expiresAt: string
}

onEachDatabase('activation codes of support', { startsAt: 'now' }, (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  before(async () => {
    ;({ desk, agent, approver } = await pairAtDesk(world))
  })
  beforeEach(async () => {
    world.advance(1000)
    await Promise.all([agent, approver].map(signInAgain))
  })

  const run = async (...words: readonly string[]) => {
    const { status, output, errors } = await world.command(words)
    assert.equal(status, 0, `${words.join(' ')}: ${errors}`)
    return output
  }
  const refusalOf = async (...words: readonly string[]) => {
    const { output } = await world.command([...words, '--json'])
    return (JSON.parse(output) as { error?: { code: string } }).error?.code
  }
  const isOf = async (account: TestAccount, typed: string) => {
    const { id, activation_hash: kept } = await accountRecord(world, account)
    return isActivation(world.deps.keys, id, typed, kept)
  }
  const ask = async (account: TestAccount, ...acts: readonly object[]) =>
    askedFor(agent, { accountId: await accountIdOf(world, account), acts })
  const activation = { act: 'activation-code' }
  /** Two operators have issued a code for an account. */
  const issued = async (account: TestAccount) => {
    const { id } = await ask(account, activation)
    const answer = expectStatus(await approve(approver, id), 200)
    return { id, answer }
  }
  const exported = async () => {
    const lines = (await run('letters', 'export')).split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line) as LetterAnswer)
  }

  test('accounts add makes an account without a password and prints a code, which is kept as a hash', async () => {
    const loginId = `new-${randomBytes(4).toString('hex')}`
    const account = {
      loginId,
      email: `${loginId}@example.jp`,
      password: '',
      displayName: '鈴木 一郎',
    }
    const who = ['--login-id', loginId, '--email', account.email, '--display-name', '鈴木 一郎']
    const said = await run('accounts', 'add', ...who)
    const [, given = ''] = /^activation code: (\S+)\ngood once, until \S+Z, /.exec(said) ?? []
    assert.match(given, new RegExp(`^${code.source}$`))
    assert.ok(await isOf(account, given.toLowerCase().replaceAll('-', ' ')))
    const row = await accountRecord(world, account)
    assert.deepEqual([row.password_hash, row.activation_sealed], ['', null])
    const life = Number(row.activation_until) - world.now
    assert.ok(Math.abs(life - 14 * days) < 60_000, String(life))
    assert.doesNotMatch(JSON.stringify(row), code)
    for (const password of ['a long password', '$argon2id$', ' ']) {
      const refused = await givePassword(world.client(), { ...account, password })
      assert.equal(expectProblem(refused, 401), 'sign_in_refused')
    }
    assert.equal(world.mail.mails.filter(({ to }) => to.includes(account.email)).length, 0)
  })

  test('what accounts add has printed sets the first password, with a code by e-mail, and is used up', async () => {
    const loginId = `new-${randomBytes(4).toString('hex')}`
    const password = 'a password of my own 7'
    const account = { loginId, email: `${loginId}@example.jp`, password, displayName: 'A' }
    const who = ['--login-id', loginId, '--email', account.email, '--display-name', 'A']
    const said = JSON.parse(await run('accounts', 'add', ...who, '--json')) as LetterAnswer
    const { activationCode } = said
    const client = world.client()
    const begin = () =>
      client.post<{ step: string }>('/api/activation', { loginId, activationCode })
    assert.equal(expectStatus(await begin(), 200).step, 'email-code')
    const typed = { code: await world.nextCode(account) }
    expectStatus(await client.post('/api/activation/email-code', typed), 200)
    expectStatus(await client.put('/api/activation', { newPassword: password }), 204)
    const signedIn = await world.signIn(account)
    const { hold } = expectStatus(await signedIn.get<{ hold: object | null }>('/api/session'), 200)
    assert.equal(hold, null)
    assert.equal(expectProblem(await begin(), 400), 'activation_refused')
  })

  test('accounts set-password takes no password: it issues a code, tells the holder, and says who and why', async () => {
    const account = await world.addAccount()
    const words = [
      'accounts',
      'set-password',
      '--login-id',
      account.loginId,
      '--reason',
      'forgot it',
    ]
    const { activationCode: first } = JSON.parse(await run(...words, '--json')) as LetterAnswer
    const notice = await world.nextMail(account, '開始コードを発行しました')
    assert.doesNotMatch(notice.text, code)
    const [event] = await eventsOf(world, account, 'authn_activation_issued')
    assert.deepEqual([event?.actor, event?.detail], [system, { reason: 'forgot it' }])
    const second = code.exec(await run(...words))?.[0] ?? ''
    assert.deepEqual([await isOf(account, first), await isOf(account, second)], [false, true])
    // Until the holder has set another one, the password is what it was.
    expectStatus(await givePassword(world.client(), account), 200)
    assert.equal(await refusalOf(...words, '--password-stdin'), 'usage')

    const { account: other } = await accountWithPasskey(world)
    const ofOther = ['accounts', 'set-password', '--login-id', other.loginId, '--reason', 'x']
    assert.equal(await refusalOf(...ofOther), 'passkey_in_force')
    await run('accounts', 'close', '--login-id', account.loginId, '--reason', 'ended')
    assert.equal(await refusalOf(...words), 'contract_ended')
  })

  test('two operators issue one: who asked sees it once, who approved never, and no letter has it then', async () => {
    const account = await world.addAccount()
    const { id, answer } = await issued(account)
    assert.deepEqual(answer, { state: 'done', takesEffectAt: null, codeHalf: null })
    for (const other of [approver, await atDesk(world, desk, { roles: ['agent', 'approver'] })]) {
      const { activationCode, codeHalf } = await shown(other, id)
      assert.deepEqual([activationCode, codeHalf], [null, null])
    }
    const page = async () => (await agent.client.get(`/requests/${id}`)).text
    assert.match(await page(), /id="show-half"/)
    const both = await Promise.all([shown(agent, id), shown(agent, id)])
    const [given, ...others] = both.flatMap(({ activationCode: one }) => one ?? [])
    assert.deepEqual(others, [])
    assert.ok(await isOf(account, String(given)))
    assert.equal((await shown(agent, id))['activationCode'], null)
    assert.doesNotMatch(await page(), /id="show-half"/)
    const events = await eventsOf(world, account, 'authn_activation_given')
    assert.deepEqual(
      events.map(({ actor, detail }) => [actor, detail]),
      [[`operator:${agent.operator.name}/${agent.operator.id}`, { way: 'asker', request: id }]],
    )
    assert.ok(!(await exported()).some(({ loginId }) => loginId === account.loginId))
    await world.nextMail(account, 'お手続きの申請を受け付けました')
    const notice = await world.nextMail(account, '開始コードを発行しました')
    assert.doesNotMatch(notice.text, code)
  })

  test('who asked sees it no more once another role is hers, and the letter has it', async () => {
    const leaving = await atDesk(world, desk, { roles: ['agent'] })
    const account = await world.addAccount()
    const body = { accountId: await accountIdOf(world, account), ...activation }
    const { id } = await askedFor(leaving, body)
    expectStatus(await approve(approver, id), 200)
    await changeRolesOf(desk, leaving.operator.id, ['auditor'])
    await signInAgain(leaving)
    assert.equal((await shown(leaving, id))['activationCode'], null)
    assert.doesNotMatch((await leaving.client.get(`/requests/${id}`)).text, /id="show-half"/)
    assert.ok((await exported()).some(({ loginId }) => loginId === account.loginId))
  })

  test('letters export gives each code once, with name and expiry, and leaves none for who asked', async () => {
    const [one, two] = [await world.addAccount(), await world.addAccount(undefined, '林 "A", 次郎')]
    const first = await issued(one)
    await issued(two)
    const [left, right] = await Promise.all([exported(), exported()])
    const of = ({ loginId }: TestAccount) =>
      [...left, ...right].filter((letter) => letter.loginId === loginId)
    const [letter, ...more] = of(one)
    assert.deepEqual(more, [])
    assert.equal(of(two).length, 1)
    assert.ok(await isOf(one, letter?.activationCode ?? ''))
    const { activation_until: until } = await accountRecord(world, one)
    assert.deepEqual(letter, {
      ...{ loginId: one.loginId, displayName: one.displayName },
      activationCode: letter?.activationCode,
      expiresAt: new Date(Number(until)).toISOString(),
    })
    assert.deepEqual(await exported(), [])
    assert.equal((await shown(agent, first.id))['activationCode'], null)
    const [event] = await eventsOf(world, one, 'authn_activation_given')
    assert.deepEqual([event?.actor, event?.detail], [system, { way: 'letter' }])
  })

  test('letters export writes CSV or JSON into a file of its own, and takes no code if it cannot', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'sekisho-letters-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'letters.csv')
    const account = await world.addAccount(undefined, '林 "A", 次郎')
    await issued(account)
    const nowhere = join(folder, 'nothing', 'letters.csv')
    assert.equal(await refusalOf('letters', 'export', '--file', nowhere), 'file_refused')
    const words = ['letters', 'export', '--csv', '--file', file, '--reason', 'of Friday']
    assert.deepEqual(JSON.parse(await run(...words, '--json')), { file, letters: 1 })
    const [head, row, ...rest] = (await readFile(file, 'utf8')).split('\n')
    assert.equal(head, '"loginId","displayName","activationCode","expiresAt"')
    assert.match(row ?? '', new RegExp(`^"${account.loginId}","林 ""A"", 次郎","${code.source}","`))
    assert.deepEqual(rest, [''])
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.equal(await refusalOf(...words), 'file_refused')
    const [event] = await eventsOf(world, account, 'authn_activation_given')
    assert.deepEqual(event?.detail, { way: 'letter', reason: 'of Friday' })
  })

  test('a newer code takes the place of one that waits, for its asker and for the letter', async () => {
    const account = await world.addAccount()
    const { id } = await issued(account)
    // By two others: no pair opens the same account twice in a day.
    const other = await atDesk(world, desk, { roles: ['agent'] })
    const third = await atDesk(world, desk, { roles: ['approver'] })
    const body = { accountId: await accountIdOf(world, account), ...activation }
    const newer = await askedFor(other, body)
    expectStatus(await approve(third, newer.id), 200)
    assert.doesNotMatch((await agent.client.get(`/requests/${id}`)).text, /id="show-half"/)
    assert.equal((await shown(agent, id))['activationCode'], null)
    assert.ok(await isOf(account, String((await shown(other, newer.id))['activationCode'])))

    const again = await world.addAccount()
    const waiting = await issued(again)
    await run('accounts', 'set-password', '--login-id', again.loginId, '--reason', 'at the counter')
    assert.equal((await shown(agent, waiting.id))['activationCode'], null)
    assert.ok(!(await exported()).some(({ loginId }) => loginId === again.loginId))
  })

  test('one that nobody used in time is forgotten, and a restore ends all of them', async () => {
    const [late, early] = [await world.addAccount(), await world.addAccount()]
    const { id } = await issued(late)
    world.advance(14 * days - 1000)
    await signInAgain(agent)
    await sweep(world.deps)
    assert.notEqual((await accountRecord(world, late)).activation_sealed, null)
    world.advance(2000)
    await sweep(world.deps)
    const row = await accountRecord(world, late)
    assert.deepEqual(
      [row.activation_hash, row.activation_until, row.activation_sealed],
      [null, null, null],
    )
    await signInAgain(agent)
    assert.equal((await shown(agent, id))['activationCode'], null)

    await Promise.all([agent, approver].map(signInAgain))
    await issued(early)
    await endWhatWasBefore(world.deps, { name: 'test', reason: 'a restore' })
    assert.equal((await accountRecord(world, early)).activation_hash, null)
  })
})
