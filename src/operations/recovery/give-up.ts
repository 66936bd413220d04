import { transact, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import { recordEnded } from '../../domain/recoveries/ended.ts'
import type { Recovery } from '../../domain/recoveries/recovery.ts'
import { deleteRecovery } from '../../domain/recoveries/store.ts'
import type { Caller } from '../../kernel/caller.ts'

/** Ends an attempt to set a password at its browser's request. */
export async function giveUpRecovery(
  deps: ActDeps,
  { id }: Recovery,
  caller: Caller,
): Promise<void> {
  await transact(deps, asGuest(caller), async (act) => {
    const ended = await deleteRecovery(act.tx, { id })
    if (ended) recordEnded(act, ended, 'given up')
  })
}
