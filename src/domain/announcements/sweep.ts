import type { Deps } from '../deps.ts'
import { deleteAnnouncementsBefore } from './store.ts'

/** Deletes announcements that are over: the audit trail keeps their words. */
export async function sweepAnnouncements({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteAnnouncementsBefore(db, now())
}
