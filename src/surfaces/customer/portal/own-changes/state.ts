// What the pages of a holder's own changes are made of, as it stands.
import { isGood, maskAddress, type SentCode } from '../../../../domain/email-codes/code.ts'
import { findSentCode } from '../../../../domain/email-codes/send.ts'
import { addressPurposes } from '../../../../domain/new-addresses/ask.ts'
import { selectNewAddress } from '../../../../domain/new-addresses/store.ts'
import type { Session } from '../../../../domain/sessions/session.ts'
import type { AddressKind } from '../../../../domain/vocabulary/life.ts'
import type { SurfaceDeps } from '../../../frame/site.ts'
import type { Visit } from '../../../frame/visit.ts'
import type { ChangeProofParts } from '../../../parts/change-proof.ts'
import { listPasskeys } from '../../../parts/passkeys-here.ts'

export async function proofOf(visit: Visit, { account }: Session): Promise<ChangeProofParts> {
  const { passkeys, hints } = await listPasskeys(visit, account.id)
  return { secondFactor: account.secondFactor, passkeys, hints }
}

/** The code that this session waits for, to the address of this kind that it has asked for. */
export async function waitingCode(
  { db, now }: SurfaceDeps,
  { id, account }: Session,
  kind: AddressKind,
): Promise<SentCode | null> {
  const wanted = await selectNewAddress(db, id, kind)
  if (!wanted || wanted.factorsVersion !== account.factorsVersion) return null
  const sent = await findSentCode(db, account, id, addressPurposes[kind])
  return sent && isGood(sent, now()) ? { ...sent, sentTo: maskAddress(wanted.address) } : null
}
