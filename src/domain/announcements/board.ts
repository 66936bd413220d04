// Announcements cached in memory, so that pages need no query and work while the database is down.
import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '../../kernel/clock.ts'
import { boardLooksEvery } from '../../limits/node.ts'
import type { Announcement, AnnouncementBoard, Deps } from '../deps.ts'
import { selectAnnouncements } from './store.ts'

/** No page waits longer for the database; a healthy one answers much sooner. */
const waitsAtMost = 1 * seconds

/**
 * The cache is refreshed by the first page that asks after `boardLooksEvery`; only that page waits. When
 * the query fails or takes too long, the cached announcements are shown.
 */
export async function openBoard(
  deps: Pick<Deps, 'db' | 'now' | 'log'>,
): Promise<AnnouncementBoard> {
  let known: readonly Announcement[] = await selectAnnouncements(deps.db, deps.now())
  let lookedAt = deps.now()
  let looking = false

  async function look(): Promise<void> {
    looking = true
    try {
      known = await selectAnnouncements(deps.db, deps.now())
    } catch (error) {
      deps.log.warn({ err: error }, 'the announcements could not be read')
    } finally {
      looking = false
    }
  }

  return {
    async current() {
      const now = deps.now()
      if (!looking && Math.abs(now - lookedAt) >= boardLooksEvery) {
        lookedAt = now
        await Promise.race([look(), wait(waitsAtMost, undefined, { ref: false })])
      }
      return known.filter(({ from, until }) => from <= now && (until === null || until > now))
    },
  }
}
