import { deskPage } from '../../limits/desk.ts'
import { readableBy, type MayHaveAccount } from '../accounts/own-account.ts'
import { countUpTo } from '../tables/count.ts'
import { fromTheEnd, type Place } from '../tables/place.ts'
import type { Database } from '../tables/tables.ts'
import type { AlertKind } from '../vocabulary/desk.ts'

interface Alert {
  readonly id: string
  readonly at: number
  readonly kind: AlertKind
  readonly accountId: string | null
  readonly operatorId: string | null
  readonly otherId: string | null
  /** JSON. */
  readonly detail: string
}

/** How many alerts were raised since a moment, counted up to `most`. */
export function countAlerts(db: Database, since: number, most: number): Promise<number> {
  return countUpTo(
    db,
    db.selectFrom('alerts').select('at').where('at', '>', since).orderBy('at'),
    most,
  )
}

/** Alerts that the reader may see before a place, the latest first; one more than a page, where there are more. */
export async function selectAlerts(
  db: Database,
  reader: MayHaveAccount,
  before: Place | null,
  most: number = deskPage + 1,
): Promise<readonly Alert[]> {
  const { at, id } = before ?? fromTheEnd
  return db
    .selectFrom('alerts')
    .select(['id', 'at', 'kind', 'detail'])
    .select(['account_id as accountId', 'operator_id as operatorId', 'other_id as otherId'])
    .where((row) => row(row.refTuple('at', 'id'), '<', row.tuple(at, id)))
    .where(readableBy(reader))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}
