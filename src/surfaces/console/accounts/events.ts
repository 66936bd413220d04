// What happened to an account, as the API says it.
import { z } from 'zod'
import { readActor } from '../../../domain/audit/actor-shown.ts'
import { selectPasskeyNames, type AuditRow } from '../../../domain/audit/store.ts'
import { eventKinds, kindOfEvent, selectTimeline } from '../../../domain/audit/timeline.ts'
import type { Database } from '../../../domain/tables/tables.ts'
import { toIso } from '../../../kernel/clock.ts'
import { isoTime } from '../../frame/action.ts'

const maybe = z.string().nullable()

export const eventView = z.object({
  id: z.string(),
  at: isoTime,
  event: z.string(),
  kind: z.enum(eventKinds),
  by: z.object({ who: z.string(), name: maybe, id: maybe }),
  detail: z.record(z.string(), z.unknown()),
  passkeyName: maybe,
  address: maybe,
  browser: maybe,
  system: maybe,
  requestId: maybe,
})

/** A page of an account's events, with the names of the passkeys that they are about. */
export async function readEvents(
  db: Database,
  accountId: string,
  wanted: Parameters<typeof selectTimeline>[2],
) {
  const { events, next } = await selectTimeline(db, accountId, wanted)
  const rows = events.map(readDetail)
  const ids = rows.map(({ detail }) => detail['passkey']).filter((one) => typeof one === 'string')
  const names = await selectPasskeyNames(db, accountId, [...new Set(ids)])
  return { events: rows.map((row) => viewEvent(row, names)), next }
}

function readDetail(row: AuditRow) {
  return { ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }
}

function viewEvent(
  {
    id,
    at,
    event,
    actor,
    detail,
    address,
    browser,
    system,
    request_id: requestId,
  }: ReturnType<typeof readDetail>,
  passkeyNames: ReadonlyMap<string, string>,
): z.output<typeof eventView> {
  return {
    ...{ id, at: toIso(at), event, kind: kindOfEvent(event), by: readActor(actor), detail },
    passkeyName: passkeyNames.get(String(detail['passkey'])) ?? null,
    ...{ address, browser, system, requestId },
  }
}
