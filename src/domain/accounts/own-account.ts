import { sql } from 'kysely'

/** Who has, or has not, an account as a customer. */
export interface MayHaveAccount {
  readonly accountId: string | null
}

/** Of rows about accounts, those that an operator may read: none is about the own customer account (rule 38). */
export function readableBy({ accountId }: MayHaveAccount, column = 'account_id') {
  const about = sql.ref(column)
  return accountId === null
    ? sql<boolean>`1 = 1`
    : sql<boolean>`(${about} is null or ${about} <> ${accountId})`
}
