import { days } from '../../kernel/clock.ts'
import type { Deps } from '../deps.ts'
import { deleteUndelivered, deleteWiped, wipeExpired } from './store.ts'

const kept = 7 * days
const undeliveredKept = 30 * days

/** Wipes mails that expired unsent, and forgets after a time that they and the others were there. */
export async function sweepOutbox({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await wipeExpired(db, now())
  await deleteWiped(db, now() - kept)
  await deleteUndelivered(db, now() - undeliveredKept)
}
