import { statement } from '../../kernel/db/statement.ts'
import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { accountColumns } from '../accounts/account.ts'
import type { Acr } from '../factors/factors.ts'
import type { Database } from '../tables/tables.ts'
import type { Session } from './session.ts'

/** The session of a token, unless its time is over. */
export async function selectLiveSession(
  db: Database,
  tokenHash: string,
  now: number,
): Promise<Session | undefined> {
  const moments = { idleSince: now - idleLifetime, signedInSince: now - longestLifetime }
  const row = await live.first(db, { tokenHash, ...moments })
  if (!row) return undefined
  const { sessionId, acr, signedInAt, provenAt, provenWith, lastSeenAt, codeTries, ...rest } = row
  const { proofPurpose, proofAt, proofVersion, registerUntil, registerVersion, ...more } = rest
  const { newBrowser, factorSince, passwordBreached, ...account } = more
  return {
    ...{ id: sessionId, account, acr: acr as Acr },
    ...{ signedInAt, provenAt, provenWith, lastSeenAt, codeTries },
    ...{ proofPurpose, proofAt, proofVersion, registerUntil, registerVersion, factorSince },
    newBrowser: newBrowser === 1,
    passwordBreached: passwordBreached === 1,
  }
}

interface LiveAt {
  readonly tokenHash: string
  readonly idleSince: number
  readonly signedInSince: number
}

const live = statement((db: Database, { tokenHash, idleSince, signedInSince }: LiveAt) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(accountColumns)
    .select([
      'sessions.id as sessionId',
      'sessions.acr as acr',
      'sessions.signed_in_at as signedInAt',
      'sessions.proven_at as provenAt',
      'sessions.proven_with as provenWith',
      'sessions.last_seen_at as lastSeenAt',
      'sessions.code_tries as codeTries',
      'sessions.proof_purpose as proofPurpose',
      'sessions.proof_at as proofAt',
      'sessions.proof_version as proofVersion',
      'sessions.register_until as registerUntil',
      'sessions.register_version as registerVersion',
      'sessions.new_browser as newBrowser',
      'sessions.factor_since as factorSince',
      'sessions.password_breached as passwordBreached',
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.last_seen_at', '>', idleSince)
    .where('sessions.signed_in_at', '>', signedInSince),
)
