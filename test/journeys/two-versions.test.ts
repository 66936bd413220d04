// An upgrade without an outage: the version before the newest migration goes on serving beside this one, on one
// database that this one has migrated. docs/operate.md promises what is tested here.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { FormerVersion, withoutHistory } from '../support/world/former.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import {
  askPasskey,
  givePassword,
  registerFirstPasskey,
  switchFactor,
} from '../support/world/journeys.ts'
import { administer, databases } from '../support/world/postgres.ts'
import { callback } from '../support/world/relying-party.ts'
import { runHere } from '../support/world/terminal.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const options = { skip: withoutHistory, timeout: 300_000 }

describe('the version before the newest migration, beside this one', options, () => {
  const secret = { SEKISHO_SECRET: randomBytes(32).toString('hex') }
  const env = () => ({ ...secret, SEKISHO_DATABASE: installation.database.address })
  let former: FormerVersion
  let installation: Installation
  let older: ServeProcess
  let newer: ServeProcess
  let desk: { readonly id: string; readonly secret: string }
  const free: TestAccount[] = []
  const bound: Awaited<ReturnType<typeof bindPasskey>>[] = []
  let begun: HttpClient
  let signedIn: HttpClient
  let beginner: TestAccount
  let holder: TestAccount
  let busy = 0

  const nextAccount = () => {
    const account = free.pop()
    assert.ok(account)
    return account
  }

  /** As a page does: what is answered 503 is asked again. */
  async function ask<B>(asking: () => Promise<Answer<B>>, status = 200): Promise<B> {
    for (let again = 0; again < 5; again += 1) {
      const answer = await asking()
      if (answer.status !== 503) return expectStatus(answer, status)
      busy += 1
      await wait(200)
    }
    throw new Error('busy five times')
  }

  const formerly = async (words: readonly string[], input?: string) => {
    const { status, output, errors } = await former.command(words, env(), input)
    assert.equal(status, 0, errors)
    return output
  }

  async function addFormerly(): Promise<TestAccount> {
    const loginId = `user-${randomBytes(6).toString('hex')}`
    const password = `correct horse ${randomBytes(4).toString('hex')}`
    const account = { loginId, password, email: `${loginId}@example.jp`, displayName: '田中 花子' }
    const names = ['--login-id', loginId, '--email', account.email, '--display-name', '田中 花子']
    await formerly(['accounts', 'add', ...names, '--password-stdin'], password)
    return account
  }

  /** Password at one node, code at the other. */
  async function signIn(account: TestAccount, first: ServeProcess, second: ServeProcess) {
    const client = installation.client(first)
    await ask(() => givePassword(client, account))
    const code = await installation.nextCode(account)
    await ask(() => client.through(second.url).post('/api/sign-in/email-code', { code }))
    return client
  }

  async function bindPasskey(account: TestAccount, served: ServeProcess) {
    const client = await signIn(account, served, served)
    const authenticator = installation.authenticator()
    const passkey = await registerFirstPasskey(installation, client, account, authenticator)
    await switchFactor(client, authenticator, passkey.id, 'passkey')
    return { account, authenticator, passkey }
  }

  const isSignedIn = async (client: HttpClient, { url }: ServeProcess, isIt = true) => {
    await ask(() => client.through(url).get('/api/session'), isIt ? 200 : 401)
  }

  before(async () => {
    const [, postgres] = databases
    assert.ok(postgres)
    former = await FormerVersion.unpack()
    installation = await Installation.create(postgres, { env: secret })
    older = await installation.serve({}, former.within)
    for (let added = 0; added < 10; added += 1) free.push(await addFormerly())
    const settings = ['--kind', 'web', '--redirect-uri', callback]
    const said = await formerly(['clients', 'add', '--name', 'Desk', ...settings])
    const [, id = '', word = ''] = /ID: (\S+)\n.*: (\S+)/.exec(said) ?? []
    desk = { id, secret: word }
    bound.push(await bindPasskey(nextAccount(), older))
    beginner = nextAccount()
    holder = nextAccount()
    begun = installation.client(older)
    await ask(() => givePassword(begun, beginner))
    signedIn = await signIn(holder, older, older)
  })
  after(async () => {
    await installation?.drop()
    await former?.remove()
  })

  test('a node of this version that never migrates does not start before the migration', async () => {
    const settings = { ...env(), SEKISHO_MIGRATE: 'never' }
    const { status, errors } = await runHere(['clients', 'list'], settings)
    assert.equal(status, 1)
    assert.match(errors, new RegExp(`^SEKISHO_MIGRATE: .* older .* lacks (.*, )?${former.lacks}:`))
    await assert.rejects(installation.serve({ SEKISHO_MIGRATE: 'never' }), /SEKISHO_MIGRATE/)
  })

  test('the former one goes on serving while this one migrates, and this one starts beside it', async (t) => {
    const [known, beside] = [nextAccount(), nextAccount()]
    let isOver = false
    let rounds = 0
    const lanes = [known, beside].map(async (account) => {
      while (!isOver) {
        const client = await signIn(account, older, older)
        await ask(() => client.delete('/api/session'), 204)
        rounds += 1
      }
    })
    const working = Promise.all(lanes)
    working.catch(() => {})
    const more = async (count: number) => {
      const wanted = rounds + count
      await t.waitFor(() => assert.ok(rounds >= wanted), { timeout: 30_000 })
    }
    await more(2)
    const { status, errors } = await runHere(['migrate'], env())
    assert.equal(status, 0, errors)
    newer = await installation.serve({ SEKISHO_MIGRATE: 'never' })
    await more(4)
    isOver = true
    await working
    t.diagnostic(`${former.commit} lacks ${former.lacks}; ${rounds} sign-ins, ${busy} × 503`)
  })

  test('what was begun before the migration is finished after it, at this version', async () => {
    const code = await installation.nextCode(beginner)
    await ask(() => begun.through(newer.url).post('/api/sign-in/email-code', { code }))
    for (const client of [begun, signedIn]) {
      for (const served of [newer, older]) await isSignedIn(client, served)
    }
  })

  test('a sign-in begun at one is finished at the other, good at both, and ended for both', async () => {
    const account = nextAccount()
    for (const [first, second] of [
      [older, newer],
      [newer, older],
    ] as const) {
      const client = await signIn(account, first, second)
      for (const served of [first, second]) await isSignedIn(client, served)
      await ask(() => client.through(first.url).delete('/api/session'), 204)
      await isSignedIn(client, second, false)
    }
  })

  test('a passkey that was made at one signs in at the other, by the challenge of either', async () => {
    bound.push(await bindPasskey(nextAccount(), newer))
    for (const { account, authenticator, passkey } of bound) {
      for (const [first, second] of [
        [older, newer],
        [newer, older],
      ] as const) {
        const client = installation.client(first)
        await ask(() => givePassword(client, account))
        const answer = await authenticator.get(await askPasskey(client, passkey.id))
        await ask(() => client.through(second.url).post('/api/sign-in/passkey', answer))
        await isSignedIn(client, first)
      }
    }
  })

  test('wrong passwords count together', async () => {
    const account = nextAccount()
    const wrong = { ...account, password: 'not this one' }
    const tries = [older, newer, older, newer, older]
    for (const served of tries) {
      await ask(() => givePassword(installation.client(served), wrong), 401)
    }
    for (const served of [older, newer]) {
      const answer = await givePassword(installation.client(served), account)
      assert.equal(expectProblem(answer, 401), 'sign_in_refused')
    }
  })

  test("an application's code and refresh tokens of one are good at the other", async () => {
    const basic = Buffer.from(`${desk.id}:${desk.secret}`).toString('base64')
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${basic}`,
      ...{ origin: undefined, cookie: undefined, 'sec-fetch-site': undefined },
    }
    const tokens = async (served: ServeProcess, form: Record<string, string>) => {
      const body = new URLSearchParams(form).toString()
      const request = { method: 'POST', path: '/oauth2/token', headers, body } as const
      const client = installation.client(served)
      return ask(() => client.raw<{ refresh_token: string }>(request))
    }
    for (const [first, second] of [
      [older, newer],
      [newer, older],
    ] as const) {
      const verifier = randomBytes(32).toString('base64url')
      const query = new URLSearchParams({
        ...{ client_id: desk.id, redirect_uri: callback, response_type: 'code', state: 'state' },
        ...{ scope: 'openid', nonce: 'nonce', code_challenge_method: 'S256' },
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      })
      let path = `/oauth2/authorize?${query}`
      const client = signedIn.through(first.url)
      let answer = await client.get(path)
      while (answer.headers.location?.startsWith('http://localhost:3000/')) {
        path = answer.headers.location.replace('http://localhost:3000', '')
        answer = await client.get(path)
      }
      const code = new URL(String(answer.headers.location)).searchParams.get('code')
      assert.ok(code, `${answer.status} ${answer.headers.location} ${answer.text}`)
      const got = await tokens(second, {
        ...{ grant_type: 'authorization_code', code },
        ...{ redirect_uri: callback, code_verifier: verifier },
      })
      const again = { grant_type: 'refresh_token', refresh_token: got.refresh_token }
      await tokens(first, again)
    }
  })

  test('commands of the former are refused, as is its start, and those of this one work', async () => {
    const says = new RegExp(`^SEKISHO_DATABASE: .*newer.*${former.lacks}`, 'm')
    for (const words of [['clients', 'list'], ['migrate']]) {
      const { status, output, errors } = await former.command(words, env())
      assert.deepEqual([status, output], [1, ''])
      assert.match(errors, says)
    }
    await assert.rejects(installation.serve({}, former.within), /newer/)
    const who = ['--login-id', holder.loginId, '--reason', 'test']
    assert.equal((await runHere(['accounts', 'lock', ...who], env())).status, 0)
    for (const served of [older, newer]) await isSignedIn(signedIn, served, false)
  })

  test('each mail went out once, nothing failed, and both nodes stop', async (t) => {
    const { address } = installation.database
    const waiting = `do $$ begin if exists (select from outbox where sealed is not null)
      then raise 'mails wait'; end if; end $$`
    await t.waitFor(() => administer(address, waiting), { timeout: 20_000 })
    const rows = await installation.inside(({ db }) =>
      db.selectFrom('outbox').select('id').execute(),
    )
    assert.equal(installation.mail.mails.length, rows.length)
    for (const served of [older, newer]) {
      assert.equal(await served.kill('SIGTERM'), 0)
      assert.deepEqual(served.failures(), [])
    }
    t.diagnostic(`${rows.length} mails, ${busy} × 503`)
  })
})
