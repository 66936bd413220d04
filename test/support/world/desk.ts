// The support desk for a test: its console, and browsers of operators.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { joinHalves } from '../../../src/domain/operators/enrolment-code.ts'
import type { OperatorRole } from '../../../src/domain/vocabulary/desk.ts'
import type { RunningConsole } from '../../../src/node/console.ts'
import { addOperatorByCommand } from '../../../src/operations/operators/operators.ts'
import {
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../authenticator/software-authenticator.ts'
import { HttpClient } from './http-client.ts'
import { expectStatus, type World } from './world.ts'

/** A new browser at the console. */
export function deskClient(desk: RunningConsole): HttpClient {
  const { origin } = desk.deps.site
  return new HttpClient(`http://127.0.0.1:${desk.port}`, { origin, surface: 'console' })
}

/** An authenticator as an operator has it, for the console's relying party. */
export function deskAuthenticator(
  { config }: Pick<World, 'config'>,
  options: Partial<Parameters<typeof createAuthenticator>[0]> = {},
): SoftwareAuthenticator {
  const { origin, rpId } = config.console
  return createAuthenticator({ origin, rpId, ...options })
}

export interface OperatorAnswer {
  readonly id: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
}

export interface EnrolledOperator {
  /** Signed in. */
  readonly client: HttpClient
  readonly authenticator: SoftwareAuthenticator
  readonly operator: OperatorAnswer
}

interface OperatorWishes {
  readonly name?: string
  readonly roles: readonly OperatorRole[]
  readonly email?: string
  /** Her own account as a customer. */
  readonly loginId?: string
}

/** What `operators add` does; returns the whole code. */
export async function addOperator(
  desk: RunningConsole,
  { name = '佐藤 一郎', roles, email, loginId }: OperatorWishes,
): Promise<{ readonly id: string; readonly code: string }> {
  const input = { name, roles, email: email ?? null, loginId: loginId ?? null }
  const added = await addOperatorByCommand(desk.deps, input, { name: 'test' })
  if (typeof added === 'string') throw new Error(added)
  return { id: added.operatorId, code: joinHalves(added.halves) }
}

/** Enrols with a code; answers what the API answers. */
export async function enrolWithCode(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  code: string,
) {
  const options = expectStatus(
    await client.post<PublicKeyCredentialCreationOptionsJSON>('/api/enrolment/options', { code }),
    200,
  )
  const answer = await authenticator.create(options)
  return client.post<{ operator: OperatorAnswer }>('/api/enrolment', answer)
}

/** Signs in at the console; answers what the API answers. */
export async function signInAtDesk(client: HttpClient, authenticator: SoftwareAuthenticator) {
  const options = expectStatus(
    await client.post<PublicKeyCredentialRequestOptionsJSON>('/api/sign-in/options'),
    200,
  )
  const answer = await authenticator.get(options)
  return client.post<{ operator: OperatorAnswer }>('/api/sign-in', answer)
}

/** A new browser in which an operator enrols with a code and signs in. */
export async function enrolAndSignIn(
  world: Pick<World, 'config'>,
  desk: RunningConsole,
  code: string,
): Promise<EnrolledOperator> {
  const { origin } = desk.deps.site
  const [client, authenticator] = [deskClient(desk), deskAuthenticator(world, { origin })]
  expectStatus(await enrolWithCode(client, authenticator, code), 201)
  const { operator } = expectStatus(await signInAtDesk(client, authenticator), 200)
  return { client, authenticator, operator }
}

/** An operator from the command line who has enrolled and is signed in. */
export async function enrolOperator(
  world: Pick<World, 'config'>,
  desk: RunningConsole,
  wishes: OperatorWishes,
): Promise<EnrolledOperator> {
  const { code } = await addOperator(desk, wishes)
  return enrolAndSignIn(world, desk, code)
}
