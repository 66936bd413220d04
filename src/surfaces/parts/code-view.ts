import { z } from 'zod'
import type { SentCode } from '../../domain/email-codes/code.ts'
import { readTypedCode } from '../../domain/email-codes/typed-code.ts'
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

/** A code as people type or paste it, at most a whole mail; input that holds no code is a wrong code. */
export const typedCode = z.object({ code: z.string().max(2000).transform(readTypedCode) })
