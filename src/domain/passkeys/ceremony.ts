// A ceremony is one WebAuthn create or get, from its challenge to its answer (rule 5).
import { Problem } from '../../kernel/http/problem.ts'
import { ceremonyLifetime, mostClockDifference } from '../../limits/passkeys.ts'
import type { Account } from '../accounts/account.ts'
import type { Act, Refusal } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { CeremonyKind, CeremonyPurpose } from '../vocabulary/purposes.ts'
import { readChallenge, writeChallenge, type ChallengeNote } from './challenge.ts'
import { whyRefused } from './problems.ts'
import { insertSpent } from './spent.ts'

interface CeremonyStart {
  readonly kind: CeremonyKind
  readonly purpose: CeremonyPurpose
  readonly owner: string
  readonly account: Account
  readonly passkeyId?: string
  readonly passkeyName?: string
}

export interface Ceremony<P extends CeremonyPurpose = CeremonyPurpose> extends ChallengeNote {
  readonly purpose: P
  readonly challenge: string
}

/** Begins a ceremony, which writes nothing, and returns its challenge as base64url. */
export function beginCeremony(
  { keys, now }: Pick<Deps, 'keys' | 'now'>,
  { kind, purpose, owner, account, passkeyId, passkeyName }: CeremonyStart,
): string {
  return writeChallenge(keys, {
    ...{ kind, purpose, owner },
    accountId: account.id,
    factorsVersion: account.factorsVersion,
    passkeyId: passkeyId ?? null,
    passkeyName: passkeyName ?? null,
    begunAt: now(),
  })
}

/**
 * The ceremony of a challenge. Throws 400 `ceremony_expired` unless it is one of ours, for one of these
 * purposes (and this passkey, where one is named) in this sign-in or session, and its time is not over.
 */
export function openCeremony<P extends CeremonyPurpose>(
  { keys, now }: Pick<Deps, 'keys' | 'now'>,
  expected: Pick<Ceremony, 'kind' | 'owner'> & {
    readonly purposes: readonly P[]
    readonly passkeyId?: string
  },
  challenge: string,
): Ceremony<P> {
  const note = readChallenge(keys, challenge)
  const purpose = expected.purposes.find((one) => one === note?.purpose)
  if (!note || !purpose) throw expired()
  if (note.kind !== expected.kind || note.owner !== expected.owner) throw expired()
  if (expected.passkeyId !== undefined && note.passkeyId !== expected.passkeyId) throw expired()
  if (isOver(note, now())) throw expired()
  return { ...note, purpose, challenge }
}

/** Whether the time of a ceremony is over, as far as two clocks agree. */
export function isOver({ begunAt }: Pick<ChallengeNote, 'begunAt'>, now: number): boolean {
  const age = now - begunAt
  return age >= ceremonyLifetime || age < -mostClockDifference
}

/**
 * Spends a ceremony in the act that judges its answer. Throws 400 `ceremony_expired` when another answer
 * has spent it; the act then writes nothing.
 */
export async function spendCeremony(
  { tx }: Act,
  { challenge, begunAt }: Pick<Ceremony, 'challenge' | 'begunAt'>,
): Promise<void> {
  if (!(await insertSpent(tx, challenge, begunAt + ceremonyLifetime))) throw expired()
}

/** Audits an answer that the act refuses, and returns the refusal. */
export function refuseAnswer(
  act: Act,
  { accountId, purpose, passkeyId }: Ceremony,
  problem: Problem,
): Refusal {
  const detail = { purpose, passkey: passkeyId, reason: whyRefused(problem) }
  record(act, { event: 'authn_passkey_fail', accountId, detail })
  return act.refuse(problem)
}

function expired(): Problem {
  return new Problem('ceremony_expired')
}
