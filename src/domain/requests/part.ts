import { days } from '../../kernel/clock.ts'
import type { Tx } from '../tables/tables.ts'

/**
 * Whether an operator has a part in what a case is about: she asked for or approved what is open for its account,
 * what the case ended, or what was done in the day before it. What its investigator approves later is no such part.
 */
export async function hasPart(
  tx: Tx,
  operatorId: string,
  { accountId, openedAt }: { readonly accountId: string; readonly openedAt: number },
): Promise<boolean> {
  const found = await tx
    .selectFrom('requests')
    .select('id')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'account')
    .where((row) => row.or([row('asker_id', '=', operatorId), row('approver_id', '=', operatorId)]))
    .where((row) =>
      row.or([
        row('state', 'in', ['waiting', 'approved']),
        row.and([
          row('state', '=', 'lapsed'),
          row('closed_reason', '=', 'case_open'),
          row('decided_at', '>=', openedAt),
        ]),
        row.and([
          row('state', '=', 'done'),
          row('done_at', '>', openedAt - days),
          row.or([row('asker_id', '=', operatorId), row('done_at', '<=', openedAt)]),
        ]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
