// A few seconds of `npm run fuzz`, so that what it finds at once is found by every run of the tests.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeReport, runFuzzer } from './run.ts'

test('bent requests beside real journeys break no rule and are answered properly', async (t) => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const report = await runFuzzer(seed, 5000)
  t.diagnostic(`--seed ${seed}: ${describeReport(report)}`)
  assert.deepEqual(report.failures, [], `again with: npm run fuzz -- --seed ${seed}`)
  assert.ok(report.begun >= 1)
})
