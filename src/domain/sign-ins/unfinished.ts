// Rule 28: a password that was right and led nowhere is on record, however its sign-in ended.
import type { Caller } from '../../kernel/caller.ts'
import { recordEvent, recordLapses } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../tables/tables.ts'
import type { EndedSignIn } from './store.ts'

const event = 'authn_login_unfinished'

/** Puts on record that somebody ended a sign-in that was deleted in this transaction. */
export async function recordUnfinished(
  tx: Tx,
  deps: Pick<Deps, 'now'>,
  caller: Caller,
  signIn: { readonly id: string; readonly accountId: string },
  why: 'given up' | 'begun anew' | 'too many wrong codes',
): Promise<void> {
  const { id, accountId } = signIn
  const detail = { signIn: id, why }
  await recordEvent(tx, deps, caller, { event, accountId, actor: 'guest', detail })
}

/** Puts on record that sign-ins which were deleted in this transaction ran out. */
export async function recordRunOut(tx: Tx, signIns: readonly EndedSignIn[]): Promise<void> {
  if (signIns.length === 0) return
  const lapses = signIns.map(({ id, accountId, expiresAt }) => {
    return { event, accountId, at: expiresAt, detail: { signIn: id, why: 'ran out' } } as const
  })
  await recordLapses(tx, lapses)
}
