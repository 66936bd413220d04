import { Problem } from '../ground/problem.ts'
import type { Account } from '../accounts/account.ts'
import { findAccount } from '../accounts/find.ts'
import type { Deps } from '../deps.ts'
import type { Caller } from '../ground/visit.ts'

/** Who of the broker does something, and why; both stay on record. */
export interface Operator {
  readonly name: string
  readonly reason: string
}

/** As audit events name an operator. */
export function actorOf({ name }: Operator): string {
  return `operator:${name}`
}

/** A command is called by no browser, in the first language of all mails. */
export const commandCaller: Caller = {
  address: null,
  browser: null,
  system: null,
  requestId: null,
  language: 'ja',
}

/** The account of a login ID; 404 `not_found`. */
export async function requireAccount(deps: Pick<Deps, 'db'>, loginId: string): Promise<Account> {
  const account = await findAccount(deps, loginId)
  if (!account) throw new Problem('not_found', 404)
  return account
}
