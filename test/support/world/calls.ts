// Every call of the API with a browser that may make it and a body of the right shape.
import { actions } from '../../../src/surfaces/customer/app.ts'
import type { HttpClient } from './http-client.ts'
import { accountWithPasskey, givePassword } from './journeys.ts'
import { expectStatus, type World } from './world.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly client: HttpClient
  /** Refused all the same, as it proves nothing; null where the call takes none. */
  readonly body: Readonly<Record<string, unknown>> | null
  /** Whether an object without members is a right body too. */
  readonly needsNothing: boolean
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const id = Buffer.alloc(32, 7).toString('base64url')

const answer = (type: string, response: Record<string, unknown>) => ({
  id,
  rawId: id,
  type: 'public-key',
  authenticatorAttachment: 'platform',
  clientExtensionResults: { credProps: { rk: true } },
  response: {
    clientDataJSON: base64url({ type, challenge: id, origin: 'http://localhost:3000' }),
    ...response,
  },
})
const got = answer('webauthn.get', { authenticatorData: id, signature: id, userHandle: id })
const made = answer('webauthn.create', { attestationObject: id, transports: ['internal'] })

const bodies: Readonly<Record<string, Record<string, unknown>>> = {
  'POST /api/sign-in': { loginId: 'nobody-has-this', password: 'not a password' },
  'POST /api/sign-in/email-code': { code: '123456' },
  'POST /api/sign-in/passkey/options': { passkeyId: 'A'.repeat(22) },
  'POST /api/sign-in/passkey': got,
  'POST /api/sign-in/passkey/failure': { passkeyId: 'A'.repeat(22) },
  'POST /api/session/passkey/options': { passkeyId: 'A'.repeat(22), purpose: 'step-up' },
  'POST /api/session/passkey': got,
  'POST /api/session/passkey/failure': { passkeyId: 'A'.repeat(22) },
  'POST /api/session/email-code/verify': { code: '123456' },
  'POST /api/passkeys/email-code/verify': { code: '123456' },
  'POST /api/passkeys/options': { name: 'Windows', device: 'this-device' },
  'POST /api/passkeys': made,
  'POST /api/passkeys/:id/rehearsal': got,
  'POST /api/call-number/answer': { called: false },
  'POST /api/call-number/passkey/options': { passkeyId: 'A'.repeat(22) },
  'POST /api/call-number/passkey': got,
  'POST /api/stop': { level: 'withdrawal' },
  'DELETE /api/stop': { password: 'not a password' },
  'PUT /api/password': { password: 'not the password', newPassword: 'nor a new one of mine' },
  'POST /api/email': { email: 'new@example.jp', password: 'not the password' },
  'POST /api/email/verify': { code: '123456' },
  'PUT /api/notices': { everySignIn: true },
  'POST /api/notices/address': { email: 'second@example.jp' },
  'POST /api/notices/address/verify': { code: '123456' },
  'DELETE /api/notices/address': { password: 'not a password' },
  'PUT /api/second-factor': { method: 'email' },
  'POST /api/forgotten/login-id': { email: 'nobody-has-this@example.jp' },
  'POST /api/forgotten/password': { loginId: 'nobody-has-this' },
  'PUT /api/forgotten/password': { newPassword: 'not set at this step' },
  'POST /api/forgotten/password/email-code': { code: '123456' },
  'POST /api/forgotten/password/passkey/options': { passkeyId: 'A'.repeat(22) },
  'POST /api/forgotten/password/passkey': got,
  'POST /api/forgotten/password/passkey/failure': { passkeyId: 'A'.repeat(22) },
  'POST /api/activation': { loginId: 'nobody-has-this', activationCode: 'not a code' },
  'PUT /api/activation': { newPassword: 'not set at this step' },
  'POST /api/activation/email-code': { code: '123456' },
}

/** They answer so whatever is sent, if only it is a text (rule 44). */
export const alwaysTaken: ReadonlySet<string> = new Set([
  '/api/forgotten/login-id',
  '/api/forgotten/password',
])

/**
 * All calls. Whose code is asked for stands at a code that has run out, so that a wrong one is not
 * counted and changes nothing.
 */
export async function callsOf(world: World): Promise<readonly Call[]> {
  const byEmail = world.client()
  expectStatus(await givePassword(byEmail, await world.addAccount()), 200)
  world.advance(11 * 60_000)
  const { account, client: signedIn } = await accountWithPasskey(world)
  const byPasskey = world.client()
  expectStatus(await givePassword(byPasskey, account), 200)
  const nobody = world.client()
  const forgetful = world.client()
  expectStatus(await forgetful.post('/api/forgotten/password', { loginId: 'nobody-has-this' }), 202)

  const clientOf = (path: string) => {
    if (path === '/api/sign-in' || path === '/api/forgotten/password') return nobody
    if (path.startsWith('/api/forgotten')) return forgetful
    if (path === '/api/sign-in/stop') return nobody
    if (path.startsWith('/api/sign-in/passkey')) return byPasskey
    return path.startsWith('/api/sign-in') ? byEmail : signedIn
  }
  return actions.map(([method, path, action]) => {
    const body = bodies[`${method} ${path}`] ?? null
    if ((action.body === null) !== (body === null)) throw new Error(`no body for ${method} ${path}`)
    const sent = path.replace(':id', 'A'.repeat(22))
    const needsNothing = action.body?.safeParse({}).success ?? false
    // What needs nothing more than to be asked for would be done.
    const client = needsNothing ? nobody : clientOf(path)
    return { method, path: sent, client, body, needsNothing }
  })
}
