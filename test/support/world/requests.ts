// What operators ask and approve, in a test: operators with passkeys and sessions, and the calls of both.
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { randomBytes } from 'node:crypto'
import { transact } from '../../../src/domain/act.ts'
import { fromNowhere } from '../../../src/domain/actor.ts'
import type { DeskOperator } from '../../../src/domain/operators/operator.ts'
import { insertOperatorPasskey } from '../../../src/domain/operators/passkeys.ts'
import { insertOperatorSession } from '../../../src/domain/operators/sessions.ts'
import { insertOperator } from '../../../src/domain/operators/store.ts'
import { registrationAnswer } from '../../../src/domain/passkeys/answers.ts'
import { verifyRegistration } from '../../../src/domain/passkeys/verify.ts'
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import { hashToken, newId, newToken } from '../../../src/kernel/secrets.ts'
import type { RunningConsole } from '../../../src/node/console.ts'
import { cookieName } from '../../../src/surfaces/frame/site.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import { deskAuthenticator, deskClient } from './desk.ts'
import type { Answer, HttpClient } from './http-client.ts'
import { expectStatus, type World } from './world.ts'

/** A member of the desk who is signed in. */
export interface AtDesk {
  readonly operator: DeskOperator
  readonly client: HttpClient
  readonly authenticator: SoftwareAuthenticator
  readonly passkeyId: string
}

interface NewOperator {
  readonly roles: readonly OperatorRole[]
  readonly name?: string
  readonly accountId?: string | null
  /** Synced passkeys do not count. */
  readonly counts?: boolean
}

/** An operator as the command line makes one, with a passkey, who is signed in. */
export async function atDesk(
  world: World,
  desk: RunningConsole,
  { roles, name = `担当 ${randomBytes(3).toString('hex')}`, accountId = null, counts }: NewOperator,
): Promise<AtDesk> {
  const { deps } = desk
  const operator: DeskOperator = {
    ...{ id: newId(), name, contact: 'desk@example.jp', roles, accountId, version: 1 },
    userHandle: randomBytes(64).toString('base64url'),
    ...{ createdAt: world.now, closedAt: null },
  }
  const authenticator = deskAuthenticator(world, counts === undefined ? {} : { counts })
  const challenge = randomBytes(32).toString('base64url')
  const answer = await authenticator.create({
    challenge,
    rp: { id: deps.site.rpId, name: 'desk' },
    user: { id: operator.userHandle, name, displayName: name },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const { attachment: _, ...credential } = await verifyRegistration(
    deps.site,
    challenge,
    registrationAnswer.parse(answer),
  )
  const passkeyId = newId()
  await transact(deps, fromNowhere('system'), async ({ tx, now }) => {
    await insertOperator(tx, operator)
    const life = { createdAt: now, lastUsedAt: null, endedAt: null }
    await insertOperatorPasskey(tx, {
      ...credential,
      ...{ id: passkeyId, operatorId: operator.id, ...life },
    })
  })
  const seat = { operator, client: deskClient(desk), authenticator, passkeyId }
  await signInAgain(world, desk, seat)
  return seat
}

/** Another session in the same browser, as after a sign-in. */
export async function signInAgain(
  { now }: Pick<World, 'now'>,
  { deps }: RunningConsole,
  { operator, client, passkeyId }: AtDesk,
): Promise<void> {
  const token = newToken()
  await transact(deps, fromNowhere('system'), ({ tx }) =>
    insertOperatorSession(tx, {
      ...{ id: newId(), tokenHash: hashToken(token), operatorId: operator.id, passkeyId },
      ...{ browser: 'Chrome', system: 'Windows', now },
    }),
  )
  client.setCookie(cookieName(deps.site, 'session'), token)
}

export interface Asked {
  readonly id: string
  readonly act: string
  readonly acts: readonly string[]
  readonly state: string
  readonly text: string
  readonly digest: string
  readonly expiresAt: string
  readonly approverSignedIn: boolean
}

export const checks = ['name', 'birthday', 'call-back']

/** What every request has beside its act. */
export const why = { reason: '機種変更', ticket: 'T-1', checks }

/** Asks for one act, which is taken. */
export async function askedFor({ client }: AtDesk, body: object): Promise<Asked> {
  return expectStatus(await client.post<Asked>('/api/requests', { ...why, ...body }), 201)
}

export async function approvalOptions({ client }: Pick<AtDesk, 'client'>, id: string) {
  const path = `/api/requests/${id}/approval/options`
  return client.post<PublicKeyCredentialRequestOptionsJSON>(path)
}

export interface ApprovedAnswer {
  readonly state: string
  readonly takesEffectAt: string | null
  readonly codeHalf: string | null
}

/** Signs and sends an approval; answers what the API answers. */
export async function approve(
  { client, authenticator }: Pick<AtDesk, 'client' | 'authenticator'>,
  id: string,
): Promise<Answer<ApprovedAnswer>> {
  const options = await approvalOptions({ client }, id)
  if (options.status !== 200) return options as Answer<unknown> as Answer<ApprovedAnswer>
  const answer = await authenticator.get(options.body)
  return client.post<ApprovedAnswer>(`/api/requests/${id}/approval`, answer)
}

export async function shown({ client }: Pick<AtDesk, 'client'>, id: string) {
  return expectStatus(
    await client.get<Readonly<Record<string, unknown>>>(`/api/requests/${id}`),
    200,
  )
}
