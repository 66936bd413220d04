import { waitProblem } from '../../kernel/http/problem.ts'
import { newCode, newId } from '../../kernel/secrets.ts'
import {
  codeLifetime,
  resendWait,
  unusedCodesPerAccount,
  unusedCodesWindow,
} from '../../limits/codes.ts'
import { codeMail } from '../../text/mails.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import { putMail } from '../outbox/outbox.ts'
import type { Database, Tx } from '../tables/tables.ts'
import { refuseWaitingCodes, selectCodeWait } from '../throttle/codes.ts'
import type { CodePurpose } from '../vocabulary/purposes.ts'
import { hashCode, maskAddress, type SentCode } from './code.ts'
import { insertCode, selectLastCode, selectUnusedSince } from './store.ts'

interface CodeRequest {
  /** From `holdAccount` or `changeFactors`, so that concurrent requests are counted one by one. */
  readonly account: Account
  readonly purpose: CodePurpose
  readonly owner: string
  /** Where it goes, if not to the account's address. */
  readonly to?: string
}

/**
 * Makes a code and puts its mail into the outbox. Throws 429 `too_many_codes` while the last code is
 * fresh, when the account has too many unused codes (rule 15), or after too many wrong ones (rule 14).
 */
export async function sendCode(
  act: Act,
  { account, purpose, owner, to = account.email }: CodeRequest,
): Promise<SentCode> {
  const { tx, now: time } = act
  await refuseWaitingCodes(act, account.id, purpose)
  const last = await selectLastCode(tx, owner, purpose)
  const setBack = last !== undefined && last.createdAt > time
  if (last && !setBack && last.usedAt === null && time < last.createdAt + resendWait) {
    throw waitProblem('too_many_codes', last.createdAt + resendWait - time)
  }
  const { count: unused, fullUntil } = await countUnused(tx, account, time)
  if (fullUntil > time) throw waitProblem('too_many_codes', fullUntil - time)

  // Only the newest code counts, so it stays the newest even if the clock was set back.
  const expiresAt = await putCode(
    act,
    { account, purpose, owner, to },
    setBack ? last.createdAt + 1 : time,
  )
  const count = unused + 1
  if (count === unusedCodesPerAccount) {
    const detail = { what: 'unused codes', purpose, count }
    record(act, { event: 'excess_rate_limit_exceeded', accountId: account.id, detail })
  }
  return { sentTo: maskAddress(to), expiresAt, resendAfter: time + resendWait }
}

/** Until when the account is sent no code of this purpose, whoever asks (rules 14 and 15); null while it is. */
export async function findCodeWait(
  db: Database,
  account: Account,
  purpose: CodePurpose,
  now: number,
): Promise<number | null> {
  const fullUntil = await selectFullUntil(db, account, now)
  const until = Math.max(fullUntil, await selectCodeWait(db, account.id, purpose))
  return until > now ? until : null
}

/** Until when the account has too many unused codes for one more of any purpose (rule 15); 0 while it has not. */
export async function selectFullUntil(db: Database, account: Account, now: number) {
  return (await countUnused(db, account, now)).fullUntil
}

/** The unused codes that count, and until when they are too many for one more; 0 while they are not. */
async function countUnused(db: Database | Tx, { id }: Account, now: number) {
  const unused = await selectUnusedSince(db, id, now - unusedCodesWindow)
  const oldestThatCounts = unused.at(-unusedCodesPerAccount)
  const fullUntil = oldestThatCounts === undefined ? 0 : oldestThatCounts + unusedCodesWindow
  return { count: unused.length, fullUntil }
}

/** Makes a code and puts its mail into the outbox, whatever was sent before; returns its end. */
export async function putCode(
  act: Act,
  { account, purpose, owner, to = account.email }: CodeRequest,
  createdAt = act.now,
): Promise<number> {
  const [id, code] = [newId(), newCode()]
  const expiresAt = act.now + codeLifetime
  await insertCode(act.tx, {
    id,
    accountId: account.id,
    purpose,
    owner,
    codeHash: hashCode(act.keys, purpose, owner, code),
    factorsVersion: account.factorsVersion,
    createdAt,
    expiresAt,
  })
  const mail = codeMail(purpose, { code, expiresAt, caller: act.by, config: act.config })
  const addressed = { ...mail, accountId: account.id, to }
  putMail(act, { ...addressed, id, kind: purpose, expiresAt })
  record(act, { event: 'authn_code_sent', accountId: account.id, detail: { purpose } })
  return expiresAt
}

/** The last code that a sign-in or session requested, or null. Its mail has the same id. */
export async function findSentCode(
  db: Database,
  account: Account,
  owner: string,
  purpose: CodePurpose,
): Promise<(SentCode & { id: string; usedAt: number | null }) | null> {
  const last = await selectLastCode(db, owner, purpose)
  if (!last) return null
  return {
    id: last.id,
    sentTo: maskAddress(account.email),
    expiresAt: last.expiresAt,
    resendAfter: last.createdAt + resendWait,
    usedAt: last.usedAt,
  }
}
