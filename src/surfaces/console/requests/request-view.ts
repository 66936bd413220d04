// A request in the words of the API.
import { z } from 'zod'
import type { DeskRequest } from '../../../domain/requests/request.ts'
import { requestActs, requestKinds, requestStates } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import type { ListedRequest, ShownRequest } from '../../../operations/requests/look-at-requests.ts'
import { isoTime } from '../../frame/action.ts'
import { operatorView } from '../operators/operator-view.ts'

const act = z.enum(requestActs)

export const listedRequest = z.object({
  id: z.string(),
  kind: z.enum(requestKinds),
  /** The first of `acts`, which mostly is the only one. */
  act,
  acts: z.array(act),
  state: z.enum(requestStates),
  accountId: z.string().nullable(),
  operatorId: z.string().nullable(),
  asker: operatorView,
  approver: operatorView.nullable(),
  reason: z.string(),
  ticket: z.string(),
  askedAt: isoTime,
  expiresAt: isoTime,
  decidedAt: isoTime.nullable(),
  takesEffectAt: isoTime.nullable(),
  doneAt: isoTime.nullable(),
  closedReason: z.string().nullable(),
  approverSignedIn: z.boolean(),
})

export const shownRequest = listedRequest.extend({
  checks: z.array(z.record(z.string(), z.string())),
  text: z.string(),
  digest: z.string(),
  /** Why whoever looks may not approve it, or null. */
  obstacle: z.string().nullable(),
  codeHalf: z.string().nullable(),
  activationCode: z.string().nullable(),
  receipt: z.unknown(),
})

export function viewListed({
  request,
  state,
  asker,
  approver,
  approverSignedIn,
}: ListedRequest): z.output<typeof listedRequest> {
  const { id, kind, names, accountId, operatorId, reason, ticket, closedReason } = request
  return {
    ...{ id, kind, act: firstOf(request), acts: [...names], state, accountId, operatorId },
    ...{ asker, approver, reason, ticket, closedReason, approverSignedIn },
    askedAt: toIso(request.askedAt),
    expiresAt: toIso(request.expiresAt),
    decidedAt: toIso(request.decidedAt),
    takesEffectAt: toIso(request.takesEffectAt),
    doneAt: toIso(request.doneAt),
  }
}

export function viewShown(shown: ShownRequest): z.output<typeof shownRequest> {
  const { request, obstacle, codeHalf, activationCode } = shown
  const { checks, text, digest } = request
  return {
    ...viewListed(shown),
    ...{ checks: checks.map((check) => ({ ...check })), text, digest, obstacle },
    ...{ codeHalf, activationCode },
    receipt: readReceipt(request),
  }
}

export function readReceipt({ receipt }: Pick<DeskRequest, 'receipt'>): unknown {
  return receipt === null ? null : (JSON.parse(receipt) as unknown)
}

export function firstOf({ names: [first] }: Pick<DeskRequest, 'names'>) {
  if (first === undefined) throw new TypeError('a request has an act')
  return first
}
