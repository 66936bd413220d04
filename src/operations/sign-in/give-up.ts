import { transact, type ActDeps } from '../../domain/act.ts'
import { asGuest } from '../../domain/actor.ts'
import type { SignIn } from '../../domain/sign-ins/sign-in.ts'
import { takeSignIn } from '../../domain/sign-ins/store.ts'
import { failSignIn } from '../../domain/sign-ins/unfinished.ts'
import type { Caller } from '../../kernel/caller.ts'

/** Ends a sign-in at its browser's request. */
export async function giveUpSignIn(deps: ActDeps, { id }: SignIn, caller: Caller): Promise<void> {
  await transact(deps, asGuest(caller), async (act) => {
    const ended = await takeSignIn(act.tx, id)
    if (ended) await failSignIn(act, ended, 'given up')
  })
}
