import type { Deps } from '../deps.ts'
import { auditEvents } from './events.ts'
import { selectEvents } from './store.ts'

export interface Activity {
  readonly event: string
  readonly at: number
  readonly by: 'holder' | 'support'
  readonly detail: Readonly<Record<string, unknown>>
  readonly browser: string | null
  readonly system: string | null
}

const forHolder = Object.entries(auditEvents).flatMap(([name, { holder }]) =>
  holder ? [name] : [],
)

/** What happened to an account, the latest first, as its holder may see it. */
export async function listActivity(
  { db }: Pick<Deps, 'db'>,
  accountId: string,
  most = 20,
): Promise<Activity[]> {
  const rows = await selectEvents(db, accountId, forHolder, most)
  return rows.map((row) => ({
    event: row.event,
    at: row.at,
    by: row.actor.startsWith('operator:') ? 'support' : 'holder',
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    browser: row.browser,
    system: row.system,
  }))
}
