import { setTimeout as wait } from 'node:timers/promises'
import { evenAnswer } from './limits.ts'

/** Ends no earlier than an even answer does to what began at this moment of `performance`. */
export async function untilEven(begun: number): Promise<void> {
  await wait(Math.max(0, evenAnswer - (performance.now() - begun)))
}

/** Does `work` in the same time whatever it finds (rule 44): its answer and its refusal wait until then. */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  try {
    return await work()
  } finally {
    await untilEven(begun)
  }
}
