// Removes what has run out, on every node, a little at a time: nothing depends on it.
import type { ActDeps } from '../domain/act.ts'
import { sweepAnnouncements } from '../domain/announcements/sweep.ts'
import type { Deps } from '../domain/deps.ts'
import { sweepCodes } from '../domain/email-codes/sweep.ts'
import { sweepOutbox } from '../domain/outbox/sweep.ts'
import { sweepCeremonies } from '../domain/passkeys/sweep.ts'
import { sweepSessions } from '../domain/sessions/sweep.ts'
import { sweepThrottles } from '../domain/throttle/sweep.ts'
import { minutes } from '../kernel/clock.ts'
import { sweepSignIns } from './sweep-sign-ins.ts'

const sweepEvery = 5 * minutes

/** Sweeps every few minutes until it is stopped. */
export function startSweeper(deps: ActDeps & Pick<Deps, 'log'>): { stop(): void } {
  const timer = setInterval(() => {
    sweep(deps).catch((error: unknown) => deps.log.error({ err: error }, 'the sweep failed'))
  }, sweepEvery)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** Deletes expired sign-ins, ceremonies, codes and sessions, and the mails that are done with. */
export async function sweep(deps: ActDeps): Promise<void> {
  await sweepSignIns(deps)
  await sweepCeremonies(deps)
  await sweepCodes(deps)
  await sweepSessions(deps)
  await sweepThrottles(deps)
  await sweepOutbox(deps)
  await sweepAnnouncements(deps)
}
