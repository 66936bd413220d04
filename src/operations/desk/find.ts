// What an operator names by its id.
import type { Account } from '../../domain/accounts/account.ts'
import { selectAccount } from '../../domain/accounts/find.ts'
import type { DeskRequest } from '../../domain/requests/request.ts'
import { selectRequest } from '../../domain/requests/store.ts'
import type { Database, Tx } from '../../domain/tables/tables.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'

/** The account of an id, an erased one too; 404 `not_found`. */
export async function findAccountById(db: Database | Tx, id: string): Promise<Account> {
  const account = isId(id) ? await selectAccount(db, id) : undefined
  if (!account) throw new Problem('not_found')
  return account
}

/** Throws 404 `not_found` for an account that was erased, and 409 `contract_ended` for one that is closed. */
export function requireContract({ lockReason }: Pick<Account, 'lockReason'>): void {
  if (lockReason === 'erased') throw new Problem('not_found')
  if (lockReason === 'closed') throw new Problem('contract_ended')
}

/** The request of an id; 404 `not_found`. */
export async function findRequest(db: Database, id: string): Promise<DeskRequest> {
  const request = isId(id) ? await selectRequest(db, id) : undefined
  if (!request) throw new Problem('not_found')
  return request
}
