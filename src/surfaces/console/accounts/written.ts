// What operators write with what they ask for.
import { z } from 'zod'
import { readShownName } from '../../../kernel/shown-name.ts'
import { longestReason, longestTicket } from '../../../limits/requests.ts'

/** One line of text that shows something. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => readShownName(text) ?? '')
    .refine((text) => text !== '')

/** Why, and for which ticket (rule 41). */
export const why = z.object({ reason: line(longestReason), ticket: line(longestTicket) })

/** What may have several lines, such as what a caller tells. */
export const paragraph = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.trim())
    .refine((text) => text.split(/\r?\n/).some((one) => readShownName(one) !== null))
    .refine((text) =>
      text.split(/\r?\n/).every((one) => one.trim() === '' || readShownName(one) !== null),
    )
