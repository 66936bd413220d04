// Cases of takeover as operators open, take and close them, in a test.
import type { HttpClient } from './http-client.ts'
import { expectStatus } from './world.ts'

export interface Case {
  readonly id: string
  readonly state: string
  readonly claim: string
  readonly openedBy: { id: string }
  readonly investigator: { id: string } | null
  readonly closed: { by: { id: string }; reason: string } | null
}

interface By {
  readonly client: HttpClient
}

/** What who opens a case says of it. */
export const told = {
  claim: '身に覚えのないログイン。\n昨日から。',
  reason: 'the caller says so',
  ticket: 'T-7',
}

/** Opens a case; answers what the API answers. */
export function openCase({ client }: By, accountId: string, changes: object = {}) {
  return client.post<Case>(`/api/accounts/${accountId}/cases`, { ...told, ...changes })
}

/** Opens a case, which is taken down. */
export async function openedCase(by: By, accountId: string): Promise<Case> {
  return expectStatus(await openCase(by, accountId), 201)
}

export function takeCase({ id }: Pick<Case, 'id'>, { client }: By) {
  return client.post<Case>(`/api/cases/${id}/take`)
}

export function closeCase({ id }: Pick<Case, 'id'>, { client }: By) {
  return client.post<Case>(`/api/cases/${id}/close`, { reason: 'it was the holder' })
}
