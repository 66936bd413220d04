// The way back to the application that a person came from: into the portal, through its pages and a
// sign-in, and out again. It stands in the query of the portal's addresses, and leads nowhere but to what
// the application registered.
import { nameIn } from '../../domain/clients/client.ts'
import { findClient } from '../../domain/clients/store.ts'
import { readContinueTo } from '../../domain/sign-ins/continue-to.ts'
import { readToken } from '../frame/cookies.ts'
import type { Visit } from '../frame/visit.ts'
import { findAskingApplication } from './asking.ts'

export interface WayBack {
  /** The name of the application. */
  readonly name: string
  /** The application's request, while it waits for the person, else its home. */
  readonly address: string
  /** Where giving up leads. */
  readonly leaveTo: string
  /** Says the same in the query of a portal's address. */
  readonly query: Readonly<Record<string, string>>
}

/** The query for a person who comes from that application, or from its request (`continueTo`). */
export function wayBackQuery(application: string, continueTo?: string): WayBack['query'] {
  return { application, ...(continueTo !== undefined && { continueTo }) }
}

/** The way that a query names; null for none, and for whatever was not registered. */
export async function findWayBack(visit: Visit, query: URLSearchParams): Promise<WayBack | null> {
  const deps = visit.get('deps')
  const language = visit.get('language')
  const continueTo = readContinueTo(query.get('continueTo'), deps.site.origin)
  const authorization = readToken(visit, 'authorization')
  const asking = await findAskingApplication(deps, continueTo, authorization, language)
  if (asking) {
    const { clientId, name, leaveTo } = asking
    return { name, address: continueTo, leaveTo, query: wayBackQuery(clientId, continueTo) }
  }
  const client = await findClient(deps.db, query.get('application') ?? '')
  const home = client?.settings.homeUri
  if (!client || !home) return null
  return {
    name: nameIn(client, language),
    address: home,
    leaveTo: home,
    query: wayBackQuery(client.id),
  }
}

/** An address of the portal that keeps the way back. */
export function onward(
  path: string,
  back: Pick<WayBack, 'query'> | null,
  own: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...own, ...back?.query }).toString()
  return query === '' ? path : `${path}?${query}`
}
