import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { encodeCbor, type Cbor } from '../../../test/support/authenticator/cbor.ts'
import { endOfItem } from './cbor.ts'

const leaf = fc.oneof(
  fc.integer({ min: -0xffff_ffff, max: 0xffff_ffff }),
  fc.string({ maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }),
)
const item = fc.letrec<{ item: Cbor }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    leaf,
    fc.array(fc.tuple(fc.string(), tie('item')), { maxLength: 30 }).map((pairs) => new Map(pairs)),
  ),
})).item

const endOf = (hex: string) => endOfItem(Buffer.from(hex, 'hex'))

describe('the end of a CBOR item', () => {
  test('is found whatever is in it, and whatever follows', () => {
    fc.assert(
      fc.property(item, fc.uint8Array({ maxLength: 9 }), (value, more) => {
        const bytes = encodeCbor(value)
        assert.equal(endOfItem(Buffer.concat([bytes, more])), bytes.length)
        assert.equal(
          endOfItem(Buffer.concat([more, bytes]), more.length),
          more.length + bytes.length,
        )
      }),
    )
  })

  test('is not found in one that is cut short', () => {
    fc.assert(
      fc.property(item, fc.nat(), (value, cut) => {
        const bytes = encodeCbor(value)
        assert.equal(endOfItem(bytes.subarray(0, cut % bytes.length)), null)
      }),
    )
  })

  test('is found in every form that a length may have, and behind arrays, tags and floats', () => {
    assert.equal(endOf('43 010203'.replace(' ', '')), 4)
    assert.equal(endOf('5803010203'), 5)
    assert.equal(endOf('590003010203'), 6)
    assert.equal(endOf('5a00000003010203'), 8)
    assert.equal(endOf('5b0000000000000003010203'), 12)
    assert.equal(endOf('b900010102'), 5)
    assert.equal(endOf('8301820203f5'), 6)
    assert.equal(endOf('c11a514b67b0'), 6)
    assert.equal(endOf('fb3ff199999999999a'), 9)
  })

  test('is not looked for in what WebAuthn does not have', () => {
    for (const hex of [
      '',
      '5f41ff',
      '9f01ff',
      'bf0102ff',
      '1c',
      '1f',
      'ff',
      '5bffffffffffffffff41',
    ]) {
      assert.equal(endOf(hex), null, hex)
    }
    assert.equal(endOfItem(Buffer.alloc(30_000, 0x81)), null)
    assert.equal(endOf('9bffffffffffffffff01'), null)
  })
})
