// Passkeys while passwords saturate the machine, as at nine in the morning.
import type { Subject, Workload } from '../bench.ts'
import { arrive, load, type Sample } from '../load.ts'
import { latencyOf, median, rateOf, type Series, type Table } from '../report.ts'
import { passkeyRound, passkeyStep, passwordStep, warmUp } from './steps.ts'

/** Passkey steps a second: few enough that they do not saturate the core themselves. */
const perSecond = 40

export const password: Workload = {
  says: `how long ${perSecond} passkey steps a second take while passwords keep a core busy`,
  async run(bench) {
    const { short, databases, seconds } = bench.options
    const rows: string[][] = []
    const profiles: Table[] = []
    for (const database of databases) {
      const subjects = await bench.usual(database)
      await warmUp(bench, subjects, passkeyRound, 1000)
      for (const lanes of short ? [0, 4] : [0, 16, 48]) {
        const rates = new Map<Series['installation'], number[]>()
        const candidates = subjects.map((subject) => ({ subject, what: 'step', clients: lanes }))
        const series = await bench.alternate(candidates, async ({ subject }) => {
          const { steps, passwordsPerSecond } = await beside(subject, lanes, seconds)
          const { installation } = subject
          rates.set(installation, [...(rates.get(installation) ?? []), passwordsPerSecond])
          return steps
        })
        rows.push(...series.map((one) => rowOf(one, lanes, rates.get(one.installation) ?? [])))
      }
      profiles.push(...(await bench.profiles(subjects)))
    }
    return [table(rows), ...profiles]
  },
}

/** Passkey steps that arrive evenly, beside so many clients who give their password again and again. */
async function beside(
  subject: Subject,
  lanes: number,
  seconds: number,
): Promise<{ steps: Sample; passwordsPerSecond: number }> {
  const { installation, customers } = subject
  await customers.openSignIns(Math.ceil(perSecond * seconds) * 2)
  const storm =
    lanes === 0 ? undefined : load(installation, { clients: lanes, seconds }, passwordStep(subject))
  const [steps, passwords] = await Promise.all([
    arrive(installation, { perSecond, seconds }, passkeyStep(subject)),
    storm,
  ])
  return { steps, passwordsPerSecond: passwords ? passwords.count / passwords.seconds : 0 }
}

function rowOf(series: Series, lanes: number, rates: readonly number[]): string[] {
  const { database, label } = series.installation
  return [
    lanes === 0 ? 'quiet' : `beside ${lanes} clients with passwords`,
    ...[database, label, latencyOf(series)],
    rateOf(series),
    median(rates).toFixed(0),
  ]
}

function table(rows: readonly string[][]): Table {
  return {
    title: `Passkey steps, ${perSecond} a second, beside passwords`,
    columns: ['when', 'database', 'commit', 'p50 / p99 ms', 'steps per s', 'passwords per s'],
    rows,
  }
}
