import type { Announcement, Deps } from '../deps.ts'
import { selectAnnouncements } from './store.ts'

/** All that show now or will, the first to show first. */
export async function listAnnouncements({
  db,
  now,
}: Pick<Deps, 'db' | 'now'>): Promise<Announcement[]> {
  return selectAnnouncements(db, now())
}
