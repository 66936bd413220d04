import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { findAccount } from '../../domain/accounts/find.ts'
import type { ActDeps } from '../../domain/act.ts'
import type { Deps } from '../../domain/deps.ts'
import { addAccount } from '../../operations/support/add-account.ts'

export interface DemoAccount {
  readonly loginId: string
  readonly displayName: string
  readonly email: string
  readonly password: string
}

const people = [
  { loginId: 'hanako', displayName: '田中 花子', email: 'hanako@example.jp' },
  { loginId: 'ichiro', displayName: '鈴木 一郎', email: 'ichiro@example.jp' },
  { loginId: 'sakura', displayName: '佐藤 さくら', email: 'sakura@example.jp' },
] as const

/** The demo's accounts. The first start makes their passwords and keeps them beside the database. */
export async function prepareDemoAccounts(
  deps: ActDeps & Pick<Deps, 'hasher'>,
  file: string,
): Promise<readonly DemoAccount[]> {
  const accounts = readAccounts(file)
  for (const account of accounts) {
    if (await findAccount(deps, account.loginId)) continue
    const added = await addAccount(deps, account, { name: 'demo' })
    if (typeof added === 'string') throw new Error(`${file}: ${account.loginId}: ${added}`)
  }
  return accounts
}

function readAccounts(file: string): readonly DemoAccount[] {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]
  const accounts = people.map((person) => ({ ...person, password: newPassword() }))
  writeFileSync(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  return accounts
}

/** Three groups of letters that are easy to read and to type: about 66 bits. */
function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz'
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group()].join('-')
}
