// What a session may do for a few minutes: a proof with a purpose (rule 8), the permission to register (rule 7).
import { permissionLifetime } from '../../kernel/limits.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import { factors } from '../factors/factors.ts'
import type { ProofPurpose } from '../vocabulary/purposes.ts'
import type { Session } from './session.ts'
import {
  chargeSessionTry,
  refundSessionTry,
  takePermission,
  takeProof,
  updatePermission,
  updateProof,
} from './store.ts'

/** What a proof leaves: the session's new token, and the moment that goes with its strength. */
export interface NotedProof {
  readonly token: string
  readonly provenAt: number
}

/**
 * Notes a proof with a passkey: the session gets a new token and the strength of the proof. Null when
 * the session has ended meanwhile.
 */
export async function recordProof(
  { tx, now }: Act,
  sessionId: string,
  purpose: ProofPurpose,
  factorsVersion: number,
): Promise<NotedProof | null> {
  const token = newToken()
  const noted = await updateProof(tx, sessionId, {
    tokenHash: hashToken(token),
    acr: factors.passkey.acr,
    now,
    purpose,
    factorsVersion,
  })
  return noted ? { token, provenAt: now } : null
}

/** Whether the session holds an unused proof for this purpose that the factors have not outrun. */
export function hasProof(session: Session, purpose: ProofPurpose, now: number): boolean {
  return (
    session.proofPurpose === purpose &&
    session.proofVersion === session.account.factorsVersion &&
    session.proofAt !== null &&
    session.proofAt > now - permissionLifetime
  )
}

/** Whether the holder was proven a few minutes ago, for what no session left open may do. */
export function isFreshlyProven({ provenAt }: Session, now: number): boolean {
  return provenAt > now - permissionLifetime
}

/** Uses up a proof; false when there is none, or when it is older than the account's last change. */
export async function useProof(
  { tx, now }: Act,
  sessionId: string,
  purpose: ProofPurpose,
  factorsVersion: number,
): Promise<boolean> {
  const notBefore = now - permissionLifetime
  return takeProof(tx, sessionId, purpose, { notBefore, factorsVersion })
}

/** Gives permission to register one passkey; returns until when. */
export async function permitRegistration(
  { tx, now }: Act,
  sessionId: string,
  factorsVersion: number,
): Promise<number> {
  const until = now + permissionLifetime
  await updatePermission(tx, sessionId, { until, factorsVersion })
  return until
}

/** Uses up the permission to register; false when it ran out, was used, or is older than the last change. */
export async function usePermission(
  { tx, now }: Act,
  sessionId: string,
  factorsVersion: number,
): Promise<boolean> {
  return takePermission(tx, sessionId, { now, factorsVersion })
}

/** Until when the session may register a passkey, or null. */
export function registrationOpenUntil(session: Session, now: number): number | null {
  const { registerUntil: until, registerVersion } = session
  if (until === null || until <= now) return null
  return registerVersion === session.account.factorsVersion ? until : null
}

/** The tries at registration codes belong to the session: a new code gives none back (rule 14). */
export const sessionTries = {
  charge: chargeSessionTry,
  refund: refundSessionTry,
}
