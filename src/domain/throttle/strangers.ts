// Rules 15, 43 and 44: what people without password or session ask for. All counts are alike for login IDs and
// addresses that somebody has and that nobody has.
import { waitProblem } from '../../kernel/http/problem.ts'
import type { Keys } from '../../kernel/secrets.ts'
import {
  activationWaits,
  loginIdMails,
  recoveriesPerNetwork,
  strangerCodes,
  strangerWaits,
} from '../../limits/recoveries.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Database } from '../tables/tables.ts'
import { recoveryKinds, type RecoveryKind } from '../vocabulary/life.ts'
import { customerNetwork } from './network.ts'
import {
  chargeFailure,
  chargeWindow,
  deleteThrottles,
  fullWindow,
  selectWaitUntil,
} from './store.ts'

/** Of whom a stranger asks: the keyed hash of a login ID. */
interface Asked {
  readonly kind: RecoveryKind
  readonly loginIdHash: string
}

/** Charges one question to the network that it comes from; 429 `too_many_attempts` when it has asked too many. */
export async function chargeStranger({ tx, now, by: { address } }: Act): Promise<void> {
  if (address === null) return
  const key = `stranger/${customerNetwork(address)}`
  if ((await chargeWindow(tx, key, recoveriesPerNetwork, now)) !== null) return
  throw await fullWindow(tx, key, now)
}

/** Whether a code may be sent: the login ID has had few of this kind of late, and no wait for wrong ones. */
export async function takeStrangerCode({ tx, now }: Act, asked: Asked): Promise<boolean> {
  if ((await selectWaitUntil(tx, wrongCodesOf(asked))) > now) return false
  return (await chargeWindow(tx, codesOf(asked), strangerCodes, now)) !== null
}

/** Throws 429 `too_many_codes` while the login ID waits after wrong codes of this kind. */
export async function refuseWaitingStranger({ tx, now }: Act, asked: Asked): Promise<void> {
  const until = await selectWaitUntil(tx, wrongCodesOf(asked))
  if (until > now) throw waitProblem('too_many_codes', until - now)
}

/** Counts a wrong code, and audits the wait that may begin with it. */
export async function chargeStrangerCode(
  act: Act,
  asked: Asked,
  whose: { readonly accountId: string } | { readonly loginIdHash: string },
): Promise<void> {
  const failures = await chargeFailure(act.tx, wrongCodesOf(asked), strangerWaits, act.now)
  if (failures === null || !strangerWaits.after.has(failures)) return
  const detail = { what: 'wrong codes', purpose: asked.kind, count: failures }
  record(act, { event: 'excess_rate_limit_exceeded', ...whose, detail })
}

export async function forgiveStrangerCodes({ tx }: Act, asked: Asked): Promise<void> {
  await deleteThrottles(tx, [wrongCodesOf(asked)])
}

/** Charges a try at an activation code before it is checked; false, without a charge, during a wait. */
export async function chargeActivation({ tx, now }: Act, loginIdHash: string): Promise<boolean> {
  return (await chargeFailure(tx, activationOf(loginIdHash), activationWaits, now)) !== null
}

export async function forgiveActivation({ tx }: Act, loginIdHash: string): Promise<void> {
  await deleteThrottles(tx, [activationOf(loginIdHash)])
}

/** When the last wait for activation codes of a login ID ends or ended; 0 without one. */
export function selectActivationWait(
  db: Database,
  keys: Keys,
  { loginId }: Pick<Account, 'loginId'>,
): Promise<number> {
  return selectWaitUntil(db, activationOf(keys.hash('login-id', loginId)))
}

/** Whether a mail with login IDs may go to an address, however it is written. */
export async function takeLoginIdMail({ tx, keys, now }: Act, email: string): Promise<boolean> {
  return (await chargeWindow(tx, mailsTo(keys, email), loginIdMails, now)) !== null
}

/** Forgets all counts of a login ID and its address: nothing of the account is left, or support lifts its waits. */
export async function liftStrangerWaits(
  { tx, keys }: Act,
  { loginId, email }: Pick<Account, 'loginId' | 'email'>,
): Promise<void> {
  const loginIdHash = keys.hash('login-id', loginId)
  const ofKinds = recoveryKinds.flatMap((kind) => {
    const asked = { kind, loginIdHash }
    return [wrongCodesOf(asked), codesOf(asked)]
  })
  await deleteThrottles(tx, [activationOf(loginIdHash), mailsTo(keys, email), ...ofKinds])
}

function wrongCodesOf({ kind, loginIdHash }: Asked): string {
  return `stranger-wrong/${kind}/${loginIdHash}`
}

function codesOf({ kind, loginIdHash }: Asked): string {
  return `stranger-code/${kind}/${loginIdHash}`
}

function mailsTo(keys: Keys, email: string): string {
  return `login-id-mail/${keys.hash('login-id', email.toLowerCase())}`
}

function activationOf(loginIdHash: string): string {
  return `activation/${loginIdHash}`
}
