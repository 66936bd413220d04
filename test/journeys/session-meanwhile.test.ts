// Rule 9: what a request knows of its session and account from before its act is looked at again inside.
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { ActDeps } from '../../src/domain/act.ts'
import type { Asker } from '../../src/domain/deps.ts'
import { selectLiveSession } from '../../src/domain/sessions/live.ts'
import type { Session } from '../../src/domain/sessions/session.ts'
import { selectLiveSignIn } from '../../src/domain/sign-ins/store.ts'
import type { Caller } from '../../src/kernel/caller.ts'
import { hashToken, newId } from '../../src/kernel/secrets.ts'
import { endOneSession, endOtherSessions, signOut } from '../../src/operations/end-session.ts'
import { forgetOneBrowser } from '../../src/operations/forget-browser.ts'
import { disconnect } from '../../src/operations/openid/applications.ts'
import { changeOwnPassword } from '../../src/operations/passwords/change-own-password.ts'
import { proveByEmailCode } from '../../src/operations/sign-in/prove-email-code.ts'
import { accountRecord } from '../support/checks/records.ts'
import { BreachedList } from '../support/world/breached.ts'
import { proveChangeByCode } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { givePassword } from '../support/world/journeys.ts'
import { withMeanwhile } from '../support/world/meanwhile.ts'
import { expectStatus } from '../support/world/world.ts'

const list = new BreachedList()
after(() => list.remove())

const caller: Caller = {
  requestId: null,
  address: '127.0.0.1',
  browser: null,
  system: null,
  language: 'ja',
}

onEachDatabase(
  'what has changed since a session was read',
  { concurrency: 1, env: { SEKISHO_BREACHED_PASSWORDS: list.path } },
  (world) => {
    beforeEach(() => list.hold([]))
    const tokenOf = (client: HttpClient, name: string) =>
      hashToken(client.cookies.get(`sekisho_${name}`) ?? '')
    async function sessionOf(client: HttpClient): Promise<Session> {
      const token = tokenOf(client, 'session')
      const session = await selectLiveSession(world.deps.db, token, world.now)
      assert.ok(session)
      return session
    }
    const depsWith = (meanwhile: () => Promise<unknown>) => ({
      ...world.deps,
      db: withMeanwhile(world.deps.db, meanwhile),
    })
    const ends = (session: Session) => () => signOut(world.deps, session, caller)

    test('a session that has ended takes nothing back by the proof that it had', async () => {
      const account = await world.addAccount()
      const kept = await world.signIn(account)
      const listed = await kept.get<{ browsers: { id: string }[] }>('/api/browsers')
      const { id: known = '' } = expectStatus(listed, 200).browsers[0] ?? {}
      const other = await sessionOf(kept)
      const acts: ((deps: ActDeps, session: Session) => Promise<void>)[] = [
        (deps, session) => endOneSession(deps, session, other.id, caller),
        (deps, session) => endOtherSessions(deps, session, caller),
        (deps, session) => forgetOneBrowser(deps, session, known, caller),
        (deps, session) => disconnect(deps, session, newId(), caller),
      ]
      for (const act of acts) {
        const client = await world.signIn(account)
        await proveChangeByCode(world, client, account)
        const session = await sessionOf(client)
        await assert.rejects(act(depsWith(ends(session)), session), { code: 'proof_needed' })
      }
      expectStatus(await kept.get('/api/session'), 200)
      const still = await kept.get<{ browsers: { id: string }[] }>('/api/browsers')
      assert.ok(expectStatus(still, 200).browsers.some(({ id }) => id === known))
    })

    test('a session with a breached password that has ended sets none', async () => {
      const account = await world.addAccount()
      list.hold([account.password])
      const session = await sessionOf(await world.signIn(account))
      assert.equal(session.passwordBreached, true)
      const { password_hash: before } = await accountRecord(world, account)
      const passwords = { password: account.password, newPassword: 'a word that nobody else has' }
      const change = changeOwnPassword(depsWith(ends(session)), session, passwords, caller)
      await assert.rejects(change, { code: 'not_signed_in' })
      assert.equal((await accountRecord(world, account)).password_hash, before)
    })

    test('a sign-in tells what is to be told at its end', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      const browser = [client.cookies.get('sekisho_browser') ?? '']
      expectStatus(await givePassword(client, account), 200)
      const token = tokenOf(client, 'sign_in')
      const signIn = await selectLiveSignIn(world.deps.db, token, world.now)
      assert.ok(signIn)
      const chosen = () =>
        world.deps.db
          .updateTable('accounts')
          .set({ tells_sign_ins: 1 })
          .where('login_id', '=', account.loginId)
          .execute()
      const code = await world.nextCode(account)
      const signing = { caller, replaces: undefined, browser, call: undefined }
      await proveByEmailCode(depsWith(chosen), signIn, code, signing)
      await world.nextMail(account, 'ログインがありました')
    })

    test('a new password takes its turn as one of its account', async () => {
      const account = await world.addAccount()
      const client = await world.signIn(account)
      await proveChangeByCode(world, client, account)
      const turns: (Pick<Asker, 'account' | 'turn'> | undefined)[] = []
      const { hasher } = world.deps
      const listening = {
        verify: hasher.verify.bind(hasher),
        withPlace: hasher.withPlace.bind(hasher),
        hash: (password: string, turn?: Pick<Asker, 'account' | 'turn'>) => {
          turns.push(turn)
          return hasher.hash(password)
        },
      }
      const passwords = { password: account.password, newPassword: 'a word that nobody else has' }
      const deps = { ...world.deps, hasher: listening }
      await changeOwnPassword(deps, await sessionOf(client), passwords, caller)
      const own = world.deps.keys.hash('login-id', account.loginId)
      assert.deepEqual(turns, [{ account: own, turn: 'first' }])
    })
  },
)
