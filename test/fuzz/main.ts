// npm run fuzz -- --seconds 30 --seed 1: bends the requests of real journeys and checks the rules.
import { parseArgs } from 'node:util'
import { describeReport, runFuzzer } from './run.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, seed: { type: 'string' } },
})
const seconds = Number(values.seconds)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32))
if (!(seconds > 0 && seconds <= 86_400) || !Number.isInteger(seed)) {
  console.error('usage: npm run fuzz -- [--seconds NUMBER] [--seed WHOLE-NUMBER]')
  process.exit(2)
}
console.log(`Fuzzing for ${seconds} s; again with --seed ${seed}`)
const report = await runFuzzer(seed, seconds * 1000)
console.log(describeReport(report))
for (const failure of report.failures) console.error(`\n✖ ${failure}`)
process.exit(report.failures.length > 0 ? 1 : 0)
