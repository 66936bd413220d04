import { sql } from 'kysely'
import type { Announcement } from '../deps.ts'
import { deleteBatch } from '../tables/batch.ts'
import type { Database, Tx } from '../tables/tables.ts'

export async function insertAnnouncement(tx: Tx, announcement: Announcement): Promise<void> {
  const { id, kind, text, from, until } = announcement
  await tx
    .insertInto('announcements')
    .values({ id, kind, ja: text.ja, en: text.en, shows_from: from, shows_until: until })
    .execute()
}

/** Announcements that have not ended, in order of their beginning. */
export async function selectAnnouncements(db: Database, now: number): Promise<Announcement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where((row) => row.or([row('shows_until', 'is', null), row('shows_until', '>', now)]))
    .orderBy('shows_from')
    .orderBy('id')
    .execute()
  return rows.map(({ id, kind, ja, en, shows_from: from, shows_until: until }) => ({
    ...{ id, kind, text: { ja, en }, from, until },
  }))
}

/** False when there is none with this id. */
export async function deleteAnnouncement(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('announcements')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export function deleteAnnouncementsBefore(db: Database, time: number): Promise<number> {
  return deleteBatch(db, {
    table: 'announcements',
    key: ['id'],
    where: sql`shows_until <= ${time}`,
    by: 'shows_until',
  })
}
