import type { Tx } from '../tables/tables.ts'
import { insertAccount, type NewAccount } from './store.ts'

export type { NewAccount } from './store.ts'

/** Adds an account; false when its login ID is taken. */
export async function addAccount(tx: Tx, account: NewAccount): Promise<boolean> {
  return insertAccount(tx, account)
}
