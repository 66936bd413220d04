import { deskPage } from '../../limits/desk.ts'
import type { Database } from '../tables/tables.ts'

interface OpenSignIn {
  readonly id: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly codeTries: number
}

/** The sign-ins of an account that wait for the second factor, the newest first. */
export async function selectOpenSignIns(
  db: Database,
  { id: accountId, factorsVersion }: { readonly id: string; readonly factorsVersion: number },
  now: number,
): Promise<readonly OpenSignIn[]> {
  return db
    .selectFrom('sign_ins')
    .select(['id', 'created_at as createdAt', 'expires_at as expiresAt', 'code_tries as codeTries'])
    .where('account_id', '=', accountId)
    .where('factors_version', '=', factorsVersion)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(deskPage)
    .execute()
}
