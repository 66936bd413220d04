import type { ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import type { AuthenticationAnswer } from '../domain/passkeys/answers.ts'
import type { Session } from '../domain/sessions/session.ts'
import { noteWorked, wayOf } from '../domain/throttle/passkeys-here.ts'
import type { Way } from '../domain/vocabulary/purposes.ts'
import type { KnownCaller } from '../kernel/caller.ts'
import { withProof } from './check-proof.ts'

/**
 * Tries one passkey out, and returns the way in which it answered. It counts as a use and is remembered by
 * the browser; the session stays as it is, as nothing is proven. Refuses as `withProof` does.
 */
export async function rehearsePasskey(
  deps: ActDeps & Pick<Deps, 'site'>,
  session: Session,
  passkeyId: string,
  answer: AuthenticationAnswer,
  { caller, tokens }: KnownCaller,
): Promise<Way> {
  const expected = { purposes: ['rehearsal'], passkeyId, outrun: 'start_again', tokens } as const
  return withProof(deps, asHolder(caller), session, expected, answer, async (act, proven) => {
    const accountId = proven.account.id
    const way = wayOf(proven)
    await noteWorked(act, accountId, tokens, proven)
    const detail = { passkey: passkeyId, way }
    record(act, { event: 'authn_rehearsal_success', accountId, detail })
    return way
  })
}
