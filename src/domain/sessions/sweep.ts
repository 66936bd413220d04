import type { Deps } from '../deps.ts'
import { idleLifetime, longestLifetime } from './session.ts'
import { deleteSessionsBefore } from './store.ts'

/** Deletes sessions that ended by being idle or old. */
export async function sweepSessions({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const lastSeenAt = now() - idleLifetime
  const signedInAt = now() - longestLifetime
  await deleteSessionsBefore(db, { lastSeenAt, signedInAt, now: now() })
}
