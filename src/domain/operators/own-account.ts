import { sql } from 'kysely'
import type { DeskOperator } from './operator.ts'

/** Of rows about accounts, those that an operator may read: none is about the own customer account (rule 38). */
export function readableBy({ accountId }: Pick<DeskOperator, 'accountId'>) {
  return accountId === null
    ? sql<boolean>`1 = 1`
    : sql<boolean>`(account_id is null or account_id <> ${accountId})`
}
