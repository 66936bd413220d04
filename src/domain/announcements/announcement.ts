import { longestAnnouncement } from '../../limits/node.ts'
import type { Announcement } from '../deps.ts'
import type { AnnouncementKind } from '../tables/tables.ts'

export type NewAnnouncement = Omit<Announcement, 'id'>

export type AnnouncementFault =
  'text_missing' | 'text_too_long' | 'text_not_allowed' | 'over_before_it_begins' | 'over_already'

export const announcementKinds: readonly AnnouncementKind[] = ['maintenance', 'warning']

/** Controls, line breaks, and signs that change the writing direction. */
const notAllowed = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** The fault of an announcement, or null. */
export function findFault(
  { text, from, until }: NewAnnouncement,
  now: number,
): AnnouncementFault | null {
  for (const words of Object.values(text)) {
    if (words.trim() === '') return 'text_missing'
    if ([...words].length > longestAnnouncement) return 'text_too_long'
    if (notAllowed.test(words)) return 'text_not_allowed'
  }
  if (until !== null && until <= from) return 'over_before_it_begins'
  if (until !== null && until <= now) return 'over_already'
  return null
}
