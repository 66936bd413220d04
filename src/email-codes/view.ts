import { z } from 'zod'
import { isoTime } from '../ground/action.ts'
import { toIso } from '../ground/clock.ts'
import type { SentCode } from './code.ts'

export const sentCode = z.object({
  sentTo: z.string(),
  expiresAt: isoTime,
  resendAfter: isoTime,
})

/** What the API tells of a code that is on its way. */
export function viewSentCode({ sentTo, expiresAt, resendAfter }: SentCode) {
  return { sentTo, expiresAt: toIso(expiresAt), resendAfter: toIso(resendAfter) }
}

/** A code as people type it: spaces and full-width digits are read, anything else is a wrong code. */
export const typedCode = z.object({
  code: z
    .string()
    .max(64)
    .transform((text) => text.normalize('NFKC').replace(/\s/g, '')),
})
