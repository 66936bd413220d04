import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere } from '../domain/actor.ts'
import { deleteSignInsBefore } from '../domain/sign-ins/store.ts'
import { recordRunOut } from '../domain/sign-ins/unfinished.ts'

const batch = 500

/** Deletes sign-ins that nobody finished in time, each with its event, a batch in a transaction. */
export async function sweepSignIns(deps: ActDeps): Promise<void> {
  const sweepBatch = () =>
    transact(deps, fromNowhere('system'), async (act) => {
      const ended = await deleteSignInsBefore(act.tx, act.now, batch)
      recordRunOut(act, ended)
      return ended.length
    })
  while ((await sweepBatch()) === batch);
}
