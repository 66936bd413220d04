import { z } from 'zod'
import type { Deps } from '../../domain/deps.ts'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { readTypedCode } from '../../domain/email-codes/typed-code.ts'
import { findMailState, mailStates } from '../../domain/outbox/mail-state.ts'
import { toIso } from '../../kernel/clock.ts'
import { isoTime } from '../frame/action.ts'

export const sentCode = z.object({
  sentTo: z.string(),
  expiresAt: isoTime,
  resendAfter: isoTime,
})

/** A sent code as the API shows it. */
export function viewSentCode({ sentTo, expiresAt, resendAfter }: SentCode) {
  return { sentTo, expiresAt: toIso(expiresAt), resendAfter: toIso(resendAfter) }
}

/** A sent code, and what has become of its mail. */
export const mailedCode = sentCode.extend({
  mail: z.enum(mailStates),
  at: isoTime.nullable(),
})

export async function viewMailedCode(
  { db }: Pick<Deps, 'db'>,
  code: SentCode & { readonly id: string },
): Promise<z.output<typeof mailedCode>> {
  const { mail, at } = await findMailState(db, code.id)
  return { ...viewSentCode(code), mail, at: at === null ? null : toIso(at) }
}

/** A code as people type or paste it, at most a whole mail; input that holds no code is a wrong code. */
export const typedCode = z.object({ code: z.string().max(2000).transform(readTypedCode) })
