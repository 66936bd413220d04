// Counters, histograms and gauges, written out in the text format that Prometheus reads (version 0.0.4).

type Labels<N extends string> = Readonly<Record<N, string>>

interface Sample {
  /** Behind the name of the family: `_bucket`, `_sum`, `_count`, or nothing. */
  readonly suffix?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** A name with its meaning and its samples. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  samples(): readonly Sample[]
}

interface Counter<N extends string> extends Family {
  add(labels: Labels<N>): void
}

interface Histogram<N extends string> extends Family {
  observe(labels: Labels<N>, value: number): void
}

/**
 * Only grows. Labels have words of ours as values, and few: each new one is kept until the process ends. Those
 * that `begin` at 0 are there from the start, so that their first increase is seen.
 */
export function counter<N extends string = never>(
  name: string,
  help: string,
  begin: readonly Labels<N>[] = [],
): Counter<N> {
  const counts = new Map<string, { readonly labels: Labels<N>; value: number }>()
  const of = (labels: Labels<N>) => entry(counts, labels, () => ({ labels, value: 0 }))
  begin.forEach(of)
  return {
    ...{ name, help, type: 'counter' },
    add(labels) {
      of(labels).value += 1
    },
    samples: () => [...counts.values()],
  }
}

/** How values are spread; `bounds` are the upper ends of its buckets, in ascending order. */
export function histogram<N extends string = never>(
  name: string,
  help: string,
  bounds: readonly number[],
): Histogram<N> {
  const spreads = new Map<
    string,
    { readonly labels: Labels<N>; readonly buckets: number[]; sum: number; count: number }
  >()
  return {
    ...{ name, help, type: 'histogram' },
    observe(labels, value) {
      const empty = () => ({ labels, buckets: bounds.map(() => 0), sum: 0, count: 0 })
      const spread = entry(spreads, labels, empty)
      spread.sum += value
      spread.count += 1
      for (const [index, bound] of bounds.entries()) {
        if (value <= bound) spread.buckets[index] = (spread.buckets[index] ?? 0) + 1
      }
    },
    samples: () =>
      [...spreads.values()].flatMap(({ labels, buckets, sum, count }) => [
        ...buckets.map((value, index) => ({
          ...{ suffix: '_bucket', labels: { ...labels, le: numeral(bounds[index] ?? 0) }, value },
        })),
        { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
        { suffix: '_sum', labels, value: sum },
        { suffix: '_count', labels, value: count },
      ]),
  }
}

/** What is so at the moment; a number that is not known is left out. */
export function gauge(
  name: string,
  help: string,
  values: number | null | readonly Sample[],
  type: 'gauge' | 'counter' = 'gauge',
): Family {
  const samples = typeof values === 'number' ? [{ value: values }] : (values ?? [])
  return { name, help, type, samples: () => samples }
}

/** The text of all families that have samples; the content type that goes with it is `exposition`. */
export function expose(families: readonly Family[]): string {
  return families
    .map((family) => ({ ...family, found: family.samples() }))
    .filter(({ found }) => found.length > 0)
    .map(({ name, help, type, found }) => {
      const lines = found.map(
        ({ suffix = '', labels = {}, value }) =>
          `${name}${suffix}${written(labels)} ${numeral(value)}\n`,
      )
      const said = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
      return `# HELP ${name} ${said}\n# TYPE ${name} ${type}\n${lines.join('')}`
    })
    .join('')
}

export const exposition = 'text/plain; version=0.0.4; charset=utf-8'

function entry<V>(kept: Map<string, V>, labels: object, make: () => V): V {
  const key = Object.values(labels).join('\0')
  const known = kept.get(key)
  if (known !== undefined) return known
  const fresh = make()
  kept.set(key, fresh)
  return fresh
}

function written(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const said = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    return `${name}="${said}"`
  })
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function numeral(value: number): string {
  return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value)
}
