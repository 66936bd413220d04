import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDevice } from './user-agent.ts'

const signs = ['iPad ', 'iPhone', 'Safari/', 'Instagram', '; wv', 'FBAN/', 'Mac OS X ', 'Edg', ' ']

test('a header takes time by its length, not by its square, whatever stands in it', () => {
  const started = performance.now()
  for (const one of signs) {
    for (const other of signs) {
      const half = 50_000 / one.length
      readDevice(one.repeat(half) + other + one.repeat(half))
      readDevice(one.repeat(half) + other.repeat(half))
    }
  }
  assert.ok(performance.now() - started < 3000)
})

test('a page on an iPhone or iPad is inside an app where no Safari is named', () => {
  const webKit = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15'
  assert.equal(readDevice(`${webKit} (KHTML, like Gecko) Mobile/15E148`).app, 'ios-web-view')
  assert.equal(readDevice(`${webKit} Version/18.6 Mobile/15E148 Safari/604.1`).app, null)
  assert.equal(readDevice('Safari/1 iPad').app, null)
  assert.equal(readDevice('iPadding').app, null)
})
