import type { Database, Tx } from '../storage/tables.ts'

export interface AuditRow {
  readonly id: string
  readonly at: number
  readonly event: string
  readonly account_id: string | null
  readonly login_id_hash: string | null
  readonly actor: string
  readonly detail: string
  readonly address: string | null
  readonly browser: string | null
  readonly system: string | null
  readonly request_id: string | null
}

export async function insertEvent(db: Database | Tx, row: AuditRow): Promise<void> {
  await db.insertInto('audit_events').values(row).execute()
}

export async function selectEvents(
  db: Database,
  accountId: string,
  names: readonly string[],
  most: number,
): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_events')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('event', 'in', names)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}
