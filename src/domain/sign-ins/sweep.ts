import type { Deps } from '../deps.ts'
import { deleteSignInsBefore } from './store.ts'
import { recordRunOut } from './unfinished.ts'

const batch = 500

/** Deletes sign-ins that nobody finished in time, each with its event, a batch in a transaction. */
export async function sweepSignIns({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const sweepBatch = () =>
    db.transaction().execute(async (tx) => {
      const ended = await deleteSignInsBefore(tx, now(), batch)
      await recordRunOut(tx, ended)
      return ended.length
    })
  while ((await sweepBatch()) === batch);
}
