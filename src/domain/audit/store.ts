import { sql, type SelectQueryBuilder } from 'kysely'
import type { Device } from '../../kernel/http/user-agent.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tables, Tx } from '../tables/tables.ts'
import { readActor } from './actor-shown.ts'

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

export function eventsInsertion(tx: Tx, rows: readonly AuditRow[]) {
  return tx.insertInto('audit_events').values(rows)
}

/** When the last event happened; null when there is none. */
export async function selectLastEventAt(db: Database): Promise<number | null> {
  const last = db.selectFrom('audit_events').select('at').orderBy('at', 'desc').limit(1)
  return (await last.executeTakeFirst())?.at ?? null
}

/** The latest events of these names. */
export async function selectEvents(
  db: Database,
  accountId: string,
  names: readonly string[],
  most: number,
): Promise<AuditRow[]> {
  return selectLatest(db, names, most, (name) => latest(db, accountId, name, most).selectAll())
}

type EventsOf = (name: string) => SelectQueryBuilder<Tables, 'audit_events', AuditRow>

/** The latest of the events of these names. */
export async function selectLatest(
  db: Database,
  names: readonly string[],
  most: number,
  eventsOf: EventsOf,
): Promise<AuditRow[]> {
  return ofEach(db, names, eventsOf).limit(most).execute()
}

/** Each name is a separate index lookup, so that a flood of events of other names does not slow it down. */
function ofEach(db: Database, names: readonly string[], eventsOf: EventsOf) {
  return names
    .map((name) => db.selectFrom(eventsOf(name).as('events')).selectAll())
    .reduce((all, one) => all.unionAll(one))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
}

interface Lately {
  readonly after: number
  /** Of each name: a flood of one hides no other. */
  readonly ofEach: number
}

/** The latest events of each of these names after a moment, the last one first. */
export async function selectOfEach(
  db: Database,
  accountId: string,
  names: readonly string[],
  lately: Lately,
): Promise<AuditRow[]> {
  return ofEach(db, names, (name) => latestAfter(db, accountId, name, lately)).execute()
}

/** Those among these events that a browser of that kind has caused. */
export async function selectOfBrowser(
  db: Database,
  accountId: string,
  names: readonly string[],
  { browser, system, most, ...lately }: Lately & Device & { readonly most: number },
): Promise<AuditRow[]> {
  const all = ofEach(db, names, (name) => latestAfter(db, accountId, name, lately))
  return db
    .selectFrom(all.as('events'))
    .selectAll()
    .where('browser', browser === null ? 'is' : '=', browser)
    .where('system', system === null ? 'is' : '=', system)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

function latestAfter(db: Database, accountId: string | null, name: string, lately: Lately) {
  return latest(db, accountId, name, lately.ofEach).selectAll().where('at', '>', lately.after)
}

/** When the address of each of these accounts was last set; none of those whose first one it is. */
export async function selectEmailsSetAt(
  db: Database | Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('audit_events')
    .select('account_id as accountId')
    .select(({ fn }) => fn.max('at').as('at'))
    .where('account_id', 'in', [...accountIds])
    .where('event', '=', 'user_updated')
    // Beside the operator's reason, in which quotes are escaped.
    .where('detail', 'like', '%"what":"email"%')
    .groupBy('account_id')
    .execute()
  return new Map(rows.map(({ accountId, at }) => [accountId ?? '', Number(at)]))
}

/** Whether an operator has caused one of these events of an account after a moment. */
export async function wasDoneByOperator(
  tx: Tx,
  accountId: string,
  names: readonly string[],
  after: number,
): Promise<boolean> {
  const found = await tx
    .selectFrom('audit_events')
    .select('id')
    .where('account_id', '=', accountId)
    .where('event', 'in', names)
    .where('at', '>', after)
    .where('actor', 'like', 'operator:%')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Who has closed a case of one of these accounts, or taken one from another, after a moment. */
export async function selectCaseTurns(
  db: Database | Tx,
  accountIds: readonly string[],
  after: number,
): Promise<readonly { readonly accountId: string; readonly operatorId: string }[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('audit_events')
    .select(['account_id as accountId', 'event', 'actor', 'detail'])
    .where('account_id', 'in', accountIds)
    .where('event', 'in', ['user_suspicion_taken', 'user_suspicion_ended'])
    .where('at', '>', after)
    .execute()
  return rows.flatMap(({ accountId, event, actor, detail }) => {
    const { id: operatorId } = readActor(actor)
    const { over } = JSON.parse(detail) as { readonly over?: boolean }
    const counts = event === 'user_suspicion_ended' || over === true
    return counts && accountId !== null && operatorId !== null ? [{ accountId, operatorId }] : []
  })
}

/** What the command line did to the installation, of no account, after a moment. */
interface ByCommand {
  readonly names: readonly string[]
  readonly after: number
}

/** The latest of these events that were caused by a command. */
export async function selectEventsByCommand(
  db: Database,
  { names, after }: ByCommand,
  most: number,
): Promise<AuditRow[]> {
  return selectLatest(db, names, most, (name) =>
    latestAfter(db, null, name, { after, ofEach: most }).where('detail', 'like', fromCommand),
  )
}

/** How many of these events were caused by a command. */
export async function countEventsByCommand(
  db: Database,
  { names, after }: ByCommand,
): Promise<number> {
  const { count } = await db
    .selectFrom('audit_events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', 'is', null)
    .where('event', 'in', [...names])
    .where('at', '>', after)
    .where('detail', 'like', fromCommand)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Beside the reason of who ran the command, in which quotes are escaped. */
const fromCommand = '%"from":"command"%'

/** The names of an account's passkeys among these, by id. */
export async function selectPasskeyNames(
  db: Database | Tx,
  accountId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('passkeys')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The latest event of this name before a time. */
export async function selectLastBefore(
  db: Database,
  accountId: string,
  name: string,
  before: number,
): Promise<Pick<AuditRow, 'at' | 'browser' | 'system'> | undefined> {
  return latest(db, accountId, name, 1)
    .select(['at', 'browser', 'system'])
    .where('at', '<', before)
    .executeTakeFirst()
}

/** Deletes a batch of the events that happened before a time; only the owner of the tables may. */
export function deleteEventsBefore(db: Database, time: number): Promise<number> {
  const where = sql`at < ${time}`
  return deleteBatch(db, { table: 'audit_events', key: ['id'], where, by: 'at' })
}

interface EventCount {
  readonly event: string
  readonly count: number
  readonly lastAt: number
}

/** Counts the events of each name after a moment, up to `most`, with the time of the latest. */
export async function countEvents(
  db: Database,
  accountId: string,
  names: readonly string[],
  { after, most }: { after: number; most: number },
): Promise<EventCount[]> {
  const rows = await names
    .map((name) => {
      const events = latest(db, accountId, name, most)
        .select(['event', 'at'])
        .where('at', '>', after)
      return db
        .selectFrom(events.as('events'))
        .select(({ fn }) => ['event', fn.countAll<number>().as('count'), fn.max('at').as('lastAt')])
        .groupBy('event')
    })
    .reduce((all, one) => all.unionAll(one))
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count), lastAt: Number(row.lastAt) }))
}

/** The latest events of one name, of an account or (`null`) of none. */
export function latest(db: Database, accountId: string | null, name: string, most: number) {
  return db
    .selectFrom('audit_events')
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .where('event', '=', name)
    .orderBy('at', 'desc')
    .limit(most)
}
