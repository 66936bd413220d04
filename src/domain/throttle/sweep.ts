import type { Deps } from '../deps.ts'
import { deleteKnownBrowsersBefore, deleteThrottlesBefore } from './store.ts'
import { addressLimits, passwordWaits } from './waits.ts'

/** Deletes browsers that are known no longer and counts that have been forgotten; those of codes stay until a right code or support. */
export async function sweepThrottles({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const longestWindow = Math.max(...addressLimits.map(({ window }) => window))
  const forgotten = passwordWaits.forgetAfter ?? 0
  await deleteThrottlesBefore(db, ['password', 'browser'], now() - forgotten)
  await deleteThrottlesBefore(db, ['address'], now() - longestWindow)
  await deleteKnownBrowsersBefore(db, now())
}
