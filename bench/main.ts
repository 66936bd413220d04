// npm run bench: what a sign-in costs on this machine, measured from outside over HTTP.
import { constants } from 'node:os'
import { Bench } from './bench.ts'
import { checkoutAt, checkoutOf, type Checkout } from './checkout.ts'
import { keepApart, measureUnit } from './machine.ts'
import { readOptions, usage, type Options } from './options.ts'
import { median, writeTable } from './report.ts'
import { workloads } from './workloads/list.ts'

const options = readOrExplain()
const stack = new AsyncDisposableStack()
let interrupted = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interrupted) return
    interrupted = true
    void stack.disposeAsync().finally(() => process.exit(128 + constants.signals[signal]))
  })
}

try {
  await run()
} catch (error) {
  // What is stopped in the middle of its work fails.
  if (!interrupted) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
} finally {
  if (!interrupted) await stack.disposeAsync()
}

async function run(): Promise<void> {
  // The short form measures nothing, and may be one of many that are busy.
  const isApart = !options.short && keepApart()
  const bench = new Bench(options, checkouts(), stack)
  // The first ones are slow.
  measureUnit(200)
  bench.units.push(measureUnit(2000))
  for (const name of options.only) {
    for (const table of (await workloads[name]?.run(bench)) ?? []) console.log(writeTable(table))
  }
  const cores = isApart
    ? 'server and database on one core, the generator on another'
    : 'no cores set'
  const spread = `${Math.min(...bench.units).toFixed(1)}–${Math.max(...bench.units).toFixed(1)}`
  const unit = `P-256 verification ${median(bench.units).toFixed(1)} µs (${spread})`
  console.log(`${unit}; ${options.rounds} rounds of ${options.seconds} s; ${cores}.`)
}

function checkouts(): readonly Checkout[] {
  const own = checkoutAt(options.checkout)
  if (options.compare === undefined) return [own]
  const other = checkoutOf(options.compare, (remove) => stack.defer(remove))
  return [own, other.label === own.label ? { ...other, label: `${other.label} again` } : other]
}

function readOrExplain(): Options {
  const names = Object.keys(workloads)
  try {
    return readOptions(process.argv.slice(2), names)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(usage)
    for (const name of names) console.error(`  ${name}: ${workloads[name]?.says}`)
    process.exit(2)
  }
}
