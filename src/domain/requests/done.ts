// What two operators have done, read from the requests themselves: rule 38 needs no other record.
import { statement } from '../../kernel/db/statement.ts'
import type { Database, Tx } from '../tables/tables.ts'
import type { RequestAct } from '../vocabulary/desk.ts'

/** What two operators have done, as rule 38 remembers it. */
export interface Done {
  readonly names: readonly RequestAct[]
  readonly accountId: string | null
  readonly operatorId: string | null
  readonly askerId: string
  readonly approverId: string
}

type DoneRow = Omit<Done, 'names' | 'approverId'> & { names: string; approverId: string | null }

function readDone(row: DoneRow): Done {
  return { ...row, names: JSON.parse(row.names) as RequestAct[], approverId: row.approverId ?? '' }
}

const doneColumns = [
  'requests.names as names',
  'requests.account_id as accountId',
  'requests.operator_id as operatorId',
  'requests.asker_id as askerId',
  'requests.approver_id as approverId',
] as const

/** What was opened, or approved and waits, for these accounts since a time. */
export async function selectOpenings(
  db: Database | Tx,
  accountIds: readonly string[],
  since: number,
): Promise<readonly Done[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('requests')
    .select(doneColumns)
    .where('account_id', 'in', [...accountIds])
    .where('kind', '=', 'account')
    .where((row) =>
      row.or([
        row('state', '=', 'approved'),
        row.and([row('state', '=', 'done'), row('done_at', '>', since)]),
      ]),
    )
    .execute()
  // What many were reopened by names none of them.
  const many = await db
    .selectFrom('stops')
    .innerJoin('requests', 'requests.id', 'stops.reopened_by')
    .select(doneColumns)
    .select('stops.account_id as accountId')
    .where('stops.account_id', 'in', [...accountIds])
    .where('requests.done_at', '>', since)
    .execute()
  return [...rows, ...many].map(readDone)
}

/**
 * What made, re-enrolled or gave a role to an operator since a time. A code makes or re-enrols when it is used,
 * which may be long after the approval: until then, and from then on, none of the operator's passkeys is older.
 */
export async function selectMakings(
  db: Database | Tx,
  since: number,
  codesLive: number,
): Promise<readonly Done[]> {
  const rows = await makings.all(db, { since, madeSince: since - codesLive })
  return rows.filter(({ text }) => givesSomething(text)).map(({ text: _, ...row }) => readDone(row))
}

/**
 * Whether what was signed gives an operator anything that she had not: a role that is only taken makes nobody. What
 * cannot be read any more counts.
 */
function givesSomething(text: string): boolean {
  if (text === '') return true
  const { acts } = JSON.parse(text) as { acts: readonly ChangeOfRoles[] }
  return acts.some(
    ({ act, before, after }) =>
      act !== 'change-roles' || after.roles.some((role) => !before.roles.includes(role)),
  )
}

interface ChangeOfRoles {
  readonly act: RequestAct
  readonly before: { readonly roles: readonly string[] }
  readonly after: { readonly roles: readonly string[] }
}

const makings = statement(
  (db: Database, { since, madeSince }: { since: number; madeSince: number }) =>
    db
      .selectFrom('requests')
      .select(doneColumns)
      .select('requests.text as text')
      .where('kind', '=', 'operator')
      .where('state', '=', 'done')
      .where('done_at', '>', madeSince)
      .where((row) =>
        row.or([
          row('done_at', '>', since),
          row.and([
            row('names', '<>', JSON.stringify(['change-roles'])),
            row.not(
              row.exists(
                row
                  .selectFrom('operator_passkeys')
                  .select('operator_passkeys.id')
                  .whereRef('operator_passkeys.operator_id', '=', 'requests.operator_id')
                  .where('operator_passkeys.ended_at', 'is', null)
                  .where('operator_passkeys.created_at', '<=', since),
              ),
            ),
          ]),
        ]),
      ),
)

interface PairSince {
  readonly operatorId: string
  readonly otherId: string
  readonly since: number
  readonly most: number
}

/** How many requests of one of the two the other has approved since a moment, and were done; up to `most`. */
export async function countDoneByPair(
  tx: Tx,
  { operatorId, otherId, since, most }: PairSince,
): Promise<number> {
  const rows = await tx
    .selectFrom('requests')
    .select('id')
    .where('approver_id', 'in', [operatorId, otherId])
    .where('decided_at', '>', since)
    // Nobody approves her own.
    .where('asker_id', 'in', [operatorId, otherId])
    .where('account_id', 'is not', null)
    .where('state', '=', 'done')
    .limit(most)
    .execute()
  return rows.length
}
