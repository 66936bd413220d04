// The proofs of an attempt to set a password: its code by e-mail, and the passkey where that is the factor.
import type { z } from 'zod'
import type { Account } from '../../domain/accounts/account.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { transact, type Act, type ActDeps, type Refusal } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { isCode, isGood } from '../../domain/email-codes/code.ts'
import { putCode } from '../../domain/email-codes/send.ts'
import { selectLastCode, takeCode } from '../../domain/email-codes/store.ts'
import { codeProblem } from '../../domain/email-codes/verify.ts'
import type { AuthenticationAnswer } from '../../domain/passkeys/answers.ts'
import type { requestOptions } from '../../domain/passkeys/options.ts'
import { recordEnded, subjectOf } from '../../domain/recoveries/ended.ts'
import { notThatStep, type Recovery } from '../../domain/recoveries/recovery.ts'
import {
  chargeRecoveryTry,
  deleteRecovery,
  holdRecovery,
  updateCodeAt,
  updateStep,
} from '../../domain/recoveries/store.ts'
import { noSignIn } from '../../domain/sign-ins/sign-in.ts'
import { noteWorked } from '../../domain/throttle/passkeys-here.ts'
import {
  chargeStrangerCode,
  forgiveStrangerCodes,
  refuseWaitingStranger,
  takeStrangerCode,
} from '../../domain/throttle/strangers.ts'
import type { RecoveryStep } from '../../domain/vocabulary/life.ts'
import type { Caller, KnownCaller } from '../../kernel/caller.ts'
import { evenly } from '../../kernel/evenly.ts'
import { waitProblem } from '../../kernel/http/problem.ts'
import { codeLifetime, resendWait, triesPerOwner } from '../../limits/codes.ts'
import { beginProof, withProof } from '../check-proof.ts'

/**
 * Goes on by the code that was mailed, and returns the next step. 400 `code_wrong` (the fifth ends the attempt),
 * `code_expired`; 429 `too_many_codes` during a wait; 404 `no_sign_in`, 409 `wrong_step`. All alike for an attempt that
 * cannot succeed.
 */
export function proveRecoveryCode(
  deps: ActDeps,
  recovery: Recovery,
  code: string,
  caller: Caller,
): Promise<RecoveryStep> {
  const { id, kind, loginIdHash } = recovery
  return evenly(() =>
    transact(deps, asGuest(caller), async (act) => {
      const { tx } = act
      const account = await holdOf(act, recovery)
      const stands = await holdRecovery(tx, id)
      if (stands?.step !== 'email-code') return act.refuse(notThatStep(stands))
      const whose = subjectOf({ accountId: account?.id ?? null, loginIdHash })
      await refuseWaitingStranger(act, recovery)
      if (stands.codeAt + codeLifetime <= act.now)
        return act.refuse(codeProblem({ outcome: 'expired' }))
      const charged = await chargeRecoveryTry(tx, id, triesPerOwner)
      if (charged === null) return act.refuse(noSignIn())
      if (account && (await takeRightCode(act, recovery, code))) {
        await forgiveStrangerCodes(act, recovery)
        const to = stepAfterCode(recovery, account)
        await updateStep(tx, id, to)
        record(act, {
          event: 'authn_recovery_proven',
          ...whose,
          detail: { recovery: id, by: 'email-code' },
        })
        return to
      }
      await chargeStrangerCode(act, recovery, whose)
      const triesLeft = triesPerOwner - charged
      const detail = { factor: 'email', purpose: kind, triesLeft } as const
      record(act, { event: 'authn_code_fail', ...whose, detail })
      const ended = triesLeft === 0 && (await deleteRecovery(tx, { id }))
      if (ended) recordEnded(act, ended, 'too many wrong codes')
      return act.refuse(codeProblem({ outcome: 'wrong', triesLeft }))
    }),
  )
}

/** The account as the act holds it; null where the attempt cannot succeed, or not any more. */
async function holdOf(act: Act, { account: seen }: Recovery): Promise<Account | null> {
  if (!seen) return null
  const held = await holdAccount(act, { id: seen.id })
  return held.factorsVersion === seen.factorsVersion && held.lockedAt === null ? held : null
}

async function takeRightCode(act: Act, { id, kind }: Recovery, code: string): Promise<boolean> {
  const last = await selectLastCode(act.tx, id, kind)
  if (!last || !isGood(last, act.now)) return false
  if (!isCode(act.keys, last.codeHash, kind, id, code)) return false
  return takeCode(act.tx, last.id, act.now)
}

/** Rule 42: the mailbox alone sets nothing. */
function stepAfterCode({ kind }: Recovery, { secondFactor }: Account): RecoveryStep {
  if (kind === 'activation') return 'password'
  return secondFactor === 'passkey' ? 'passkey' : 'activation'
}

/**
 * Mails another code, and returns when it was asked for. 429 `too_many_codes` while the last is fresh; 404
 * `no_sign_in`, 409 `wrong_step`.
 */
export function resendRecoveryCode(
  deps: ActDeps,
  recovery: Recovery,
  caller: Caller,
): Promise<number> {
  return evenly(() =>
    transact<number>(deps, asGuest(caller), async (act): Promise<number | Refusal> => {
      const account = await holdOf(act, recovery)
      const stands = await holdRecovery(act.tx, recovery.id)
      if (stands?.step !== 'email-code') return act.refuse(notThatStep(stands))
      const wait = stands.codeAt + resendWait - act.now
      if (wait > 0) return act.refuse(waitProblem('too_many_codes', wait))
      await updateCodeAt(act.tx, recovery.id, act.now)
      const maySend = await takeStrangerCode(act, recovery)
      const request = { purpose: recovery.kind, owner: recovery.id }
      if (account && maySend) await putCode(act, { account, ...request })
      return act.now
    }),
  )
}

/** Begins the proof with one passkey of the account. 404 `no_such_passkey`. */
export function beginRecoveryProof(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  { id, account }: Recovery,
  passkeyId: string,
): Promise<z.output<typeof requestOptions>> {
  if (!account) throw noSignIn()
  return beginProof(deps, { id, account }, 'forgotten', passkeyId)
}

/**
 * Goes on by the passkey. Refuses as `withProof` does, and with 404 `no_sign_in` when the attempt has ended, 409
 * `wrong_step` when another answer was first.
 */
export async function proveRecoveryPasskey(
  deps: ActDeps & Pick<Deps, 'site'>,
  { id, account }: Recovery,
  answer: AuthenticationAnswer,
  { caller, tokens }: KnownCaller,
): Promise<RecoveryStep> {
  if (!account) throw noSignIn()
  const expected = { purposes: ['forgotten'], outrun: 'no_sign_in', tokens } as const
  const prover = { id, account }
  return withProof(deps, asGuest(caller), prover, expected, answer, async (act, proven) => {
    const { id: accountId, lockedAt } = proven.account
    if (lockedAt !== null) return act.refuse(noSignIn())
    const stands = await holdRecovery(act.tx, id)
    if (stands?.step !== 'passkey') return act.refuse(notThatStep(stands))
    await updateStep(act.tx, id, 'password')
    const detail = { recovery: id, by: 'passkey' } as const
    record(act, { event: 'authn_recovery_proven', accountId, detail })
    await noteWorked(act, accountId, tokens, proven)
    return 'password' as const
  })
}
