// Figures as Markdown tables: medians over the rounds, their spread, and each as a multiple of the unit.
import { percentile, type Sample } from './load.ts'

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** One thing, measured in several rounds on one installation. */
export interface Series {
  readonly what: string
  readonly installation: { readonly label: string; readonly database: string }
  readonly clients: number
  readonly samples: readonly Sample[]
  /** The unit in each of these rounds, in microseconds. */
  readonly units: readonly number[]
}

const costColumns = ['what', 'database', 'commit', 'clients', 'app µs', 'hash µs', 'database µs']
const restColumns = ['× P-256', 'spread', 'p50 / p99 ms', 'per s', 'kB written', 'generator']

/** What each is compared with, and the name of that column. */
interface Comparison {
  readonly name: string
  readonly baseOf: (one: Series, all: readonly Series[]) => Series | undefined
}

/** The same thing on the last of several installations. */
const other: Comparison = {
  name: 'to the other',
  baseOf: (one, all) =>
    all.findLast(
      ({ what, clients, installation: { database } }) =>
        what === one.what && clients === one.clients && database === one.installation.database,
    ),
}

/** What one of a thing costs; × P-256 is of the app and the database together, without the hash. */
export function costTable(title: string, all: readonly Series[], comparison?: Comparison): Table {
  const isCompared = new Set(all.map(({ installation }) => installation.label)).size > 1
  const compared = comparison ?? (isCompared ? other : undefined)
  return {
    title,
    columns: [...costColumns, ...restColumns, ...(compared ? [compared.name] : [])],
    rows: all.map((one) => [
      ...costRow(one),
      ...(compared ? [ratioOf(one, compared.baseOf(one, all))] : []),
    ]),
  }
}

/** The median of what the rounds say, as both ran next to each other in each of them. */
function ratioOf(one: Series, base: Series | undefined): string {
  const ratios = one.samples.map((sample, round) => {
    const counterpart = base?.samples[round]
    return counterpart ? sumOf(sample) / sumOf(counterpart) : Number.NaN
  })
  return one === base ? '1' : median(ratios).toFixed(2)
}

/** The app's and the database's part. */
export function sumOf({ cost }: Sample): number {
  return cost.app + cost.database
}

/** The median over the rounds. */
export function medianOf({ samples }: Series, read: (sample: Sample) => number): number {
  return median(samples.map(read))
}

function costRow(series: Series): string[] {
  const { what, installation, clients, samples, units } = series
  const of = (read: (sample: Sample) => number) => medianOf(series, read)
  const multiples = samples.map((sample, round) => sumOf(sample) / (units[round] ?? Number.NaN))
  const inApp = installation.database === 'sqlite'
  return [
    ...[what, installation.database, installation.label, String(clients)],
    of(({ cost }) => cost.app).toFixed(0),
    of(({ cost }) => cost.hashing).toFixed(0),
    inApp ? 'in app' : of(({ cost }) => cost.database).toFixed(0),
    median(multiples).toFixed(1),
    `${Math.min(...multiples).toFixed(1)}–${Math.max(...multiples).toFixed(1)}`,
    latencyOf(series),
    rateOf(series),
    of(({ written }) => written).toFixed(0),
    `${of(({ generator, count, seconds }) => (generator * count) / seconds / 1e4).toFixed(0)} %`,
  ]
}

/** How many a second, and how many were turned away in all rounds. */
export function rateOf(series: Series): string {
  const rate = medianOf(series, ({ count, seconds }) => count / seconds).toFixed(0)
  const busy = series.samples.reduce((sum, sample) => sum + sample.busy, 0)
  return busy === 0 ? rate : `${rate} (${busy} busy)`
}

export function latencyOf(series: Series): string {
  const at = (share: number) => medianOf(series, (sample) => percentile(sample, share)).toFixed(1)
  return `${at(0.5)} / ${at(0.99)}`
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** A table ready to be pasted, its columns aligned as the formatter would. */
export function writeTable({ title, columns, rows }: Table): string {
  const widths = columns.map((name, column) =>
    Math.max(3, ...[name, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = line(widths.map((width) => '-'.repeat(width)))
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ''].join('\n')
}
