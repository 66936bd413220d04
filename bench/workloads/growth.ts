// The passkey step while the tables grow around it.
import type { Bench, Candidate, Subject, Workload } from '../bench.ts'
import { costTable, type Series, type Table } from '../report.ts'
import { passkeyRound, warmUp } from './steps.ts'

interface Stage {
  readonly what: string
  readonly accounts: number
  readonly openSignIns: number
  readonly events: number
}

const thousands = (count: number) => count.toLocaleString('en')

/** A stage by what makes it larger than the first. */
function stagesOf(short: boolean): readonly Stage[] {
  const base = { accounts: 1000, openSignIns: 12_000, events: 0 }
  const small = { accounts: 64, openSignIns: 64, events: 0 }
  const grown: readonly Partial<typeof base>[] = short
    ? [{}, { accounts: 512, openSignIns: 512, events: 512 }]
    : [
        {},
        ...[{ accounts: 100_000 }, { accounts: 1_000_000 }],
        { openSignIns: 120_000 },
        { events: 10_000_000 },
      ]
  return grown.map((more) => {
    const stage = { ...(short ? small : base), ...more }
    const { accounts, openSignIns, events } = stage
    const what = [
      `${thousands(accounts)} accounts`,
      `${thousands(openSignIns)} open sign-ins`,
      `${thousands(events)} events`,
    ].join(', ')
    return { ...stage, what }
  })
}

export const growth: Workload = {
  says: 'the passkey step with 1,000,000 accounts, 120,000 open sign-ins, 10,000,000 events',
  async run(bench) {
    const { short, databases, seconds } = bench.options
    const clients = short ? 2 : 16
    const all: Series[] = []
    const sizes: string[][] = []
    const profiles: Table[] = []
    for (const database of databases) {
      const candidates: Candidate<Subject>[] = []
      for (const stage of stagesOf(short)) {
        for (const subject of await grow(bench, database, stage)) {
          candidates.push({ subject, what: stage.what, clients })
          const { label, rows } = subject.installation
          sizes.push([stage.what, database, label, ((await rows.size()) / 1e6).toFixed(1)])
        }
      }
      const subjects = candidates.map(({ subject }) => subject)
      await warmUp(bench, subjects, passkeyRound, 2000)
      all.push(
        ...(await bench.alternate(candidates, ({ subject }) =>
          passkeyRound(subject, { clients, seconds }),
        )),
      )
      profiles.push(...(await bench.profiles(subjects)))
      for (const { installation } of subjects) await installation.stop()
    }
    const costs = costTable('Passkey step while tables grow', all, toTheFirst)
    return [costs, sizeTable(sizes), ...profiles]
  },
}

async function grow(
  bench: Bench,
  database: 'sqlite' | 'postgres',
  { accounts, openSignIns, events }: Stage,
): Promise<readonly Subject[]> {
  const active = Math.min(256, accounts)
  const subjects = await bench.grown(database, { accounts, active })
  for (const { customers, installation } of subjects) {
    await customers.leaveSignIns(openSignIns)
    await customers.addEvents(events)
    await installation.rows.settle()
  }
  return subjects
}

const toTheFirst = {
  name: 'to the first',
  baseOf: ({ installation }: Series, all: readonly Series[]) =>
    all.find(
      (one) =>
        one.installation.database === installation.database &&
        one.installation.label === installation.label,
    ),
}

function sizeTable(rows: readonly string[][]): Table {
  return { title: 'Size', columns: ['with', 'database', 'commit', 'MB'], rows }
}
