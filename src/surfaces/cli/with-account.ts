import type { Account } from '../../domain/accounts/account.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import type { Operator } from '../../domain/actor.ts'
import type { Deps } from '../../domain/deps.ts'
import { Problem } from '../../kernel/http/problem.ts'
import {
  systemUser,
  withDatabase,
  type Answer,
  type CommandDeps,
  type Terminal,
} from './command.ts'

/** The account of a login ID; 404 `not_found`. */
export async function requireAccount(deps: Pick<Deps, 'db'>, loginId: string): Promise<Account> {
  const account = await findAccount(deps, loginId)
  if (!account) throw new Problem('not_found')
  return account
}

/** Lets the system user work on the account that the options name; 404 `not_found`. */
export function withAccount(
  terminal: Terminal,
  { 'login-id': loginId, reason }: Readonly<Record<'login-id' | 'reason', string>>,
  work: (deps: CommandDeps, account: Account, operator: Required<Operator>) => Promise<Answer>,
): Promise<Answer> {
  return withDatabase(terminal, async (deps) =>
    work(deps, await requireAccount(deps, loginId), { name: systemUser(), reason }),
  )
}
