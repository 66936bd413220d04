import type { Database, Tx } from '../tables/tables.ts'
import type { Passkey } from './passkey.ts'
import { selectLivePasskeys } from './store.ts'

/** The live passkeys of an account: last used first, never used last. */
export async function listPasskeys(
  db: Database | Tx,
  accountId: string,
): Promise<readonly Passkey[]> {
  return selectLivePasskeys(db, accountId)
}
