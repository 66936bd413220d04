// Finding accounts at the support desk: whole login IDs, addresses and credential IDs, and beginnings of names.
import { sql } from 'kysely'
import { statement } from '../../kernel/db/statement.ts'
import { shortestLoginId } from '../../limits/accounts.ts'
import { mostFound, shortestNamePrefix } from '../../limits/desk.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { accountColumns, type Account } from './account.ts'
import { isEmailAddress } from './email.ts'
import { isLoginId, normaliseLoginId } from './login-id.ts'
import { endOfPrefix, searchName } from './search-name.ts'

interface Found {
  readonly accounts: readonly Account[]
  readonly more: boolean
}

/** A credential ID as base64url; shorter ones are guessed by no authenticator. */
const credentialId = /^[\w-]{16,1364}$/

/** Whether a text is long enough to be looked for at all. */
export function isSearchable(typed: string): boolean {
  const isName = [...searchName(typed)].length >= shortestNamePrefix
  return isName || normaliseLoginId(typed).length >= shortestLoginId
}

/**
 * The accounts that what an operator typed may mean: what matches whole comes first, then names by their
 * beginning, spaces left aside. At most `mostFound`.
 */
export async function searchAccounts(db: Database | Tx, typed: string): Promise<Found> {
  const trimmed = typed.trim()
  // As it was typed, and as it is without a keyboard's full width.
  const [email, folded = email] = [trimmed, trimmed.normalize('NFKC')].filter(isEmailAddress)
  const loginId = normaliseLoginId(typed)
  const prefix = searchName(typed)
  const most = mostFound + 1
  const found = [
    ...(isLoginId(loginId) ? await byLoginId.all(db, { loginId }) : []),
    ...(email && folded ? await byEmail.all(db, { email, folded, most }) : []),
    ...(credentialId.test(trimmed) ? await byCredential.all(db, { credential: trimmed }) : []),
    ...([...prefix].length >= shortestNamePrefix
      ? await byName.all(db, { prefix, end: endOfPrefix(prefix), most })
      : []),
  ]
  const accounts = [...new Map(found.map((one) => [one.id, one])).values()].filter(
    ({ lockReason }) => lockReason !== 'erased',
  )
  return { accounts: accounts.slice(0, mostFound), more: accounts.length > mostFound }
}

/** The accounts of an address, however its letters are written. */
export function selectByEmail(db: Database | Tx, email: string): Promise<readonly Account[]> {
  return byEmail.all(db, { email, folded: email, most: mostFound })
}

function accountsBy(db: Database) {
  return db.selectFrom('accounts').select(accountColumns)
}

const byLoginId = statement((db: Database, { loginId }: { loginId: string }) =>
  accountsBy(db).where('login_id', '=', loginId),
)

interface Written {
  readonly email: string
  readonly folded: string
  readonly most: number
}

const byEmail = statement((db: Database, { email, folded, most }: Written) =>
  accountsBy(db)
    .where(
      sql<boolean>`lower(email) in (lower(cast(${email} as text)), lower(cast(${folded} as text)))`,
    )
    .limit(most),
)

const byCredential = statement((db: Database, { credential }: { credential: string }) =>
  accountsBy(db)
    .innerJoin('passkeys', 'passkeys.account_id', 'accounts.id')
    .where('passkeys.credential_id', '=', credential),
)

interface Prefix {
  readonly prefix: string
  readonly end: string
  readonly most: number
}

const byName = statement((db: Database, { prefix, end, most }: Prefix) =>
  accountsBy(db)
    .where('search_name', '>=', prefix)
    .where('search_name', '<', end)
    .orderBy('search_name')
    .orderBy('accounts.id')
    .limit(most),
)
