// One run of the fuzzer against a node of its own, in this process, on a new SQLite file.
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'
import { Fuzzer } from './fuzzer.ts'
import { fuzzJourneys, type Outcome } from './journeys.ts'

export interface Report extends Outcome {
  readonly failures: readonly string[]
  /** How many bent requests were answered with which status. */
  readonly answered: ReadonlyMap<number, number>
}

export async function runFuzzer(seed: number, milliseconds: number): Promise<Report> {
  const [sqlite] = databases
  if (!sqlite) throw new Error('no database')
  const world = await World.start(sqlite)
  try {
    const fuzzer = new Fuzzer(world, milliseconds)
    const outcome = await fuzzJourneys(world, fuzzer, seed)
    return { ...outcome, failures: fuzzer.failures, answered: fuzzer.answered }
  } finally {
    await world.stop()
  }
}

export function describeReport({ begun, finished, answered }: Report): string {
  const total = [...answered.values()].reduce((sum, count) => sum + count, 0)
  const byStatus = [...answered].sort(([one], [other]) => one - other)
  const counts = byStatus.map(([status, count]) => `${status}: ${count}`).join(', ')
  return `${total} bent requests (${counts}) beside ${begun} journeys, ${finished} of them to their end`
}
