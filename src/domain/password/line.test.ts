// Rule 20: a fair order among accounts.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { FairLine } from './line.ts'

function drain<T>(line: FairLine<T>): T[] {
  const items: T[] = []
  for (let item = line.next(); item !== undefined; item = line.next()) items.push(item)
  return items
}

describe('the order of passwords', () => {
  test('lets the first of every account go before the second of any', () => {
    const line = new FairLine<string>()
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) line.add(item.charAt(0), item)
    assert.equal(line.next(), 'a1')
    line.add('d', 'd1')
    assert.deepEqual(drain(line), ['b1', 'c1', 'a2', 'b2', 'd1', 'a3'])
    assert.equal(line.length, 0)
  })

  test('is that of their coming where each asks once', () => {
    const line = new FairLine<number>()
    for (let item = 1; item <= 5; item += 1) line.add(`account ${item}`, item)
    assert.deepEqual(drain(line), [1, 2, 3, 4, 5])
  })

  test('forgets nobody: a second try is served although newcomers never end', () => {
    const line = new FairLine<string>()
    line.add('a', 'a1')
    line.add('a', 'a2')
    const served: (string | undefined)[] = []
    for (let newcomer = 0; newcomer < 10; newcomer += 1) {
      line.add(`newcomer ${newcomer}`, `n${newcomer}`)
      served.push(line.next())
    }
    assert.ok(served.includes('a2'), served.join(' '))
  })

  test('keeps the order within an account, and loses and doubles nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', null)), (steps) => {
        const line = new FairLine<readonly [string, number]>()
        const served: (readonly [string, number])[] = []
        for (const [time, account] of steps.entries()) {
          if (account !== null) line.add(account, [account, time])
          const item = account === null ? line.next() : undefined
          if (item) served.push(item)
        }
        served.push(...drain(line))
        assert.equal(served.length, steps.filter((step) => step !== null).length)
        for (const account of ['a', 'b', 'c']) {
          const times = served.filter(([one]) => one === account).map(([, time]) => time)
          assert.deepEqual(
            times,
            times.toSorted((one, other) => one - other),
          )
        }
      }),
    )
  })
})
