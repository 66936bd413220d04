import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import { factors, type Factor } from '../factors/factors.ts'
import { deleteReplaced, sessionInsertion } from './store.ts'

/**
 * Begins a session, just proven with `factor`. The browser's former session (`replaces`, its token) ends
 * and passes nothing on (rule 23). Returns the new token.
 */
export async function beginSession(
  act: Act,
  {
    accountId,
    factor,
    passkeyId = null,
    replaces,
  }: {
    accountId: string
    factor: Factor
    passkeyId?: string | null
    replaces: string | undefined
  },
): Promise<string> {
  const { tx, by, now } = act
  const token = newToken()
  const id = newId()
  const { acr } = factors[factor]
  if (replaces) await deleteReplaced(act, hashToken(replaces))
  const session = {
    ...{ id, accountId, acr, now, provenWith: passkeyId },
    tokenHash: hashToken(token),
    browser: by.browser,
    system: by.system,
  }
  act.later(() => sessionInsertion.with(tx, session))
  record(act, { event: 'session_created', accountId, detail: { session: id, acr } })
  return token
}
