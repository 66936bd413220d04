// Rules 17 to 20: a password is checked only after its try is charged, and every refusal is the same.
import { isLockedFor, type Account } from '../../domain/accounts/account.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/factors.ts'
import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { findAccount, replacePasswordHash, updateLock } from '../../domain/accounts/store.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Asker, Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { checkPassword } from '../../domain/password/check.ts'
import { isOutdated } from '../../domain/password/parameters.ts'
import { findKnownBrowser } from '../../domain/throttle/known-browsers.ts'
import {
  askerOf,
  chargePassword,
  failuresThatLock,
  forgivePassword,
  refundPassword,
  type PasswordTry,
} from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem, waitProblem } from '../../kernel/http/problem.ts'

export interface PasswordRequest {
  readonly loginId: string
  readonly password: string
  /** By which tokens accounts know this browser. */
  readonly browser: readonly string[]
  readonly caller: Caller
}

type CheckDeps = ActDeps & Pick<Deps, 'hasher' | 'log'>

/**
 * The account whose login ID and password these are. 401 `sign_in_refused` for whatever reason there
 * is; 429 `too_many_attempts` for an address with too many wrong ones; 503 `busy`, and nothing is
 * charged. Where the login ID or the browser has enough in hand, the try waits for them.
 */
export async function identifyAccount(deps: CheckDeps, request: PasswordRequest): Promise<Account> {
  const { caller } = request
  const loginId = normaliseLoginId(request.loginId)
  const account = await findAccount(deps, loginId)
  const knownBrowser = await findKnownBrowser(deps, account?.id, request.browser)
  const attempt: PasswordTry = { loginId, address: caller.address, knownBrowser }
  const asker = askerOf(deps.keys, attempt)
  return deps.hasher.withPlace(asker, () => judge(deps, request, account, attempt, asker))
}

async function judge(
  deps: CheckDeps,
  { caller, password }: PasswordRequest,
  account: (Account & { passwordHash: string }) | undefined,
  attempt: PasswordTry,
  asker: Asker,
): Promise<Account> {
  const { loginId, knownBrowser } = attempt
  const charge = await chargePassword(deps, attempt)
  if (charge.outcome === 'address') throw waitProblem('too_many_attempts', charge.retryAfter)
  const { outcome, endsAddress } = charge
  const by = asGuest(caller)
  /** The refusal, once it is on record with what the try has brought about. */
  const refuse = async (why: string) => {
    const isLast = outcome === 'charged' && charge.failures === failuresThatLock
    await transact(deps, by, async (act) => {
      if (account && isLast && why === 'password') await stopGuesser(act, account, knownBrowser)
      const who = account
        ? { accountId: account.id }
        : { loginIdHash: act.keys.hash('login-id', loginId) }
      record(act, { event: 'authn_login_fail', ...who, detail: { factor: 'password', why } })
      if (endsAddress !== null) recordAddressEnd(act, endsAddress)
    })
    return new Problem('sign_in_refused')
  }
  if (outcome === 'waiting') throw await refuse('waiting')

  const hash = account?.passwordHash
  const right = await checkPassword(deps, password, hash, asker).catch(async (error: unknown) => {
    await refundPassword(deps, attempt)
    throw error
  })
  if (!account || !right) throw await refuse('password')
  if (isLockedFor(account, knownBrowser)) throw await refuse('locked')
  await forgivePassword(deps, attempt)
  if (isOutdated(account.passwordHash)) renewHash(deps, account, password, caller)
  return account
}

/**
 * A known browser that failed too often is stopped by itself, and the account is not. Any other locks the
 * account: open sign-ins end by it, sessions do not (rule 19).
 */
async function stopGuesser(
  act: Act,
  { id: accountId }: Account,
  knownBrowser: string | null,
): Promise<void> {
  if (knownBrowser !== null) {
    const detail = { factor: 'password', browser: 'known' } as const
    return record(act, { event: 'authn_login_fail_max', accountId, detail })
  }
  const account = await holdAccount(act, { id: accountId })
  // What is locked stays so: a lock by support is for support alone to lift.
  if (account.lockedAt !== null) return
  await changeFactors(act, account)
  await updateLock(act.tx, accountId, { at: act.now, reason: 'guessing' })
  notify(act, account, 'account_locked')
  record(act, { event: 'authn_login_lock', accountId, detail: { reason: 'maxretries' } })
}

/** From here on the address is refused, without a word in the trail for each time. */
function recordAddressEnd(act: Act, count: number): void {
  const detail = { what: 'wrong passwords of an address', count }
  record(act, { event: 'excess_rate_limit_exceeded', detail })
}

/** Nobody waits for it: the next sign-in tries again. */
function renewHash(
  deps: CheckDeps,
  { id: accountId, passwordHash: old }: Account & { passwordHash: string },
  password: string,
  caller: Caller,
): void {
  const renew = async () => {
    const hashes = { old, new: await deps.hasher.hash(password) }
    await transact(deps, { ...caller, actor: 'system' }, async (act) => {
      if (!(await replacePasswordHash(act.tx, accountId, hashes))) return
      record(act, { event: 'authn_password_rehash', accountId })
    })
  }
  renew().catch((error: unknown) =>
    deps.log.warn({ err: error }, 'a password hash was not renewed'),
  )
}
