import type { Deps } from '../deps.ts'
import { deleteCeremoniesBefore } from './store.ts'

/** Deletes ceremonies that nobody answered in time. */
export async function sweepCeremonies({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteCeremoniesBefore(db, now())
}
