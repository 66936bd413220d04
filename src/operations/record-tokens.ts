// Rule 28: the audit trail has each sign-in to a client, and each code or token that was used twice.
import { transact, type ActDeps } from '../domain/act.ts'
import { asHolder } from '../domain/actor.ts'
import type { EventOf } from '../domain/audit/events.ts'
import { record } from '../domain/audit/record.ts'
import type { Caller } from '../kernel/caller.ts'

/** Records that a client gets a code for an account. */
export async function recordCode(
  deps: ActDeps,
  caller: Caller,
  happened: Omit<EventOf<'authn_token_created'>, 'event'>,
): Promise<void> {
  await transact(deps, asHolder(caller), async (act) =>
    record(act, { event: 'authn_token_created', ...happened }),
  )
}

/** Records that a client used a code or a refresh token a second time. */
export async function recordSecondUse(
  deps: ActDeps,
  caller: Caller,
  happened: Omit<EventOf<'authn_token_reuse'>, 'event'>,
): Promise<void> {
  await transact(deps, { ...caller, actor: 'application' }, async (act) =>
    record(act, { event: 'authn_token_reuse', ...happened }),
  )
}
