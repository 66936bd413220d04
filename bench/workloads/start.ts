// From nothing to the first page, and what a node then keeps in memory.
import { setTimeout as wait } from 'node:timers/promises'
import { expectStatus } from '../../test/support/world/world.ts'
import type { Workload } from '../bench.ts'
import type { Installation } from '../installation.ts'
import { KeptConnections } from '../load.ts'
import { memoryOf } from '../machine.ts'
import { median, type Table } from '../report.ts'

export const start: Workload = {
  says: 'cold start to the first page, and resident memory at rest',
  async run(bench) {
    const { databases, rounds, short } = bench.options
    const rows: string[][] = []
    for (const database of databases) {
      const subjects = await bench.usual(database)
      const measured = subjects.map(({ installation }) => ({
        installation,
        times: [] as number[],
        sizes: [] as number[],
      }))
      for (let round = 0; round < rounds; round += 1) {
        for (const { installation, times, sizes } of round % 2 ? measured.toReversed() : measured) {
          times.push(await startAnew(installation))
          await wait(short ? 100 : 5000)
          sizes.push(memoryOf(installation.served.pid))
        }
      }
      for (const { installation, times, sizes } of measured) {
        const { database, label } = installation
        rows.push([database, label, figure(times), figure(sizes)])
      }
      await bench.profiles(subjects)
    }
    return [table(rows)]
  },
}

/** The milliseconds from the command to the answer with the sign-in page. */
async function startAnew(installation: Installation): Promise<number> {
  await installation.served.stop()
  using agent = new KeptConnections()
  const began = performance.now()
  await installation.start()
  expectStatus(await installation.browser(agent).get('/sign-in'), 200)
  return performance.now() - began
}

function figure(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${median(values).toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`
}

function table(rows: readonly string[][]): Table {
  return {
    title: 'Start',
    columns: ['database', 'commit', 'ms to the first page', 'MB at rest'],
    rows,
  }
}
