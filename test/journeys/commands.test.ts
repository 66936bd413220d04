// The commands for accounts and passkeys: what they change, what they refuse, what is on record.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { addAccount } from '../../src/operations/support/add-account.ts'
import type { Environment } from '../../src/settings/environment.ts'
import { changedTables, rowsOf } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { registerFirstPasskey } from '../support/world/journeys.ts'
import { hasSubject } from '../support/world/mail-receiver.ts'
import { databases } from '../support/world/postgres.ts'
import { askHere } from '../support/world/terminal.ts'
import { expectProblem, expectStatus, World, type TestAccount } from '../support/world/world.ts'

const root = new URL('../..', import.meta.url).pathname
const actor = `operator:${userInfo().username}`

onEachDatabase('the commands for accounts', (world) => {
  /** Runs a command that is to be done, and returns what it said. */
  async function run(args: readonly string[], input = ''): Promise<string> {
    const { status, output, errors } = await world.command(args, input)
    assert.equal(status, 0, `${args.join(' ')}: ${errors}`)
    return output
  }

  async function eventsOf(account: TestAccount, name: string) {
    const rows = await rowsOf(world, 'audit_events', account)
    const fitting = rows.filter(({ event }) => event === name)
    return fitting.map(({ actor, detail }) => ({ actor, ...JSON.parse(String(detail)) }) as object)
  }

  test('accounts add, set-password, set-email and show, for one account', async () => {
    const account: TestAccount = {
      loginId: 'hanako.tanaka',
      email: 'hanako@example.jp',
      password: ' pass word 日本語 ',
      displayName: '田中　花子',
    }
    await run(
      [
        ...['accounts', 'add', '--login-id', ' Hanako.TANAKA', '--email', account.email],
        ...['--display-name', ' 田中　花子 ', '--password-stdin'],
      ],
      `${account.password}\n`,
    )
    assert.deepEqual(await eventsOf(account, 'user_created'), [{ actor }])
    const client = await world.signIn({ ...account, loginId: 'HANAKO.TANAKA' })
    const session = await client.get<{ account: object; hold: object | null }>('/api/session')
    const { loginId, displayName } = account
    assert.deepEqual(expectStatus(session, 200).account, { loginId, displayName })
    assert.equal(session.body.hold, null)
    const [stored] = await world.deps.db.selectFrom('accounts').selectAll().execute()
    assert.match(stored?.password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.equal(Buffer.from(stored?.user_handle ?? '', 'base64url').length, 64)

    const reason = 'asked at the desk, identity checked'
    const change = ['--login-id', 'hanako.tanaka', '--reason', reason]
    assert.match(
      await run(['accounts', 'set-password', ...change]),
      /^activation code: [0-9A-Z-]{19}$/m,
    )
    assert.deepEqual(await eventsOf(account, 'authn_activation_issued'), [{ actor, reason }])
    await world.nextMail(account, '開始コードを発行しました')
    const again = await world.signIn(account)

    const email = 'hanako.new@example.jp'
    await run(['accounts', 'set-email', ...change, '--email', email])
    assert.equal(expectProblem(await again.get('/api/session'), 401), 'not_signed_in')
    assert.deepEqual(await eventsOf(account, 'user_updated'), [{ actor, what: 'email', reason }])
    for (const address of [account.email, email]) {
      await world.mail.next(
        (mail) => mail.to.includes(address) && hasSubject(mail, 'メールアドレスが変更されました'),
      )
    }
    const last = await world.signIn({ ...account, email })
    const shown = await run(['accounts', 'show', '--login-id', 'HANAKO.tanaka'])
    for (const fact of [
      ...['login ID: hanako.tanaka', 'display name: 田中　花子', `e-mail: ${email}`],
      ...['second factor: email', 'passkeys: 0', 'sessions: 1', 'lock: none', 'stop: none'],
    ]) {
      assert.ok(shown.includes(`${fact}\n`), shown)
    }
    assert.match(shown, /^hold: until \d{4}-\d\d-\d\dT[\d:.]+Z \(email_changed\)$/m)
    assert.doesNotMatch(shown, /argon2|another/)
    expectStatus(await last.get('/api/session'), 200)
  })
})

describe('what the commands refuse', () => {
  const [sqlite] = databases
  let world: World
  let env: Environment
  before(async () => {
    assert.ok(sqlite)
    world = await World.start(sqlite)
    await world.addAccount('taken')
    env = { SEKISHO_DATABASE: world.database.address, SEKISHO_SECRET: world.config.secrets[0] }
  })
  after(() => world.stop())

  /** The code of its refusal, or what is wrong with its words. */
  async function refusalOf(command: string, args: readonly string[]): Promise<string> {
    const { status, error } = await askHere([...command.split(' '), ...args], env)
    assert.equal(status, error === undefined ? 0 : error.code === 'usage' ? 2 : 1)
    return error?.code === 'usage' ? error.message : (error?.code ?? 'none')
  }

  test('is said in the words of the rule that it breaks', async (t) => {
    const tables = await changedTables(world, t, async () => {
      const whole = {
        loginId: 'new',
        email: 'a@example.jp',
        displayName: 'A',
        password: 'a long one',
      }
      const add = (bent: Partial<typeof whole>) =>
        addAccount(world.deps, { ...whole, ...bent }, { name: 'test', reason: 'test' })
      assert.equal(await add({ loginId: 'TAKEN' }), 'login_id_taken')
      assert.equal(await add({ loginId: 'ta ken' }), 'login_id_not_allowed')
      assert.equal(await add({ email: 'a@b@c' }), 'email_not_allowed')
      assert.equal(await add({ displayName: '\u3000' }), 'display_name_missing')
      for (const sign of ['\u0000', '\n', '\u202e', '\u2066', '\u200f', '\u200b', '\u{e0041}']) {
        assert.equal(await add({ displayName: `A${sign}B` }), 'display_name_not_allowed')
      }
      assert.equal(await add({ password: 'short' }), 'too_short')
      assert.equal(await add({ loginId: 'hanako.x', password: 'hanako.x1' }), 'made_of_context')

      const own = ['--login-id', 'taken']
      const why = [...own, '--reason', 'why']
      for (const [command, args, refusal] of [
        ['accounts set-email', [...why, '--email', 'nowhere'], 'email_not_allowed'],
        ['accounts show', ['--login-id', 'nobody'], 'not_found'],
        ['accounts set-email', [...own, '--email', 'a@b.jp'], /^missing: --reason$/],
        [
          'accounts set-email',
          [...own, '--email', 'a@b.jp', '--reason', ' '],
          /^missing: --reason$/,
        ],
        ['accounts set-password', own, /^missing: --reason$/],
        ['accounts set-password', [...why, '--password-stdin'], /--password-stdin/],
        ['accounts lock', own, /^missing: --reason$/],
        ['accounts unlock', own, /^missing: --reason$/],
        ['passkeys remove', [...own, '--id', 'x'], /^missing: --reason$/],
        ['passkeys remove', [...why, '--id', 'x'], 'no_such_passkey'],
        ['passkeys list', [], /^missing: --login-id$/],
        ['accounts show', [...own, '--all'], /--all/],
        ['accounts show', [...own, 'more'], /more/],
      ] as const) {
        const told = await refusalOf(command, args)
        if (refusal instanceof RegExp) assert.match(told, refusal)
        else assert.equal(told, refusal)
      }
    })
    assert.deepEqual(tables, [])
  })

  test('ends with 1 when it may not be and with 2 when it cannot be meant', async (t) => {
    const tables = await changedTables(world, t, async () => {
      const add = [
        ...['accounts', 'add', '--login-id', 'TAKEN', '--email', 'a@example.jp'],
        ...['--display-name', 'Name', '--password-stdin'],
      ]
      for (const [status, says, args, input = ''] of [
        [1, /login ID is there already/, add, 'a long password\n'],
        [
          1,
          /^there is no account with this login ID$/m,
          ['passkeys', 'list', '--login-id', 'nobody'],
        ],
        [2, /^stdin: one line[^]*\nusage: sekisho accounts add /, add, 'a password\nand another\n'],
        [2, /^which command\?\nusage: sekisho serve \[--check\]\n/, ['toString']],
      ] as const) {
        const result = await world.command(args, input)
        const what = `${args.join(' ')}: ${result.errors}`
        assert.equal(result.status, status, what)
        assert.match(result.errors, says, what)
        assert.equal(result.output, '', what)
        assert.doesNotMatch(result.errors, /a long password|\.ts:\d/, what)
      }
    })
    assert.deepEqual(tables, [])
  })

  test('is told to a shell by status and stderr, and what they find by stdout', () => {
    /** The command as a shell runs it: its exit status, what it wrote to stdout, and to stderr. */
    const type = (command: string, input = '') => {
      const words = ['src/main.ts', ...command.split(' ')]
      const settings = { ...process.env, ...env }
      const { status, stdout, stderr } = spawnSync(process.execPath, words, {
        ...{ env: settings, input, encoding: 'utf8', cwd: root },
      })
      return [status, stdout, stderr]
    }
    const add =
      'accounts add --login-id typed --email a@example.jp --display-name A --password-stdin'
    const [misused, nothing, usage] = type(add, 'a password\nand another\n')
    assert.deepEqual([misused, nothing], [2, ''])
    assert.match(String(usage), /^stdin: one line[^]*\nusage: sekisho accounts add .*\n$/)
    assert.deepEqual(type(add, 'a long password\n'), [0, '', ''])
    const taken = 'an account with this login ID is there already\n'
    assert.deepEqual(type(add, 'a long password\n'), [1, '', taken])
    const [status, shown, complaints] = type('accounts show --login-id typed')
    assert.deepEqual([status, complaints], [0, ''])
    assert.match(String(shown), /^login ID: typed\ndisplay name: A\n/)
  })

  test('changes need a passkey of that account, and stay on record with who and why', async () => {
    const account = await world.addAccount()
    const client = await world.signIn(account)
    const { id } = await registerFirstPasskey(world, client, account, world.authenticator())
    const why = ['--id', id, '--reason', 'lost']
    const removed = () => rowsOf(world, 'passkeys', account).then(([row]) => row?.['removed_by'])
    const ofAnother = ['--login-id', 'taken', ...why]
    assert.equal(await refusalOf('passkeys remove', ofAnother), 'no_such_passkey')
    assert.equal(await removed(), null)
    const own = ['--login-id', account.loginId, ...why]
    assert.equal(await refusalOf('passkeys remove', own), 'none')
    assert.equal(await removed(), actor)
    assert.equal(await refusalOf('passkeys remove', own), 'no_such_passkey')
    const rows = await rowsOf(world, 'audit_events', account)
    const events = rows.filter(({ event }) => event === 'authn_passkey_removed')
    assert.deepEqual(
      events.map((row) => [row['actor'], JSON.parse(String(row['detail']))]),
      [[actor, { passkey: id, reason: 'lost', last: true }]],
    )
  })
})
