import { z } from 'zod'
import { isoTime } from '../ground/action.ts'
import { toIso } from '../ground/clock.ts'
import type { SentCode } from './code.ts'
import { readTypedCode } from './typed-code.ts'

export const sentCode = z.object({
  sentTo: z.string(),
  expiresAt: isoTime,
  resendAfter: isoTime,
})

/** What the API tells of a code that is on its way. */
export function viewSentCode({ sentTo, expiresAt, resendAfter }: SentCode) {
  return { sentTo, expiresAt: toIso(expiresAt), resendAfter: toIso(resendAfter) }
}

/** A code as people type it or paste it, at most a mail; what holds no code is a wrong one. */
export const typedCode = z.object({ code: z.string().max(2000).transform(readTypedCode) })
