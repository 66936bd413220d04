import type { Deps } from '../../domain/deps.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { deleteSignIn } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import type { Caller } from '../../kernel/caller.ts'

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
