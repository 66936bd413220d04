// What the desk sees of an account, as the API says it.
import { z } from 'zod'
import type { Case } from '../../../domain/cases/case.ts'
import type { PasskeyOnRecord } from '../../../domain/passkeys/on-record.ts'
import { isLive } from '../../../domain/passkeys/passkey.ts'
import { placeOf } from '../../../domain/passkeys/place.ts'
import { toIso } from '../../../kernel/clock.ts'
import type { Texts } from '../../../text/texts.ts'
import { isoTime } from '../../frame/action.ts'
import { operatorView, viewOperator, type OperatorNames } from '../operators/operator-view.ts'

const text = z.string()
const maybe = text.nullable()

export const passkeyAtDesk = z.object({
  id: text,
  name: text,
  place: text,
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  state: z.enum(['live', 'suspended', 'removed']),
  boundBy: z.enum(['email', 'passkey']),
  synced: z.boolean(),
  suspendedAt: isoTime.nullable(),
  removed: z.object({ at: isoTime, by: maybe, reason: maybe }).nullable(),
})

export function viewPasskeyAtDesk(
  passkey: PasskeyOnRecord,
  texts: Texts,
): z.output<typeof passkeyAtDesk> {
  const { id, name, createdAt, lastUsedAt, suspendedAt, removedAt, boundBy, backedUp } = passkey
  const kept = isLive(passkey) ? 'live' : 'suspended'
  return {
    ...{ id, name, boundBy, synced: backedUp, place: placeOf(passkey, texts) },
    createdAt: toIso(createdAt),
    lastUsedAt: toIso(lastUsedAt),
    state: removedAt === null ? kept : 'removed',
    suspendedAt: toIso(suspendedAt),
    removed:
      removedAt === null
        ? null
        : { at: toIso(removedAt), by: passkey.removedBy, reason: passkey.removedReason },
  }
}

export const caseView = z.object({
  id: text,
  accountId: text,
  state: z.enum(['open', 'closed']),
  claim: text,
  reason: text,
  ticket: text,
  openedAt: isoTime,
  openedBy: operatorView,
  investigator: operatorView.nullable(),
  closed: z.object({ at: isoTime, by: operatorView.nullable(), reason: maybe }).nullable(),
})

export function viewCase(one: Case, names: OperatorNames): z.output<typeof caseView> {
  const { id, accountId, claim, reason, ticket, openedAt, closedAt, closedBy, closedReason } = one
  return {
    ...{ id, accountId, claim, reason, ticket },
    state: closedAt === null ? 'open' : 'closed',
    openedAt: toIso(openedAt),
    openedBy: viewOperator(one.openedBy, names),
    investigator: viewOperator(one.investigatorId, names),
    closed:
      closedAt === null
        ? null
        : { at: toIso(closedAt), by: viewOperator(closedBy, names), reason: closedReason },
  }
}
