// Rules 17 to 20: each try is charged before its password is checked, and all refusals look the same.
import { isLockedFor, type Account } from '../../domain/accounts/account.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import { changeFactors, holdAccount } from '../../domain/accounts/hold-account.ts'
import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { replacePasswordHash, updateLock } from '../../domain/accounts/store.ts'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Asker, Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/outbox/notify.ts'
import { isBreached } from '../../domain/password/breached.ts'
import { checkPassword, isOutdated } from '../../domain/password/check.ts'
import { findKnownBrowser } from '../../domain/throttle/known-browsers.ts'
import {
  askerOf,
  chargePassword,
  failuresThatLock,
  refundPassword,
  type PasswordTry,
} from '../../domain/throttle/passwords.ts'
import type { Caller } from '../../kernel/caller.ts'
import { Problem } from '../../kernel/http/problem.ts'

export interface PasswordRequest {
  readonly loginId: string
  readonly password: string
  /** The tokens by which accounts know this browser. */
  readonly browser: readonly string[]
  readonly caller: Caller
}

type CheckDeps = ActDeps & Pick<Deps, 'hasher' | 'log'>

/** An account whose password was right; the sign-in that it begins forgives the try. */
export interface Identified {
  readonly account: Account
  readonly passwordTry: PasswordTry
  /** Whether the password stands on the list of breached ones (rule 42). */
  readonly isBreached: boolean
}

/**
 * Goes on with the account of this login ID and password, while the try still counts as one in hand: until
 * it is forgiven, it stands charged like a wrong one. 401 `sign_in_refused` whatever the reason; 429
 * `too_many_attempts` for an address with too many wrong passwords; 503 `busy` without a charge. While the
 * login ID or the browser has enough tries in hand, this one waits.
 */
export async function withRightPassword<T>(
  deps: CheckDeps,
  request: PasswordRequest,
  goOn: (identified: Identified) => Promise<T>,
): Promise<T> {
  const { caller } = request
  const loginId = normaliseLoginId(request.loginId)
  const account = await findAccount(deps, loginId)
  const knownBrowser = await findKnownBrowser(deps.db, account?.id, request.browser, deps.now())
  const passwordTry: PasswordTry = { loginId, address: caller.address, knownBrowser }
  const asker = askerOf(deps.keys, passwordTry)
  return deps.hasher.withPlace(asker, async () => {
    const identified = await judge(deps, request, account, passwordTry, asker)
    return goOn(identified).catch((error: unknown) => {
      // Behind a right password a refusal forgives the try itself.
      if (error instanceof Problem) throw error
      return giveBack(deps, request, passwordTry, error)
    })
  })
}

/** Refunds a try that nothing was found out by, and throws on why. */
async function giveBack(
  deps: CheckDeps,
  { caller }: PasswordRequest,
  passwordTry: PasswordTry,
  error: unknown,
): Promise<never> {
  await transact(deps, asGuest(caller), (act) => refundPassword(act, passwordTry))
  throw error
}

async function judge(
  deps: CheckDeps,
  request: PasswordRequest,
  account: (Account & { passwordHash: string }) | undefined,
  passwordTry: PasswordTry,
  asker: Asker,
): Promise<Identified> {
  const { caller, password } = request
  const { loginId, knownBrowser } = passwordTry
  const by = asGuest(caller)
  const { failures, endsAddress } = await transact(deps, by, (act) =>
    chargePassword(act, passwordTry),
  )
  /** Audits the refusal and the effects of the try, then returns the refusal. */
  const refuse = async (why: string) => {
    const isLast = failures === failuresThatLock
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
  if (failures === null) throw await refuse('waiting')

  const hash = account?.passwordHash
  const right = await checkPassword(deps, password, hash, asker).catch((error: unknown) =>
    giveBack(deps, request, passwordTry, error),
  )
  if (!account || !right) throw await refuse('password')
  if (isLockedFor(account, knownBrowser)) throw await refuse('locked')
  if (isOutdated(account.passwordHash)) renewHash(deps, account, password, caller)
  return { account, passwordTry, isBreached: await lookUp(deps, password) }
}

/**
 * Only what gets in is looked for: guesses cost no reads. A list that cannot be read keeps nobody out; the doctor and
 * the log tell of it.
 */
function lookUp(deps: CheckDeps, password: string): Promise<boolean> {
  return isBreached(deps, password).catch((error: unknown) => {
    deps.log.error({ err: error }, 'the list of breached passwords cannot be read')
    return false
  })
}

/**
 * Stops only the browser, if it is known to the account. Otherwise locks the account, which ends its
 * open sign-ins but not its sessions (rule 19).
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
  // An existing lock stays: only support may lift its own.
  if (account.lockedAt !== null) return
  await changeFactors(act, account)
  await updateLock(act.tx, accountId, { at: act.now, reason: 'guessing' })
  notify(act, account, 'account_locked')
  record(act, { event: 'authn_login_lock', accountId, detail: { reason: 'maxretries' } })
}

/** Audits that the address reached its limit; its further refusals are not audited. */
function recordAddressEnd(act: Act, count: number): void {
  const detail = { what: 'wrong passwords of an address', count }
  record(act, { event: 'excess_rate_limit_exceeded', detail })
}

/** Runs in the background; if it fails, the next sign-in tries again. */
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
