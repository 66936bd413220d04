// An operator as the console's API shows one.
import { z } from 'zod'
import type { DeskOperator } from '../../../domain/operators/operator.ts'
import type { OperatorPasskey } from '../../../domain/operators/passkeys.ts'
import { placeOf } from '../../../domain/passkeys/place.ts'
import { operatorRoles } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import type { Texts } from '../../../text/texts.ts'
import { isoTime } from '../../frame/action.ts'

/** An operator, by id and name. */
export const operatorView = z.object({ id: z.string(), name: z.string() })

export type OperatorNames = ReadonlyMap<string, string>

type Named = z.output<typeof operatorView>

export function viewOperator(id: string, names: OperatorNames): Named
export function viewOperator(id: string | null, names: OperatorNames): Named | null
export function viewOperator(id: string | null, names: OperatorNames): Named | null {
  return id === null ? null : { id, name: names.get(id) ?? '' }
}

export const memberView = operatorView.extend({ roles: z.array(z.enum(operatorRoles)) })

export function viewMember({ id, name, roles }: DeskOperator): z.output<typeof memberView> {
  return { id, name, roles: [...roles] }
}

export const operatorPasskeyView = z.object({
  id: z.string(),
  /** The place that keeps it, in words. */
  place: z.string(),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
})

export function viewOperatorPasskey(
  passkey: OperatorPasskey,
  texts: Texts,
): z.output<typeof operatorPasskeyView> {
  return {
    id: passkey.id,
    place: placeOf({ ...passkey, attachment: null }, texts),
    createdAt: toIso(passkey.createdAt),
    lastUsedAt: toIso(passkey.lastUsedAt),
  }
}
