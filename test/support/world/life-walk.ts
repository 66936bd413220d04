// What the holders of accounts set, change, stop and take back themselves sends, from every page.
import { hours, minutes, toIso } from '../../../src/kernel/clock.ts'
import { accountRecord } from '../checks/records.ts'
import type { BreachedList } from './breached.ts'
import { proveChange } from './changes.ts'
import { otherThan } from './guessing.ts'
import type { HttpClient } from './http-client.ts'
import { accountWithPasskey, givePassword } from './journeys.ts'
import {
  accountWithoutPassword,
  activation,
  activationOf,
  anotherPassword as newPassword,
  askForgotten,
  forgotten,
  giveActivation,
  proveMailbox,
  recoverByPasskey,
} from './recovery.ts'
import { approve, askedFor, pairAtDesk, shown } from './requests.ts'
import { expectProblem, expectStatus, type TestAccount, type World } from './world.ts'

const telephoneKey = 'a key of the telephone computer, long enough'

/** The settings that the walk needs: a list of breached passwords, and a listener for the telephone. */
export const lifeSettings = ({ path }: BreachedList) => ({
  SEKISHO_BREACHED_PASSWORDS: path,
  SEKISHO_TELEPHONE_PORT: '0',
  SEKISHO_TELEPHONE_KEY: telephoneKey,
})

/** How often the calls commit that need the present password, and why. */
export const commitsOfChanges = Object.fromEntries(
  ['PUT /api/password', 'POST /api/email', 'PUT /api/notices', 'DELETE /api/stop']
    .concat(['POST /api/notices/address', 'DELETE /api/notices/address'])
    .map((name) => [name, [3, 'a right password is given back, however the change ends']] as const),
)

/** The walk through them all; `list` is the world's list of breached passwords. */
export async function liveAccounts(world: World, list: BreachedList): Promise<void> {
  await recover(world)
  await activate(world)
  await changeByPasskey(world)
  await changeByEmail(world)
  await changeBreached(world, list)
  await stopAndLift(world)
  await stopByTelephone(world)
  await workAtDesk(world)
}

/** Looks at pages and calls; a page that does not fit the state leads to the one that does. */
async function openAll(client: HttpClient, paths: string): Promise<void> {
  for (const path of paths.split(' ')) {
    const answer = await client.get(path)
    if (answer.status !== 303) expectStatus(answer, 200)
  }
}

async function recover(world: World): Promise<void> {
  const holder = await accountWithPasskey(world)
  const { account, authenticator, passkey } = holder
  const stranger = world.client()
  await openAll(stranger, '/forgotten /activate')
  for (const email of [account.email, 'nobody-has-this@example.jp']) {
    expectStatus(await stranger.post('/api/forgotten/login-id', { email }), 202)
  }
  const unknown = await askForgotten(world, { loginId: 'nobody-has-this' })
  expectProblem(await unknown.post(`${forgotten}/email-code`, { code: '000000' }), 400)
  world.advance(1 * minutes)
  expectStatus(await unknown.post(`${forgotten}/email-code/resend`), 200)
  await openAll(unknown, `${forgotten} /forgotten`)
  expectStatus(await unknown.delete(forgotten), 204)

  const client = await askForgotten(world, account)
  const first = await world.nextCode(account)
  expectProblem(await client.post(`${forgotten}/email-code`, { code: otherThan(first) }), 400)
  world.advance(1 * minutes)
  expectStatus(await client.post(`${forgotten}/email-code/resend`), 200)
  const code = await world.nextCode(account)
  expectStatus(await client.post(`${forgotten}/email-code`, { code }), 200)
  await openAll(client, `${forgotten} /forgotten`)
  const failed = { passkeyId: passkey.id }
  expectStatus(await client.post(`${forgotten}/passkey/failure`, failed), 204)
  expectStatus(await recoverByPasskey(client, authenticator, passkey.id), 200)
  expectStatus(await client.put(forgotten, { newPassword }), 204)

  const byEmail = await proveMailbox(world, await world.addAccount())
  await openAll(byEmail, `${forgotten} /forgotten`)
  // The sweep ends it, and the sign-in of a right password too.
  expectStatus(await givePassword(world.client(), await world.addAccount()), 200)
}

async function activate(world: World): Promise<void> {
  const account = await accountWithoutPassword(world)
  const unknown = await giveActivation(world, { loginId: 'nobody-has-this' }, 'none')
  expectProblem(unknown.answer, 400)
  expectProblem((await giveActivation(world, account, 'none')).answer, 400)
  const { client, answer } = await giveActivation(
    world,
    account,
    await activationOf(world, account),
  )
  expectStatus(answer, 200)
  await openAll(client, `${activation} /activate`)
  const first = await world.nextCode(account)
  expectProblem(await client.post(`${activation}/email-code`, { code: otherThan(first) }), 400)
  world.advance(1 * minutes)
  expectStatus(await client.post(`${activation}/email-code/resend`), 200)
  const code = await world.nextCode(account)
  expectStatus(await client.post(`${activation}/email-code`, { code }), 200)
  await openAll(client, '/activate')
  expectStatus(await client.put(activation, { newPassword }), 204)
  const other = await accountWithoutPassword(world)
  const again = await giveActivation(world, other, await activationOf(world, other))
  expectStatus(await again.client.delete(activation), 204)
}

const portalPages =
  '/portal /portal/password /portal/email /portal/notices /portal/notices/address /portal/stop'

async function changeByPasskey(world: World): Promise<void> {
  const holder = await accountWithPasskey(world)
  const { account, client } = holder
  const { password } = account
  await openAll(client, portalPages)
  await proveChange(client, holder)
  expectProblem(await client.put('/api/password', { password: 'wrong', newPassword }), 400)
  expectStatus(await client.put('/api/password', { password, newPassword }), 204)
  const email = `further-${account.email}`
  await proveChange(client, holder)
  expectStatus(await client.post('/api/email', { email, password: newPassword }), 202)
  const code = await world.nextCode({ ...account, email })
  expectProblem(await client.post('/api/email/verify', { code: otherThan(code) }), 400)
  expectStatus(await client.post('/api/email/verify', { code }), 204)
  const now = { ...account, email, password: newPassword }
  await changeNotices(world, { client, account: now, prove: () => proveChange(client, holder) })
  expectStatus(await givePassword(world.client(), { ...account, password: newPassword }), 200)
  expectStatus(await client.delete('/api/session'), 204)
}

async function changeByEmail(world: World): Promise<void> {
  const account = await world.addAccount()
  const client = await world.signIn(account)
  const { password } = account
  expectStatus(await client.post('/api/session/email-code'), 200)
  const first = await world.nextCode(account)
  const wrong = { code: otherThan(first) }
  expectProblem(await client.post('/api/session/email-code/verify', wrong), 400)
  world.advance(1 * minutes)
  await proveChange(client, { world, account })
  await openAll(client, portalPages)
  const email = `further-${account.email}`
  expectStatus(await client.post('/api/email', { email, password }), 202)
  await world.nextCode(account)
  await world.nextCode({ ...account, email })
  world.advance(1 * minutes)
  expectStatus(await client.post('/api/email/resend'), 200)
  await openAll(client, '/portal/email')
  const oldCode = await world.nextCode(account)
  const code = await world.nextCode({ ...account, email })
  const bent = { code, oldCode: otherThan(oldCode) }
  expectProblem(await client.post('/api/email/verify', bent), 400)
  expectStatus(await client.post('/api/email/verify', { code, oldCode }), 204)
  const now = { ...account, email }
  const prove = async () => {
    world.advance(1 * minutes)
    await proveChange(client, { world, account: now })
  }
  await changeNotices(world, { client, account: now, prove })
  await prove()
  expectStatus(await client.put('/api/password', { password, newPassword }), 204)
  await prove()
  expectStatus(await client.delete('/api/sessions'), 204)
}

interface Changing {
  readonly client: HttpClient
  readonly account: TestAccount
  readonly prove: () => Promise<void>
}

async function changeNotices(world: World, { client, account, prove }: Changing): Promise<void> {
  const { password } = account
  const email = `second-${account.email}`
  await openAll(client, '/api/notices')
  await prove()
  expectStatus(await client.put('/api/notices', { everySignIn: true, password }), 200)
  await prove()
  expectStatus(await client.post('/api/notices/address', { email, password }), 202)
  await world.nextCode({ ...account, email })
  world.advance(1 * minutes)
  expectStatus(await client.post('/api/notices/address/resend'), 200)
  await openAll(client, '/portal/notices/address')
  const code = await world.nextCode({ ...account, email })
  const wrong = { code: otherThan(code) }
  expectProblem(await client.post('/api/notices/address/verify', wrong), 400)
  expectStatus(await client.post('/api/notices/address/verify', { code }), 204)
  await prove()
  expectStatus(await client.delete('/api/notices/address', { password }), 204)
}

async function changeBreached(world: World, list: BreachedList): Promise<void> {
  const account = await world.addAccount()
  list.hold([account.password])
  const client = await world.signIn(account)
  list.hold([])
  const { password } = account
  expectProblem(await client.get('/api/passkeys'), 403)
  await openAll(client, '/api/session /portal/password')
  expectStatus(await client.put('/api/password', { password, newPassword }), 204)
}

/** Gives a right password in a browser, and stops at the second factor. */
async function stopAtFactor(
  world: World,
  account: TestAccount,
  client = world.client(),
): Promise<void> {
  expectStatus(await givePassword(client, account), 200)
  expectStatus(await client.post('/api/sign-in/stop'), 204)
}

async function stopAndLift(world: World): Promise<void> {
  const holder = await accountWithPasskey(world)
  const { account, client } = holder
  for (const level of ['withdrawal', 'trading']) {
    expectStatus(await client.post('/api/stop', { level }), 204)
  }
  await openAll(client, '/portal /api/session /portal/stop')
  await proveChange(client, holder)
  expectStatus(await client.delete('/api/stop', {}), 204)
  await stopAtFactor(world, account, client)
  const byEmail = await world.addAccount()
  const own = await world.signIn(byEmail)
  expectStatus(await own.post('/api/stop', { level: 'withdrawal' }), 204)
  await proveChange(own, { world, account: byEmail })
  expectProblem(await own.delete('/api/stop', { password: byEmail.password }), 409)
  world.advance(25 * hours)
  const later = await world.signIn(byEmail)
  await proveChange(later, { world, account: byEmail })
  expectStatus(await later.delete('/api/stop', { password: byEmail.password }), 204)
  expectStatus(await later.post('/api/stop', {}), 204)
  // Of a session that the stop has ended, its browser asks why.
  await openAll(later, '/sign-in')
}

async function stopByTelephone(world: World): Promise<void> {
  const { loginId } = await world.addAccount()
  const url = `http://127.0.0.1:${world.nodes[0]?.telephonePort ?? 0}/telephone/stop`
  const send = async (body: object, key: string) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
  }
  const answers = [
    await send({ loginId }, telephoneKey),
    await send({ loginId, level: 'sign-in' }, telephoneKey),
    await send({ loginId: 'nobody-has-this' }, telephoneKey),
    await send({ loginId }, 'not the key'),
  ]
  if (answers.join(' ') !== '202 202 202 401') throw new Error(`telephone: ${answers.join(' ')}`)
}

/** What the desk does of it: it reopens what strangers have stopped, and issues activation codes. */
async function workAtDesk(world: World): Promise<void> {
  const { agent, approver } = await pairAtDesk(world)
  for (let count = 1; count <= 3; count += 1) await stopAtFactor(world, await world.addAccount())
  const from = { stoppedFrom: '127.0.0.1', since: toIso(world.now - 1 * hours) }
  const many = await askedFor(agent, { act: 'reopen-many', ...from })
  expectStatus(await approve(approver, many.id), 200)
  for (const name of ['one', 'other']) {
    const { id: accountId } = await accountRecord(world, await world.addAccount(`${name}-letter`))
    const issued = await askedFor(agent, { act: 'activation-code', accountId })
    expectStatus(await approve(approver, issued.id), 200)
    if (name === 'one') await shown(agent, issued.id)
  }
  const { status, errors } = await world.command(['letters', 'export'])
  if (status !== 0) throw new Error(errors)
}
