// node test/fuzz/assertions.ts --runs 100000: bent assertions of each algorithm get one verdict from us and the oracle.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { assertionsBy, keys } from '../support/authenticator/any-assertion.ts'
import { bothSay } from '../support/checks/oracle.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' } } })
for (const key of keys) {
  const verdicts = { true: 0, false: 0 }
  const property = fc.asyncProperty(assertionsBy([key]), async (one) => {
    verdicts[`${await bothSay(one)}`] += 1
  })
  await fc.assert(property, { numRuns: Number(values.runs) })
  console.log(`${key.name}: ${verdicts.true} accepted and ${verdicts.false} refused by both`)
}
