// A customer on the telephone with support: the steps, over HTTP, by the calls of both sides.
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { SoftwareAuthenticator } from '../authenticator/software-authenticator.ts'
import type { Seated } from './desk-seats.ts'
import type { HttpClient } from './http-client.ts'
import { expectStatus } from './world.ts'

export interface CallNumberAnswer {
  readonly number: string
  readonly expiresAt: string
}

/** What the page hears when it looks. */
export interface AtPageAnswer {
  readonly expiresAt: string
  readonly check: {
    readonly act: string
    readonly what: string
    readonly state: string
    readonly passkeys: readonly { readonly id: string; readonly name: string }[]
  } | null
}

/** What the agent sees. */
export interface CallAnswer {
  readonly page: string
  readonly step: string | null
  readonly passkeys: readonly { readonly id: string }[]
  readonly suspended: readonly { readonly id: string }[]
  readonly tries: readonly { readonly at: string; readonly event: string; readonly cause: string }[]
  readonly failure: string | null
  readonly facts: readonly string[]
  readonly cause: string
  readonly say: { readonly ja: readonly string[]; readonly en: readonly string[] }
  readonly offers: readonly string[]
  readonly check: { readonly act: string; readonly state: string } | null
  readonly account: { readonly id: string } | null
}

/** Presses 「受付番号を表示」. */
export async function showNumber(
  client: HttpClient,
  said: { readonly page?: string; readonly failure?: string } = {},
): Promise<string> {
  const query = new URLSearchParams(said).toString()
  const shown = await client.post<CallNumberAnswer>(`/api/call-number?${query}`)
  return expectStatus(shown, 201).number
}

export async function atPage(client: HttpClient): Promise<AtPageAnswer> {
  return expectStatus(await client.get<AtPageAnswer>('/api/call-number'), 200)
}

export function lookUp({ client }: Seated, number: string) {
  return client.get<CallAnswer>(`/api/calls/${number}`)
}

export async function seen(agent: Seated, number: string): Promise<CallAnswer> {
  return expectStatus(await lookUp(agent, number), 200)
}

/** The agent sends a check; returns the digits. */
export async function sendCheck(agent: Seated, number: string, body: object): Promise<string> {
  const sent = await agent.client.post<{ digits: string }>(`/api/calls/${number}/check`, body)
  return expectStatus(sent, 201).digits
}

export function sayDigits(client: HttpClient, digits: string) {
  return client.post('/api/call-number/answer', { called: true, digits })
}

export function checkOptions(client: HttpClient, passkeyId: string) {
  return client.post<PublicKeyCredentialRequestOptionsJSON>('/api/call-number/passkey/options', {
    passkeyId,
  })
}

/** Uses the passkey for the check, after the digits. */
export async function confirm(
  client: HttpClient,
  authenticator: SoftwareAuthenticator,
  passkeyId: string,
) {
  const options = expectStatus(await checkOptions(client, passkeyId), 200)
  return client.post('/api/call-number/passkey', await authenticator.get(options))
}

/** Other digits than these. */
export function otherThan(digits: string): string {
  return String((Number(digits) + 1) % 100).padStart(2, '0')
}
