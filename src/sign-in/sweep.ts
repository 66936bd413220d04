import type { Deps } from '../deps.ts'
import { deleteSignInsBefore } from './store.ts'

/** Deletes sign-ins that nobody finished in time. */
export async function sweepSignIns({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteSignInsBefore(db, now())
}
