// A ceremony is one WebAuthn create or get, from its challenge to its answer (rule 5).
import { randomBytes } from 'node:crypto'
import { Problem } from '../../kernel/http/problem.ts'
import { ceremonyLifetime } from '../../kernel/limits.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { CeremonyKind, CeremonyPurpose } from '../vocabulary/purposes.ts'
import { insertCeremony, takeCeremony, type Ceremony } from './store.ts'

interface CeremonyStart {
  readonly kind: CeremonyKind
  readonly purpose: CeremonyPurpose
  readonly owner: string
  readonly account: Account
  readonly passkeyId?: string
  readonly passkeyName?: string
}

/** Begins a ceremony and returns its challenge, 32 random bytes as base64url. */
export async function beginCeremony(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { kind, purpose, owner, account, passkeyId, passkeyName }: CeremonyStart,
): Promise<string> {
  const challenge = randomBytes(32).toString('base64url')
  await insertCeremony(db, {
    challenge,
    kind,
    purpose,
    owner,
    account_id: account.id,
    factors_version: account.factorsVersion,
    passkey_id: passkeyId ?? null,
    passkey_name: passkeyName ?? null,
    expires_at: now() + ceremonyLifetime,
  })
  return challenge
}

/**
 * Spends the ceremony that an answer belongs to, even if the answer is refused later. Throws 400
 * `ceremony_expired` when the sign-in or session has no such ceremony of this kind.
 */
export async function spendCeremony(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  kind: CeremonyKind,
  owner: string,
  challenge: string,
): Promise<Ceremony> {
  const ceremony = await takeCeremony(db, { challenge, kind, owner, now: now() })
  if (!ceremony) throw new Problem('ceremony_expired')
  return ceremony
}

/** Audits a refused answer with its reason. */
export function recordFailure(
  act: Act,
  { accountId, purpose, passkeyId }: Ceremony,
  { cause, code }: Problem,
): void {
  const reason = cause instanceof Error ? cause.message : code
  const detail = { purpose, passkey: passkeyId, reason }
  record(act, { event: 'authn_passkey_fail', accountId, detail })
}
