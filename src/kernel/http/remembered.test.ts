import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembered } from './remembered.ts'
import { readDevice } from './user-agent.ts'

test('a header is read once in each form, and neither many nor long ones are kept', () => {
  const read: string[] = []
  const length = remembered((header) => read.push(header) && { length: header.length })
  assert.equal(length('a'), length('a'))
  assert.deepEqual(read, ['a'])

  for (let times = 0; times < 1000; times += 1) length(`invented ${times}`)
  length('a')
  assert.equal(read.filter((header) => header === 'a').length, 2)

  const long = 'a'.repeat(513)
  assert.deepEqual([length(long), length(long)], [{ length: 513 }, { length: 513 }])
  assert.equal(read.filter((header) => header === long).length, 2)
})

test('a remembered browser is the one of its own header', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  for (let times = 0; times < 2; times += 1) {
    assert.deepEqual(readDevice(firefox), { browser: 'Firefox', system: 'Linux', app: null })
    assert.deepEqual(readDevice(undefined), { browser: null, system: null, app: null })
  }
})
