import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds between two batches, in which the nodes go on. */
const between = 5

/** Repeats the work until it finds nothing more: others may take some of what a batch has looked at. */
export async function inTurns(batch: () => Promise<number>): Promise<number> {
  let all = 0
  for (let some = await batch(); some > 0; some = await batch()) {
    all += some
    await pause(between)
  }
  return all
}
