// What is announced, kept in memory: a page is drawn without the database, and also while it is away.
import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '../../kernel/clock.ts'
import { boardLooksEvery } from '../../kernel/limits.ts'
import type { Announcement, AnnouncementBoard, Deps } from '../deps.ts'
import { selectAnnouncements } from './store.ts'

/** A database that answers does so much sooner; for one that does not, no page waits longer. */
const waitsAtMost = 1 * seconds

/**
 * Looks when a page asks and the last look is ten seconds old, and only that page waits for it. When
 * the look fails, or takes too long, what was known before is shown.
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
