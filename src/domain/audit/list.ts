import { failuresWindow, mostFailures } from '../../limits/accounts.ts'
import type { Deps } from '../deps.ts'
import {
  countedEvents,
  listedEvents,
  shownDetail,
  type CountedEvent,
  type ListedEvent,
} from './events.ts'
import { countEvents, selectEvents, selectPasskeyNames } from './store.ts'

interface Activity {
  readonly event: ListedEvent
  readonly at: number
  readonly by: 'holder' | 'support'
  readonly detail: Readonly<Record<string, string | boolean>>
  readonly browser: string | null
  readonly system: string | null
}

/** The failed tries of one kind within `failuresWindow`. */
export interface Failures {
  readonly event: CountedEvent
  readonly count: number
  /** Whether there were more than `count`. */
  readonly orMore: boolean
  readonly lastAt: number
}

type Detail = Readonly<Record<string, unknown>>

/** The events that are listed with the passkey's name, of which the trail has the id alone. */
const namesPasskey: ReadonlySet<ListedEvent> = new Set([
  'authn_passkey_registered',
  'authn_passkey_removed',
  'authn_passkey_suspended',
  'authn_passkey_resumed',
] as const)

/** An account's listed events, the latest first, as its holder may see them; failures are counted below. */
export async function listActivity(
  { db }: Pick<Deps, 'db'>,
  accountId: string,
  most: number,
): Promise<Activity[]> {
  const rows = await selectEvents(db, accountId, listedEvents, most)
  const events = rows.map((row) => {
    const event = row.event as ListedEvent
    return { row, event, detail: shownDetail(event, JSON.parse(row.detail) as Detail) }
  })
  const named = events.filter(({ event }) => namesPasskey.has(event))
  const names = await selectPasskeyNames(
    db,
    accountId,
    named.map(({ detail }) => String(detail['passkey'])),
  )
  return events.map(({ row, event, detail }) => {
    const name = namesPasskey.has(event) ? names.get(String(detail['passkey'])) : undefined
    const isSupport = row.actor.startsWith('operator:')
    return {
      event,
      at: row.at,
      by: isSupport ? 'support' : 'holder',
      detail: name === undefined ? detail : { ...detail, name },
      // An operator at the console has a browser, which the holder is not told.
      browser: isSupport ? null : row.browser,
      system: isSupport ? null : row.system,
    }
  })
}

/** The failed tries at an account, counted by event, the latest first. */
export async function countFailures(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
): Promise<Failures[]> {
  const bounds = { after: now() - failuresWindow, most: mostFailures + 1 }
  const counts = await countEvents(db, accountId, countedEvents, bounds)
  return counts
    .map(({ event, count, lastAt }) => ({
      event: event as CountedEvent,
      count: Math.min(count, mostFailures),
      orMore: count > mostFailures,
      lastAt,
    }))
    .toSorted((one, other) => other.lastAt - one.lastAt)
}
