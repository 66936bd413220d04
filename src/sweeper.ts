// Removes what has run out, on every node, a little at a time: nothing depends on it.
import { sweepAnnouncements } from './announcements/sweep.ts'
import type { Deps } from './deps.ts'
import { sweepCodes } from './email-codes/sweep.ts'
import { minutes } from './ground/clock.ts'
import { sweepOutbox } from './mail/sweep.ts'
import { sweepCeremonies } from './passkeys/sweep.ts'
import { sweepSessions } from './sessions/sweep.ts'
import { sweepSignIns } from './sign-in/sweep.ts'
import { sweepThrottles } from './throttle/sweep.ts'

const sweepEvery = 5 * minutes

/** Sweeps every few minutes until it is stopped. */
export function startSweeper(deps: Pick<Deps, 'db' | 'now' | 'log'>): { stop(): void } {
  const timer = setInterval(() => {
    sweep(deps).catch((error: unknown) => deps.log.error({ err: error }, 'the sweep failed'))
  }, sweepEvery)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** Deletes expired sign-ins, ceremonies, codes and sessions, and the mails that are done with. */
export async function sweep(deps: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await sweepSignIns(deps)
  await sweepCeremonies(deps)
  await sweepCodes(deps)
  await sweepSessions(deps)
  await sweepThrottles(deps)
  await sweepOutbox(deps)
  await sweepAnnouncements(deps)
}
