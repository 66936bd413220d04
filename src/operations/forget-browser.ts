import { holdAccount } from '../domain/accounts/hold-account.ts'
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import { holdChangeProof } from '../domain/sessions/permission.ts'
import type { Session } from '../domain/sessions/session.ts'
import { forgetBrowser } from '../domain/throttle/browsers-store.ts'
import type { Caller } from '../kernel/caller.ts'
import { Problem } from '../kernel/http/problem.ts'
import { isId } from '../kernel/secrets.ts'

/**
 * Makes the account forget a browser, whose next sign-in is one of a browser not seen before. 403
 * `proof_needed` without a fresh proof; 404 `not_found` when the account knows no such browser.
 */
export async function forgetOneBrowser(
  deps: ActDeps,
  session: Session,
  id: string,
  caller: Caller,
): Promise<void> {
  const accountId = session.account.id
  await transact(deps, asHolder(caller), async (act) => {
    await holdChangeProof(act, session, await holdAccount(act, { id: accountId }))
    const isForgotten = isId(id) && (await forgetBrowser(act.tx, accountId, id))
    if (!isForgotten) throw new Problem('not_found')
    record(act, { event: 'authn_browser_forgotten', accountId, detail: { knownBrowser: id } })
  })
}
