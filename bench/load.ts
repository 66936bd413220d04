// Load: so many clients at once, each with one thing after the other, for so long.
import { Agent } from 'node:http'
import type { CpuTime, Installation } from './installation.ts'

export interface Sample {
  readonly count: number
  readonly seconds: number
  /** How many were answered that the server is busy. */
  readonly busy: number
  /** CPU time for each, in microseconds. */
  readonly cost: CpuTime
  readonly generator: number
  /** What the database wrote for each, in kilobytes: PostgreSQL to its log, SQLite to all its files. */
  readonly written: number
  /** How long each took, from the shortest, in milliseconds. */
  readonly times: readonly number[]
}

export interface LoadOptions {
  readonly clients: number
  /** When it ends at the latest. */
  readonly seconds: number
  /** How many are done at the most. */
  readonly most?: number
}

/** Connections that one client keeps, as a proxy does; gone when it is over. */
export class KeptConnections extends Agent {
  constructor() {
    super({ keepAlive: true })
  }

  [Symbol.dispose](): void {
    this.destroy()
  }
}

/** Does one thing; false when there is nothing left to do. */
export type Thing = (agent: Agent) => Promise<boolean>

/**
 * Lets each client begin anew until the time is over or nothing is left to do, waits until all have ended,
 * and tells what one cost. What fails otherwise than by a busy server ends everything.
 */
export async function load(
  installation: Installation,
  { clients, seconds, most = Infinity }: LoadOptions,
  thing: Thing,
): Promise<Sample> {
  return measure(installation, async (attempt) => {
    let begun = 0
    const until = performance.now() + seconds * 1000
    const client = async () => {
      using agent = new KeptConnections()
      while (performance.now() < until && begun < most) {
        begun += 1
        if (!(await attempt(() => thing(agent)))) return
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
  })
}

/** Begins a thing so many times a second, however long each takes: their times are those of waiting too. */
export async function arrive(
  installation: Installation,
  { perSecond, seconds }: { perSecond: number; seconds: number },
  thing: Thing,
): Promise<Sample> {
  return measure(installation, async (attempt) => {
    using agent = new KeptConnections()
    const began = performance.now()
    const one = async (number: number) => {
      const due = began + (number * 1000) / perSecond
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
      await attempt(() => thing(agent), due)
    }
    await Promise.all(Array.from({ length: Math.ceil(perSecond * seconds) }, (_, n) => one(n)))
  })
}

/** Does a thing and notes how long it took from its beginning, or from when it was due. */
type Attempt = (thing: () => Promise<boolean>, since?: number) => Promise<boolean>

async function measure(
  installation: Installation,
  work: (attempt: Attempt) => Promise<void>,
): Promise<Sample> {
  const times: number[] = []
  let busy = 0
  const attempt: Attempt = async (thing, since = performance.now()) => {
    try {
      if (!(await thing())) return false
      times.push(performance.now() - since)
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('got 503'))) throw error
      busy += 1
    }
    return true
  }
  const before = await installation.used()
  const own = process.cpuUsage()
  const began = performance.now()
  await work(attempt)
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(own)
  const after = await installation.used()
  const count = times.length
  if (count === 0) throw new Error('nothing was done')
  installation.done += count
  const each = (read: (used: typeof after) => number) => (read(after) - read(before)) / count
  return {
    ...{ count, seconds, busy, times: times.toSorted((one, other) => one - other) },
    cost: {
      app: each(({ cpu }) => cpu.app),
      hashing: each(({ cpu }) => cpu.hashing),
      database: each(({ cpu }) => cpu.database),
    },
    generator: (user + system) / count,
    written: each(({ written }) => written) / 1000,
  }
}

/** The time below which this share of all lies. */
export function percentile({ times }: Sample, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
}
