// A dialog that ended without an answer is seen by the browser alone, which says so (docs/decisions/0018).
import type { Account } from '../domain/accounts/account.ts'
import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import type { By } from '../domain/actor.ts'
import { selectLivePasskey } from '../domain/passkeys/store.ts'
import { noteFailed } from '../domain/throttle/passkeys-here.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/**
 * Lets a known browser remember that a passkey of the account gave no answer in it; writes at most once
 * after each success. 404 `no_such_passkey` when it is not the account's.
 */
export async function noteFailure(
  deps: ActDeps,
  by: By,
  { id: accountId }: Account,
  { passkeyId: id, tokens }: { readonly passkeyId: string; readonly tokens: readonly string[] },
): Promise<void> {
  const isOwn = isId(id) && (await selectLivePasskey(deps.db, { accountId, id }))
  if (!isOwn) throw new Problem('no_such_passkey')
  await transact(deps, by, async (act) => {
    await holdAccount(act, { id: accountId })
    await noteFailed(act, accountId, tokens, id)
  })
}
