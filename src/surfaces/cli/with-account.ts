import type { Account } from '../../domain/accounts/account.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import type { Operator } from '../../domain/actor.ts'
import { selectOpenCasesOf } from '../../domain/cases/store.ts'
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

type Work = (deps: CommandDeps, account: Account, operator: Required<Operator>) => Promise<Answer>

type Who = Readonly<Record<'login-id' | 'reason', string>>

/** Lets the system user work on the account that the options name; 404 `not_found`. */
export function withAccount(
  terminal: Terminal,
  { 'login-id': loginId, reason }: Who,
  work: Work,
): Promise<Answer> {
  return withDatabase(terminal, async (deps) =>
    work(deps, await requireAccount(deps, loginId), { name: systemUser(), reason }),
  )
}

/** As `withAccount`, for what opens something: an open case of takeover does not keep it, and is told. */
export function withOpening(terminal: Terminal, who: Who, work: Work): Promise<Answer> {
  return withAccount(terminal, who, async (deps, account, operator) => {
    const { found, words, ...answer } = await work(deps, account, operator)
    const hasCase = (await selectOpenCasesOf(deps.db, [account.id])).has(account.id)
    const told = 'a case of takeover is open for it: tell the approver who investigates'
    return {
      ...answer,
      found: { ...found, caseOpen: hasCase },
      words: hasCase ? [...words, told] : words,
    }
  })
}
