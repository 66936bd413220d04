// Where an attempt to set a password begins: with a login ID alone, or with an activation code besides.
import type { Account } from '../../domain/accounts/account.ts'
import { isActivation, isRedeemable, selectActivation } from '../../domain/accounts/activation.ts'
import { findAccount } from '../../domain/accounts/find.ts'
import { holdAccount } from '../../domain/accounts/hold-account.ts'
import { normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { transact, type Act, type ActDeps, type Refusal } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { putCode } from '../../domain/email-codes/send.ts'
import { recordEnded, subjectOf } from '../../domain/recoveries/ended.ts'
import type { Recovery } from '../../domain/recoveries/recovery.ts'
import { deleteRecovery, insertRecovery } from '../../domain/recoveries/store.ts'
import {
  chargeActivation,
  chargeStranger,
  forgiveActivation,
  takeStrangerCode,
} from '../../domain/throttle/strangers.ts'
import type { RecoveryKind } from '../../domain/vocabulary/life.ts'
import type { Caller } from '../../kernel/caller.ts'
import { evenly } from '../../kernel/evenly.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { recoveryLifetime } from '../../limits/recoveries.ts'

interface RecoveryRequest {
  readonly loginId: string
  /** The token of the browser's former attempt, which ends. */
  readonly replaces: string | undefined
  readonly caller: Caller
}

interface Begun {
  readonly token: string
  readonly recovery: Recovery
}

/**
 * Begins an attempt to replace a forgotten password, and mails its code. The answer is the same for login IDs that
 * nobody has or that are locked, whose attempts never succeed (rule 44). 429 `too_many_attempts` for a network that
 * asks too much.
 */
export function beginForgotten(deps: ActDeps, request: RecoveryRequest): Promise<Begun> {
  return evenly(() =>
    inAct(deps, request, (act, account, loginIdHash) =>
      begin(act, 'forgotten', { account, loginIdHash, replaces: request.replaces }),
    ),
  )
}

/**
 * Begins an attempt to set a password by an activation code, and mails its other code. 400 `activation_refused`
 * whatever the reason, also while the login ID waits after wrong ones (rule 43); 429 `too_many_attempts`.
 */
export function beginActivation(
  deps: ActDeps,
  request: RecoveryRequest & { readonly activationCode: string },
): Promise<Begun> {
  const { activationCode: typed, replaces } = request
  return evenly(() =>
    inAct(deps, request, async (act, account, loginIdHash) => {
      const isWaiting = !(await chargeActivation(act, loginIdHash))
      const kept = await selectActivation(act.tx, account?.id ?? '')
      const isRight = isActivation(act.keys, account?.id ?? '', typed, kept?.hash ?? null)
      if (isWaiting || !isRight || !account || !isRedeemable(account, act.now)) {
        const whose = subjectOf({ accountId: account?.id ?? null, loginIdHash })
        const why = isWaiting ? 'waiting' : 'activation code'
        const detail = { kind: 'activation', why } as const
        record(act, { event: 'authn_recovery_fail', ...whose, detail })
        return act.refuse(new Problem('activation_refused'))
      }
      await forgiveActivation(act, loginIdHash)
      return begin(act, 'activation', { account, loginIdHash, replaces })
    }),
  )
}

/** The act in which a stranger asks; without an account for a login ID that nobody has, or that is locked. */
async function inAct(
  deps: ActDeps,
  { caller, ...request }: RecoveryRequest,
  work: (act: Act, account: Account | null, loginIdHash: string) => Promise<Begun | Refusal>,
): Promise<Begun> {
  const loginId = normaliseLoginId(request.loginId)
  const found = await findAccount(deps, loginId)
  return transact(deps, asGuest(caller), async (act) => {
    await chargeStranger(act)
    const held = found ? await holdAccount(act, { id: found.id }) : null
    const account = held?.lockedAt === null ? held : null
    return work(act, account, act.keys.hash('login-id', loginId))
  })
}

async function begin(
  act: Act,
  kind: RecoveryKind,
  {
    account,
    loginIdHash,
    replaces,
  }: {
    readonly account: Account | null
    readonly loginIdHash: string
    readonly replaces: string | undefined
  },
): Promise<Begun> {
  const { tx, now } = act
  const former = replaces && (await deleteRecovery(tx, { tokenHash: hashToken(replaces) }))
  if (former) recordEnded(act, former, 'begun anew')
  const [id, token] = [newId(), newToken()]
  await insertRecovery(tx, {
    id,
    tokenHash: hashToken(token),
    kind,
    account,
    loginIdHash,
    createdAt: now,
    expiresAt: now + recoveryLifetime,
  })
  const whose = subjectOf({ accountId: account?.id ?? null, loginIdHash })
  record(act, { event: 'authn_recovery_begun', ...whose, detail: { recovery: id, kind } })
  const maySend = await takeStrangerCode(act, { kind, loginIdHash })
  if (account && maySend) await putCode(act, { account, purpose: kind, owner: id })
  return { token, recovery: { id, kind, step: 'email-code', account, loginIdHash, codeAt: now } }
}
