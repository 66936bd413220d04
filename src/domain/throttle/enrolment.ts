// Wrong codes for enrolment: nobody can guess one, so their number from one address is all that is limited.
import { waitProblem } from '../../kernel/http/problem.ts'
import { enrolmentTries } from '../../limits/operators.ts'
import type { Act } from '../act.ts'
import type { Deps } from '../deps.ts'
import { customerNetwork } from './network.ts'
import { chargeWindow, fullWindow, selectFullWindow } from './store.ts'

/** Throws 429 `too_many_attempts` while an address has sent too many wrong codes. */
export async function refuseEnrolments(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  address: string | null,
): Promise<void> {
  if (address === null) return
  const until = await selectFullWindow(db, keyOf(address), enrolmentTries.failures, now())
  if (until !== null) throw waitProblem('too_many_attempts', until - now())
}

/** Charges a wrong code to its address; returns how many there were. 429 when there were too many before. */
export async function chargeEnrolment({ tx, now }: Act, address: string | null): Promise<number> {
  if (address === null) return 1
  const key = keyOf(address)
  const count = await chargeWindow(tx, key, enrolmentTries, now)
  if (count === null) throw await fullWindow(tx, key, now)
  return count
}

function keyOf(address: string): string {
  return `enrolment/${customerNetwork(address)}`
}
