import type { Deps } from '../deps.ts'
import { days } from '../ground/clock.ts'
import { deleteWiped, wipeExpired } from './store.ts'

const kept = 7 * days

/** Wipes mails that expired unsent, and forgets a week later that they were there. */
export async function sweepOutbox({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await wipeExpired(db, now())
  await deleteWiped(db, now() - kept)
}
