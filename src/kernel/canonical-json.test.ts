import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson, type Json } from './canonical-json.ts'

test('the example of RFC 8785, §3.2.4, comes out byte by byte', () => {
  // §3.2.2, as the RFC writes it: its escapes are JSON's.
  const given = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`
  const expected = `
    7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
    75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
    5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
    65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
    5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
    30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d`
  const bytes = Buffer.from(canonicalJson(JSON.parse(given) as Json))
  assert.equal(bytes.toString('hex'), expected.replace(/\s/g, ''))
})

test('members are sorted by UTF-16 code units, as in RFC 8785, §3.2.3', () => {
  const given = String.raw`{
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis"
  }`
  const sorted = Object.values(
    JSON.parse(canonicalJson(JSON.parse(given) as Json)) as Record<string, string>,
  )
  // ECMAScript puts "1", an index, first whatever the text says; it is looked at in the text itself.
  assert.deepEqual(
    sorted.filter((one) => one !== 'One'),
    [
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ],
  )
  assert.match(canonicalJson(JSON.parse(given) as Json), /^\{"\\r":"Carriage Return","1":"One",/)
})

test('numbers are as in RFC 8785, appendix B', () => {
  const samples: readonly (readonly [bits: bigint, text: string])[] = [
    [0x0000000000000000n, '0'],
    [0x8000000000000000n, '0'],
    [0x0000000000000001n, '5e-324'],
    [0x7fefffffffffffffn, '1.7976931348623157e+308'],
    [0x4340000000000000n, '9007199254740992'],
    [0x4430000000000000n, '295147905179352830000'],
    [0x44b52d02c7e14af6n, '1e+23'],
    [0x444b1ae4d6e2ef50n, '1e+21'],
    [0x3eb0c6f7a0b5ed8dn, '0.000001'],
    [0x41b3de4355555553n, '333333333.3333332'],
    [0x41b3de4355555554n, '333333333.33333325'],
    [0xbecbf647612f3696n, '-0.0000033333333333333333'],
    [0x43143ff3c1cb0959n, '1424953923781206.2'],
  ]
  for (const [bits, text] of samples) {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, bits)
    assert.equal(canonicalJson(view.getFloat64(0)), text)
  }
})

test('the order in which members were given leaves no trace, and nothing else is lost', () => {
  assert.equal(
    canonicalJson({ b: [{ d: 1, c: 2 }], a: 'x' }),
    canonicalJson({ a: 'x', b: [{ c: 2, d: 1 }] }),
  )
  assert.notEqual(canonicalJson(['a', 'b']), canonicalJson(['b', 'a']))
  assert.equal(canonicalJson({}), '{}')
})

test('what no JSON can say is refused', () => {
  for (const bad of [NaN, Infinity, '\ud800', { '\udc00': 1 }]) {
    assert.throws(() => canonicalJson(bad), TypeError)
  }
})
