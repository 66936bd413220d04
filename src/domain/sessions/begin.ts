import type { Caller } from '../../kernel/caller.ts'
import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { SecondFactor, Tx } from '../tables/tables.ts'
import { proofs } from './session.ts'
import { deleteSessionByToken, insertSession } from './store.ts'

/**
 * A new session, proven just now with `factor`. The one that the browser had (`replaces`, its token)
 * ends and hands nothing on (rule 23). Returns the new token.
 */
export async function beginSession(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  {
    accountId,
    factor,
    caller,
    replaces,
  }: { accountId: string; factor: SecondFactor; caller: Caller; replaces: string | undefined },
): Promise<string> {
  const token = newToken()
  const id = newId()
  const { acr } = proofs[factor]
  if (replaces) await deleteSessionByToken(tx, hashToken(replaces), now())
  await insertSession(tx, {
    id,
    tokenHash: hashToken(token),
    accountId,
    acr,
    browser: caller.browser,
    system: caller.system,
    now: now(),
  })
  const detail = { session: id, acr }
  await recordEvent(tx, { now }, caller, { event: 'session_created', accountId, detail })
  return token
}
