// What operators ask and approve, in a test.
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { RunningConsole } from '../../../src/node/console.ts'
import { accountRecord } from '../checks/records.ts'
import { enrolOperator, signInAtDesk, type EnrolledOperator } from './desk.ts'
import type { Answer } from './http-client.ts'
import { accountWithPasskey } from './journeys.ts'
import { randomLetters } from './random-letters.ts'
import { expectStatus, type World } from './world.ts'

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

/** A customer with a passkey that two operators are to remove. */
export async function customerWhoLost(world: World) {
  const customer = await accountWithPasskey(world)
  const { id: accountId } = await accountRecord(world, customer.account)
  const body = { act: 'remove-passkey', accountId, passkeyId: customer.passkey.id }
  return { ...customer, accountId, body }
}

/** How many passkeys an account has that were not removed. */
export async function countPasskeys(world: World, accountId: string): Promise<number> {
  const rows = await world.deps.db
    .selectFrom('passkeys')
    .select('id')
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.length
}
