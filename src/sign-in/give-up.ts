import type { Deps } from '../deps.ts'
import type { Caller } from '../ground/caller.ts'
import type { SignIn } from './sign-in.ts'
import { deleteSignIn } from './store.ts'
import { recordUnfinished } from './unfinished.ts'

/** Gives a sign-in up. */
export async function giveUp(
  deps: Pick<Deps, 'db' | 'now'>,
  { id, account }: SignIn,
  caller: Caller,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    if (!(await deleteSignIn(tx, id))) return
    await recordUnfinished(tx, deps, caller, { id, accountId: account.id }, 'given up')
  })
}
