import { hashToken, newId, newToken } from '../../kernel/secrets.ts'
import type { Act } from '../act.ts'
import { record } from '../audit/record.ts'
import { factors, type Factor } from '../factors/factors.ts'
import { deleteReplaced, sessionInsertion } from './store.ts'

interface NewlySignedIn {
  readonly accountId: string
  readonly factor: Factor
  /** The passkey that proved it, if one did. */
  readonly passkeyId?: string | null
  /** Since when the passkey or the address that proved it belongs to the account, where that is known. */
  readonly factorSince?: number | null
  readonly newBrowser?: boolean
  readonly passwordBreached?: boolean
  /** The token of the browser's former session, which ends and passes nothing on (rule 23). */
  readonly replaces: string | undefined
}

/** Begins a session, just proven with `factor`. Returns its token. */
export async function beginSession(act: Act, signedIn: NewlySignedIn): Promise<string> {
  const { tx, by, now } = act
  const { accountId, factor, passkeyId = null, factorSince = null, replaces } = signedIn
  const { newBrowser = false, passwordBreached = false } = signedIn
  const token = newToken()
  const id = newId()
  const { acr } = factors[factor]
  if (replaces) await deleteReplaced(act, hashToken(replaces))
  const session = {
    ...{ id, accountId, acr, now, provenWith: passkeyId, factorSince },
    newBrowser: newBrowser ? 1 : 0,
    passwordBreached: passwordBreached ? 1 : 0,
    tokenHash: hashToken(token),
    browser: by.browser,
    system: by.system,
  } as const
  act.later(() => sessionInsertion.with(tx, session))
  record(act, { event: 'session_created', accountId, detail: { session: id, acr } })
  return token
}
