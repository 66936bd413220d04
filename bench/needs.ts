// What a broker needs at nine in the morning, computed from the figures of one run.
import { mostConnections } from '../src/kernel/limits.ts'
import type { Subject } from './bench.ts'
import { medianOf, type Series, type Table } from './report.ts'

/** The assumptions; docs/performance.md gives the reasons. */
const assumed = {
  /** The share of all customers that signs in between 8:50 and 9:10. */
  inTheMorning: 0.1,
  morningSeconds: 20 * 60,
  /** How much more than the average of these minutes the worst second brings. */
  peak: 3,
  /** How much of a core is used at the peak. */
  load: 0.6,
  /** Sign-ins per customer and day, and trading days a year. */
  aDay: 0.3,
  days: 245,
} as const

/** What one sign-in leaves for ever. */
export interface Trail {
  readonly eventsForEach: number
  readonly bytesForEvent: number
}

/** Begins to watch what is left behind; at the end tells it, with the size of so many events more. */
export async function watchTrail({ installation, customers }: Subject, probes: number) {
  const { rows } = installation
  const first = { events: await rows.count('audit_events'), done: installation.done }
  return async (): Promise<Trail> => {
    const events = (await rows.count('audit_events')) - first.events
    await rows.settle()
    const before = await rows.size()
    await customers.addEvents(probes)
    await rows.settle()
    return {
      eventsForEach: events / (installation.done - first.done),
      bytesForEvent: ((await rows.size()) - before) / probes,
    }
  }
}

const customers = [1, 5, 15] as const

/** For the first installation on each database, with as many clients as were tried. */
export function needsTable(all: readonly Series[], trails: ReadonlyMap<string, Trail>): Table {
  const rows = [...trails].flatMap(([database, trail]) => {
    const most = all
      .filter(({ installation }) => installation.database === database)
      .toSorted((one, other) => other.clients - one.clients)[0]
    return most ? customers.map((millions) => needsRow(millions, most, trail)) : []
  })
  return {
    title: 'What a broker needs',
    columns: [
      ...['customers', 'database', 'sign-ins per s', 'nodes', 'hash cores', 'database cores'],
      ...['connections', 'MB/s at the peak', 'GB written a day', 'GB more a year'],
    ],
    rows,
  }
}

function needsRow(millions: number, series: Series, trail: Trail): string[] {
  const count = millions * 1e6
  const { inTheMorning, morningSeconds, peak, load, aDay, days } = assumed
  const perSecond = ((count * inTheMorning) / morningSeconds) * peak
  const cores = (microseconds: number) => Math.ceil((perSecond * microseconds) / 1e6 / load)
  const nodes = cores(medianOf(series, ({ cost }) => cost.app))
  const { database } = series.installation
  const written = medianOf(series, (sample) => sample.written)
  const isShared = database === 'postgres'
  const keptPerYear = count * aDay * days * trail.eventsForEach * trail.bytesForEvent
  return [
    `${millions},000,000`,
    database,
    perSecond.toFixed(0),
    isShared || nodes === 1 ? String(nodes) : `one is not enough (${nodes})`,
    String(cores(medianOf(series, ({ cost }) => cost.hashing))),
    isShared ? String(cores(medianOf(series, ({ cost }) => cost.database))) : 'in the node',
    isShared ? String(nodes * mostConnections) : '1',
    ((perSecond * written) / 1000).toFixed(1),
    ((count * aDay * written) / 1e6).toFixed(1),
    (keptPerYear / 1e9).toFixed(1),
  ]
}
