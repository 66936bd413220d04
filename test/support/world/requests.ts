// What operators ask and approve, in a test.
import assert from 'node:assert/strict'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { writeApproval } from '../../../src/domain/requests/challenge.ts'
import type { RunningConsole } from '../../../src/node/console.ts'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import { accountRecord } from '../checks/records.ts'
import { enrolOperator, signInAtDesk, type EnrolledOperator } from './desk.ts'
import type { Answer } from './http-client.ts'
import { accountWithPasskey } from './journeys.ts'
import { randomLetters } from './random-letters.ts'
import { expectProblem, expectStatus, type World } from './world.ts'

/** A member of the desk who is signed in. */
export type AtDesk = EnrolledOperator

type Wishes = Parameters<typeof enrolOperator>[2]

/** An operator of the command line, with a name of her own, who is signed in. */
export function atDesk(world: World, desk: RunningConsole, wishes: Wishes): Promise<AtDesk> {
  return enrolOperator(world, desk, { name: `担当 ${randomLetters(6)}`, ...wishes })
}

/** A console with an agent and an approver at it. */
export async function pairAtDesk(world: World, env?: Parameters<World['startConsole']>[0]) {
  const desk = await world.startConsole(env)
  const agent = await atDesk(world, desk, { roles: ['agent'] })
  const approver = await atDesk(world, desk, { roles: ['approver'] })
  return { desk, agent, approver }
}

/** Another session in the same browser. */
export async function signInAgain({ client, authenticator }: AtDesk): Promise<void> {
  expectStatus(await signInAtDesk(client, authenticator), 200)
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

type Signing = Pick<AtDesk, 'client' | 'authenticator'>
type Approval = Awaited<ReturnType<SoftwareAuthenticator['get']>>

/** An approval as its page signs it, for whoever is given the options. */
export async function signApproval(
  { client, authenticator }: Signing,
  id: string,
): Promise<Approval> {
  return authenticator.get(expectStatus(await approvalOptions({ client }, id), 200))
}

/** Sends an approval; answers what the API answers. */
export async function sendApproval(
  { client }: Pick<AtDesk, 'client'>,
  id: string,
  approval: Approval,
): Promise<Answer<ApprovedAnswer>> {
  return client.post<ApprovedAnswer>(`/api/requests/${id}/approval`, approval)
}

/** Signs and sends an approval; answers what the API answers to it. Throws where the options are refused. */
export async function approve(one: Signing, id: string): Promise<Answer<ApprovedAnswer>> {
  return sendApproval(one, id, await signApproval(one, id))
}

/** An approval that is signed rightly though nobody would give the options: its challenge has the server's mark. */
export async function signUnasked(world: World, one: AtDesk, id: string): Promise<Approval> {
  const { db, keys } = world.deps
  const { digest } = await db
    .selectFrom('requests')
    .select('digest')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { version } = await db
    .selectFrom('operators')
    .select('version')
    .where('id', '=', one.operator.id)
    .executeTakeFirstOrThrow()
  const session = await db
    .selectFrom('operator_sessions')
    .select('id')
    .where('operator_id', '=', one.operator.id)
    .orderBy('signed_in_at', 'desc')
    .executeTakeFirstOrThrow()
  const challenge = writeApproval(keys, digest, {
    ...{ requestId: id, operatorId: one.operator.id, operatorVersion: version },
    ...{ sessionId: session.id, begunAt: world.now },
  })
  const { rpId } = world.config.console
  return one.authenticator.get({ challenge, rpId, userVerification: 'required' })
}

/**
 * That neither the options nor an approval that is signed rightly are accepted, for the same reason, which it returns:
 * what keeps this operator from it, or else the code.
 */
export async function refusedApproval(
  world: World,
  one: AtDesk,
  id: string,
  status: number,
): Promise<string> {
  const [asked, sent] = [
    await approvalOptions(one, id),
    await sendApproval(one, id, await signUnasked(world, one, id)),
  ].map((answer) => {
    const code = expectProblem(answer, status)
    return (answer.body as { readonly why?: string }).why ?? code
  })
  assert.equal(sent, asked, 'the approval is refused for another reason than its options')
  return sent ?? ''
}

export async function shown({ client }: Pick<AtDesk, 'client'>, id: string) {
  return expectStatus(
    await client.get<Readonly<Record<string, unknown>>>(`/api/requests/${id}`),
    200,
  )
}

/** A customer with a passkey that two operators are to remove. */
export async function customerWhoLost(world: World) {
  const customer = await accountWithPasskey(world)
  const { id: accountId } = await accountRecord(world, customer.account)
  const body = { act: 'remove-passkey', accountId, passkeyId: customer.passkey.id }
  return { ...customer, accountId, body }
}

/** How many passkeys an account has that were not removed, the suspended ones too. */
export async function countUnremovedPasskeys(world: World, accountId: string): Promise<number> {
  const rows = await world.deps.db
    .selectFrom('passkeys')
    .select('id')
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.length
}
