// Rules 17 to 20: a password is checked only after its try is charged, and every refusal is the same.
import type { Account } from '../../domain/accounts/account.ts'
import { renewPasswordHash } from '../../domain/accounts/change.ts'
import { moveFactors, takeAccount } from '../../domain/accounts/factors.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import { isLockedFor, setLock } from '../../domain/accounts/lock.ts'
import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { recordEvent } from '../../domain/audit/record.ts'
import type { Asker, Deps } from '../../domain/deps.ts'
import { notify } from '../../domain/notices/notify.ts'
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

type CheckDeps = Pick<Deps, 'config' | 'db' | 'hasher' | 'keys' | 'now' | 'log' | 'wakeSender'>

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
  const refuse = async (why: string) => {
    await recordRefusal(deps, account, loginId, why, caller)
    if (charge.endsAddress !== null) await recordAddressEnd(deps, caller, charge.endsAddress)
    return new Problem('sign_in_refused', 401)
  }
  if (charge.outcome === 'waiting') throw await refuse('waiting')

  const hash = account?.passwordHash
  const right = await checkPassword(deps, password, hash, asker).catch(async (error: unknown) => {
    await refundPassword(deps, attempt)
    throw error
  })
  if (!account || !right) {
    if (account && charge.failures === failuresThatLock) {
      if (knownBrowser === null) await lockByGuessing(deps, account, caller)
      else await recordStopped(deps, account, caller)
    }
    throw await refuse('password')
  }
  if (isLockedFor(account, knownBrowser)) throw await refuse('locked')
  await forgivePassword(deps, attempt)
  if (isOutdated(account.passwordHash)) renewHash(deps, account, password, caller)
  return account
}

/** Open sign-ins end by it, sessions do not (rule 19). */
async function lockByGuessing(deps: CheckDeps, { id }: Account, caller: Caller): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    // What is locked stays so: a lock by support is for support alone to lift.
    if ((await takeAccount(tx, id)).lockedAt !== null) return
    const account = await moveFactors(tx, id)
    await setLock(tx, deps, id, 'guessing')
    await notify(tx, deps, caller, 'account_locked', account)
    await recordEvent(tx, deps, caller, {
      event: 'authn_login_lock',
      accountId: id,
      actor: 'guest',
      detail: { reason: 'maxretries' },
    })
  })
  deps.wakeSender()
}

/** A known browser that failed too often is stopped by itself; the account is not. */
async function recordStopped(deps: CheckDeps, { id }: Account, caller: Caller): Promise<void> {
  await recordEvent(deps.db, deps, caller, {
    event: 'authn_login_fail_max',
    accountId: id,
    actor: 'guest',
    detail: { factor: 'password', browser: 'known' },
  })
}

/** From here on the address is refused, without a word in the trail for each time. */
async function recordAddressEnd(deps: CheckDeps, caller: Caller, count: number): Promise<void> {
  await recordEvent(deps.db, deps, caller, {
    event: 'excess_rate_limit_exceeded',
    actor: 'guest',
    detail: { what: 'wrong passwords of an address', count },
  })
}

async function recordRefusal(
  deps: CheckDeps,
  account: Account | undefined,
  loginId: string,
  why: string,
  caller: Caller,
): Promise<void> {
  await recordEvent(deps.db, deps, caller, {
    event: 'authn_login_fail',
    actor: 'guest',
    detail: { factor: 'password', why },
    ...(account ? { accountId: account.id } : { loginIdHash: deps.keys.hash('login-id', loginId) }),
  })
}

/** Nobody waits for it: the next sign-in tries again. */
function renewHash(
  deps: CheckDeps,
  { id: accountId, passwordHash: old }: Account & { passwordHash: string },
  password: string,
  caller: Caller,
): void {
  const { db, hasher, log } = deps
  const renew = async () => {
    const hashes = { old, new: await hasher.hash(password) }
    await db.transaction().execute(async (tx) => {
      if (!(await renewPasswordHash(tx, accountId, hashes))) return
      const event = 'authn_password_rehash'
      await recordEvent(tx, deps, caller, { event, accountId, actor: 'system' })
    })
  }
  renew().catch((error: unknown) => log.warn({ err: error }, 'a password hash was not renewed'))
}
