import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMap } from './canonical-cbor.ts'

const read = (hex: string) => readMap(Buffer.from(hex, 'hex'))

test('a map is read to its end, whatever follows', () => {
  const { map, end } = read('a5010220430102036161f66162820020190100f5ff')
  assert.deepEqual(
    [...map],
    [
      [1, 2],
      [-1, Buffer.of(1, 2, 3)],
      ['a', null],
      ['b', [0, -1]],
      [256, true],
    ],
  )
  assert.equal(end, 20)
})

test('what is not in the one form is refused', () => {
  const faults = {
    'no map': '80',
    nothing: '',
    'cut short in a value': 'a10143ff',
    'cut short between': 'a101',
    'a number that is longer than need be': 'a1011817',
    'a length that is longer than need be': 'a101590001ff',
    'of indefinite length': 'bf0102ff',
    'a key twice': 'a201020102',
    'a key that is a list': 'a18001',
    'a tag': 'a101c101',
    'a fraction': 'a101f93c00',
    'text that is not UTF-8': 'a10161ff',
    'too deep': `${'a101'.repeat(10)}01`,
  }
  for (const [name, hex] of Object.entries(faults)) assert.throws(() => read(hex), Error, name)
})
