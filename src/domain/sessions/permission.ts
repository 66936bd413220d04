// The short-lived rights of a session: a proof for one purpose (rule 8), the permission to register (rule 7).
import { Problem } from '../../kernel/http/problem.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'
import { triesPerOwner } from '../../limits/codes.ts'
import { permissionLifetime } from '../../limits/passkeys.ts'
import type { Account } from '../accounts/account.ts'
import type { Act } from '../act.ts'
import { factors } from '../factors/factors.ts'
import type { ProofPurpose } from '../vocabulary/purposes.ts'
import type { Session } from './session.ts'
import {
  chargeSessionTry,
  holdProof,
  refundSessionTry,
  takeProof,
  updateCodeProof,
  updateProof,
} from './store.ts'

/** A stored proof: the session's new token, and the time of the proof. */
export interface NotedProof {
  readonly token: string
  readonly provenAt: number
}

interface PasskeyProven {
  readonly purpose: ProofPurpose
  readonly passkeyId: string
  /** When the passkey was registered. */
  readonly passkeySince: number
}

/**
 * Stores a proof with a passkey: the session gets a new token and the strength of the proof. Null when
 * the session has ended.
 */
export async function recordProof(
  { tx, now }: Act,
  sessionId: string,
  { purpose, passkeyId, passkeySince: factorSince }: PasskeyProven,
  factorsVersion: number,
): Promise<NotedProof | null> {
  const token = newToken()
  const noted = await updateProof(tx, sessionId, {
    tokenHash: hashToken(token),
    acr: factors.passkey.acr,
    ...{ passkeyId, factorSince, now, purpose },
    factorsVersion,
  })
  return noted ? { token, provenAt: now } : null
}

/** Stores a `change` proof by a code, and returns the session's new token; null when it has ended. */
export async function recordCodeProof(
  act: Act,
  sessionId: string,
  factorsVersion: number,
): Promise<string | null> {
  const token = newToken()
  const noted = await updateCodeProof(act, sessionId, hashToken(token), factorsVersion)
  return noted ? token : null
}

/** Whether the session holds an unused proof for this purpose, no older than the factors' last change. */
export function hasProof(session: Session, purpose: ProofPurpose, now: number): boolean {
  return (
    session.proofPurpose === purpose &&
    session.proofVersion === session.account.factorsVersion &&
    session.proofAt !== null &&
    session.proofAt > now - permissionLifetime
  )
}

/** 403 `proof_needed` unless the session holds an unused `change` proof, which stays unused. */
export function requireProof(session: Session, now: number): void {
  if (!hasProof(session, 'change', now)) throw new Problem('proof_needed')
}

/**
 * Uses up the `change` proof of a session whose account the act holds: 403 `proof_needed` without one. A throw,
 * so that what refuses later in the act leaves it unused.
 */
export async function takeChangeProof(
  act: Act,
  session: Pick<Session, 'id'>,
  { factorsVersion }: Pick<Account, 'factorsVersion'>,
): Promise<void> {
  if (await takeProof(act, session.id, 'change', factorsVersion)) return
  throw new Problem('proof_needed')
}

/** As `takeChangeProof`, and leaves the proof unused: for what a thief gains nothing by. */
export async function holdChangeProof(
  act: Act,
  session: Pick<Session, 'id'>,
  { factorsVersion }: Pick<Account, 'factorsVersion'>,
): Promise<void> {
  if (await holdProof(act, session.id, 'change', factorsVersion)) return
  throw new Problem('proof_needed')
}

/** Whether the last proof is fresh, for actions that must not be possible in a session left open. */
export function isFreshlyProven({ provenAt }: Session, now: number): boolean {
  return provenAt > now - permissionLifetime
}

/** The expiry of the session's permission to register, or null. */
export function registrationOpenUntil(session: Session, now: number): number | null {
  const { registerUntil: until, registerVersion } = session
  if (until === null || until <= now) return null
  return registerVersion === session.account.factorsVersion ? until : null
}

/** Whether the session has tries left at codes by e-mail. */
export function mayProveByCode({ codeTries }: Session): boolean {
  return codeTries < triesPerOwner
}

/** 403 `sign_in_again` where the session has no tries left: nobody waits for a mail, to be refused at its code. */
export function requireTries(session: Session): void {
  if (!mayProveByCode(session)) throw new Problem('sign_in_again')
}

/** The session counts the tries at its codes: a new code does not reset them (rule 14). */
export const sessionTries = {
  charge: chargeSessionTry,
  refund: refundSessionTry,
}
