// Rules 15, 43 and 44: strangers learn nothing of an account, use nothing of its holder up, and are slowed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { selectByEmail } from '../../src/domain/accounts/search.ts'
import { transact } from '../../src/domain/act.ts'
import { fromNowhere } from '../../src/domain/actor.ts'
import { mailLoginIds } from '../../src/domain/outbox/login-id.ts'
import { hours, minutes, seconds } from '../../src/kernel/clock.ts'
import { endContract, eraseForGood } from '../../src/operations/support/end-contract.ts'
import { lockByCommand } from '../../src/operations/support/lock-account.ts'
import { requireAccount } from '../../src/surfaces/cli/with-account.ts'
import { outboxEmpty } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { guessWrong, lockAtOnce, otherThan } from '../support/world/guessing.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import {
  activationOf,
  anotherPassword,
  askForgotten,
  forgotten,
  giveActivation,
  recoverByPasskey,
  type RecoveryStep,
} from '../support/world/recovery.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

/** What an answer says, but for what is another one at each request. */
function saidBy({ status, headers, text }: Answer): string {
  const shown = Object.keys(headers).filter((name) => name !== 'set-cookie')
  const said = text.replace(/"requestId":"[^"]*"/, '')
  return JSON.stringify([status, shown.sort(), headers['retry-after'], said])
}

onEachDatabase(
  'strangers who ask for a password',
  { concurrency: 1, env: { SEKISHO_TRUSTED_PROXIES: '127.0.0.1/32' } },
  (world) => {
    const support = { name: 'yamada', reason: 'test' }
    const lock = async (account: TestAccount) => {
      await lockByCommand(world.deps, await requireAccount(world.deps, account.loginId), support)
      await world.nextMail(account)
    }
    /** Every answer of somebody who asks for a password, and types wrong codes until the attempt ends. */
    const walk = async (loginId: string) => {
      const client = world.client()
      const answers: Answer[] = []
      const quickest: number[] = []
      const call = async (work: () => Promise<Answer>) => {
        const began = performance.now()
        answers.push(await work())
        quickest.push(performance.now() - began)
      }
      const code = { code: '000000' }
      await call(() => client.post(forgotten, { loginId }))
      const cookies = [...client.cookies.keys()]
      await call(() => client.post(`${forgotten}/email-code/resend`))
      await call(() => client.post(`${forgotten}/email-code`, code))
      world.advance(30 * seconds)
      await call(() => client.post(`${forgotten}/email-code/resend`))
      await call(() => client.post(`${forgotten}/email-code`, code))
      world.advance(10 * minutes)
      await call(() => client.post(`${forgotten}/email-code`, code))
      await call(() => client.post(`${forgotten}/email-code/resend`))
      for (let left = 3; left > 0; left -= 1) {
        await call(() => client.post(`${forgotten}/email-code`, code))
      }
      const [shortest] = quickest.sort((one, other) => one - other)
      answers.push(await client.post(`${forgotten}/email-code`, code), await client.get(forgotten))
      world.advance(-(10 * minutes + 30 * seconds))
      return { said: answers.map(saidBy), cookies, shortest: shortest ?? 0 }
    }

    test('a login ID that nobody has, one that is locked and one that is there are answered alike, in the same time', async (t) => {
      const [open, locked, guessed] = [
        await world.addAccount(),
        await world.addAccount(),
        await world.addAccount(),
      ]
      await lock(locked)
      await lockAtOnce(world, guessed)
      await world.nextMail(guessed)
      const known = await walk(open.loginId)
      assert.deepEqual(
        known.said.map((one) => (JSON.parse(one) as [number])[0]),
        [202, 429, 400, 200, 400, 400, 200, 400, 400, 400, 404, 404],
      )
      for (const loginId of ['nobody-has-this', 'x', locked.loginId, guessed.loginId]) {
        const unknown = await walk(loginId)
        assert.deepEqual(unknown.said, known.said)
        assert.deepEqual(unknown.cookies, known.cookies)
        assert.ok(unknown.shortest >= 149 && known.shortest >= 149)
      }
      await outboxEmpty(world, t)
      const strangers = world.mail.mails.filter(({ subject }) => subject.includes('再設定'))
      assert.deepEqual([...new Set(strangers.flatMap(({ to }) => to))], [open.email])
    })

    test('an attempt goes on alike when the account is locked under it, and its code opens nothing', async () => {
      const account = await world.addAccount()
      const client = await askForgotten(world, account)
      const code = await world.nextCode(account)
      await lock(account)
      assert.equal(expectStatus(await client.get<RecoveryStep>(forgotten), 200).step, 'email-code')
      const given = await client.post(`${forgotten}/email-code`, { code })
      assert.equal(expectProblem(given, 400), 'code_wrong')
    })

    test('three codes in half an hour go out, whoever asks; the holder still signs in', async (t) => {
      const account = await world.addAccount()
      for (let time = 0; time < 8; time += 1) await askForgotten(world, account)
      await outboxEmpty(world, t)
      const mails = () => world.mail.mails.filter(({ to }) => to.includes(account.email))
      assert.equal(mails().length, 3)
      for (let time = 0; time < 3; time += 1) await world.nextCode(account)
      const code = await activationOf(world, account)
      for (let time = 0; time < 3; time += 1) {
        expectStatus((await giveActivation(world, account, code)).answer, 200)
        await world.nextCode(account)
      }
      await world.signIn(account)
      world.advance(30 * minutes)
      await askForgotten(world, account)
      await world.nextCode(account)
    })

    test('ten wrong codes make the next ones wait, never for good, and no other purpose', async () => {
      const account = await world.addAccount()
      const fiveWrong = async (client: HttpClient, wrong: string) => {
        let answer: Answer | undefined
        for (let time = 0; time < 5; time += 1) {
          answer = await client.post(`${forgotten}/email-code`, { code: wrong })
        }
        return answer
      }
      const wrongAttempt = async () => {
        const client = await askForgotten(world, account)
        return fiveWrong(client, otherThan(await world.nextCode(account)))
      }
      const nobody = { loginId: 'nobody-has-this-for-codes' }
      for (let time = 0; time < 2; time += 1) {
        await fiveWrong(await askForgotten(world, nobody), '000000')
      }
      const ofNobody = await askForgotten(world, nobody)
      const waitOfNobody = await ofNobody.post(`${forgotten}/email-code`, { code: '000000' })
      for (let round = 0; round < 3; round += 1) {
        for (const time of [1, 2]) {
          const last = await wrongAttempt()
          assert.equal(last && expectProblem(last, 400), 'code_wrong', `${round}/${time}`)
        }
        const client = await askForgotten(world, account)
        const waits = await client.post(`${forgotten}/email-code`, { code: '000000' })
        assert.equal(expectProblem(waits, 429), 'too_many_codes')
        assert.equal(waits.headers['retry-after'], '3600', 'a day later they are forgotten')
        if (round === 0) assert.equal(saidBy(waitOfNobody), saidBy(waits))
        world.advance(24 * hours)
      }
      const client = await askForgotten(world, account)
      const code = await world.nextCode(account)
      expectStatus(await client.post(`${forgotten}/email-code`, { code }), 200)
      await world.signIn(account)
    })

    test('that a contract ends under an attempt is told by none of its answers', async () => {
      const account = await world.addAccount()
      const known = await askForgotten(world, account)
      const code = await world.nextCode(account)
      const nobody = await askForgotten(world, { loginId: 'nobody-had-a-contract' })
      const found = await requireAccount(world.deps, account.loginId)
      assert.equal(await endContract(world.deps, found, support), null)
      world.advance(30 * seconds)
      const seen = async (client: HttpClient) =>
        [
          await client.get(forgotten),
          await client.post(`${forgotten}/email-code`, { code }),
          await client.post(`${forgotten}/email-code/resend`),
          await client.get(forgotten),
          await client.get('/forgotten'),
        ].map(saidBy)
      const [ofKnown, ofNobody] = [await seen(known), await seen(nobody)]
      assert.deepEqual(ofKnown, ofNobody)
    })

    test('erasure leaves no count of a login ID, nor of its address, and no mail that names it', async () => {
      const account = await world.addAccount()
      const other = { ...(await world.addAccount()), email: account.email }
      const { id: otherId } = await requireAccount(world.deps, other.loginId)
      const { id } = await requireAccount(world.deps, account.loginId)
      const { db, keys } = world.deps
      const accounts = db.updateTable('accounts').set({ email: account.email })
      await accounts.where('id', '=', otherId).execute()
      const by = fromNowhere(support)
      await askForgotten(world, account)
      await giveActivation(world, account, 'ABCD-EFGH-JKMN-PQRS')
      const ask = { path: '/api/forgotten/login-id', body: { email: account.email } }
      expectStatus(await world.client().post(ask.path, ask.body), 202)
      const hashes = [account.loginId, account.email].map((text) => keys.hash('login-id', text))
      const counts = async () => {
        const rows = await db.selectFrom('throttles').select('key').execute()
        return rows.filter(({ key }) => hashes.some((hash) => key.includes(hash))).length
      }
      assert.equal(await counts(), 3)
      for (const first of [id, otherId]) {
        await transact(world.deps, by, async (act) => {
          const found = await selectByEmail(act.tx, account.email)
          mailLoginIds(
            act,
            found.toSorted((one) => (one.id === first ? -1 : 1)),
          )
        })
      }
      await transact(world.deps, by, (act) => eraseForGood(act, id))
      assert.equal(await counts(), 0)
      const waiting = db.selectFrom('outbox').select('id').where('kind', '=', 'login_id')
      assert.deepEqual(await waiting.where('sealed', 'is not', null).execute(), [])
    })

    test('wrong activation codes wait as wrong passwords do, known login ID or not, and end no code', async () => {
      const account = await world.addAccount()
      const code = await activationOf(world, account)
      const wrong = 'ABCD-EFGH-JKMN-PQRS'
      const give = async (loginId: string, typed: string) =>
        (await giveActivation(world, { loginId }, typed)).answer
      const seen = async (loginId: string) => {
        const answers = [await give(loginId, wrong), await give(loginId, 'no code')]
        for (let time = 0; time < 3; time += 1) answers.push(await give(loginId, wrong))
        return answers.map(saidBy)
      }
      const refused = await seen(account.loginId)
      assert.equal(new Set(refused).size, 1)
      assert.deepEqual(await seen('nobody-has-this-either'), refused)
      const began = performance.now()
      assert.equal(saidBy(await give(account.loginId, code)), refused[0], 'it waits')
      assert.ok(performance.now() - began >= 149)
      world.advance(30 * seconds)
      for (const wait of [1, 2, 4, 8, 15, 15, 15]) {
        assert.equal(expectProblem(await give(account.loginId, wrong), 400), 'activation_refused')
        world.advance(wait * minutes - 1)
        assert.equal(expectProblem(await give(account.loginId, code), 400), 'activation_refused')
        world.advance(1)
      }
      expectStatus(await give(account.loginId, code), 200)
      assert.equal(expectProblem(await give(account.loginId, wrong), 400), 'activation_refused')
      expectStatus(await give(account.loginId, code), 200) // The right one has begun the count anew.
      expectStatus(await givePassword(world.client(), account), 200)
    })

    test('what they tried keeps nobody out who has set another password', async () => {
      const { account, passkey, authenticator } = await accountWithPasskey(world)
      await guessWrong(world, account.loginId, 5)
      expectProblem(await givePassword(world.client(), account), 401)
      const client = await askForgotten(world, account)
      const code = await world.nextCode(account)
      expectStatus(await client.post(`${forgotten}/email-code`, { code }), 200)
      expectStatus(await recoverByPasskey(client, authenticator, passkey.id), 200)
      expectStatus(await client.put(forgotten, { newPassword: anotherPassword }), 204)
      const renewed = { ...account, password: anotherPassword }
      expectStatus(await givePassword(world.client(), renewed), 200)
    })

    test('one network asks so often and no more', async () => {
      const asks = async (address: string) =>
        world.client().raw({
          method: 'POST',
          path: '/api/forgotten/login-id',
          headers: { 'x-forwarded-for': address, 'content-type': 'application/json' },
          body: JSON.stringify({ email: 'nobody@example.jp' }),
        })
      // Not all at once: on a busy computer the last of them would wait too long for the row of their network.
      for (let turn = 0; turn < 20; turn += 1) {
        const many = Array.from({ length: 12 }, () => asks('198.51.100.7'))
        for (const answer of await Promise.all(many)) expectStatus(answer, 202)
      }
      assert.equal(expectProblem(await asks('198.51.100.7'), 429), 'too_many_attempts')
      expectStatus(await asks('198.51.100.8'), 202)
    })
  },
)
