import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counter, expose, gauge, histogram } from './metrics.ts'

test('a counter counts by its labels, and begins where it is told to', () => {
  const doors = counter<'door'>('doors_total', 'Doors opened.', [{ door: 'left' }])
  doors.add({ door: 'right' })
  doors.add({ door: 'right' })
  assert.equal(
    expose([doors]),
    '# HELP doors_total Doors opened.\n# TYPE doors_total counter\n' +
      'doors_total{door="left"} 0\ndoors_total{door="right"} 2\n',
  )
})

test('a histogram has a value in every bucket that it is not above', () => {
  const times = histogram<'way'>('way_seconds', 'How long.', [0.1, 1])
  for (const value of [0.1, 0.5, 2]) times.observe({ way: 'home' }, value)
  assert.deepEqual(expose([times]).split('\n').slice(2), [
    'way_seconds_bucket{way="home",le="0.1"} 1',
    'way_seconds_bucket{way="home",le="1"} 2',
    'way_seconds_bucket{way="home",le="+Inf"} 3',
    'way_seconds_sum{way="home"} 2.6',
    'way_seconds_count{way="home"} 3',
    '',
  ])
})

test('what is not known is left out, with its name', () => {
  assert.equal(expose([gauge('depth', 'How deep.', null)]), '')
})

test('a value with quotes, backslashes and line ends stays one label on one line', () => {
  const value = 'a"b\\c\nd'
  const text = expose([gauge('odd', 'Line\nend, back\\slash.', [{ labels: { value }, value: 1 }])])
  assert.equal(
    text,
    '# HELP odd Line\\nend, back\\\\slash.\n# TYPE odd gauge\nodd{value="a\\"b\\\\c\\nd"} 1\n',
  )
})
