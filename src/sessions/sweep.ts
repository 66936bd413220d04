import type { Deps } from '../deps.ts'
import { idleLifetime, longestLifetime } from './session.ts'
import { deleteSessionsBefore } from './store.ts'

/** Deletes sessions that ended by being idle or old. */
export async function sweepSessions({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const lastSeenAt = now() - idleLifetime
  await deleteSessionsBefore(db, { lastSeenAt, signedInAt: now() - longestLifetime })
}
