import type { Device } from '../../kernel/http/user-agent.ts'
import { selectLastBefore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'

/** A sign-in as its holder may compare it with what they remember. */
export interface PreviousSignIn extends Device {
  readonly at: number
}

/** The account's last sign-in before that moment; null when there was none, or the trail has it no more. */
export async function findSignInBefore(
  { db }: Pick<Deps, 'db'>,
  accountId: string,
  before: number,
): Promise<PreviousSignIn | null> {
  return (await selectLastBefore(db, accountId, 'authn_login_success', before)) ?? null
}
