import { transact, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { deleteSignIn } from '../../domain/sign-ins/store.ts'
import { recordUnfinished } from '../../domain/sign-ins/unfinished.ts'
import type { Caller } from '../../kernel/caller.ts'

/** Ends a sign-in at its browser's request. */
export async function giveUpSignIn(
  deps: ActDeps,
  { id, account }: SignIn,
  caller: Caller,
): Promise<void> {
  await transact(deps, asGuest(caller), async (act) => {
    if (!(await deleteSignIn(act.tx, id))) return
    recordUnfinished(act, { id, accountId: account.id }, 'given up')
  })
}
