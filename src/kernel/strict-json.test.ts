import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseStrictJson } from './strict-json.ts'

const parse = (text: string) => parseStrictJson(Buffer.from(text))

describe('strict JSON', () => {
  for (const text of [
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"b":[{"a":1, "c":{"a":2}, "a" : 3}]}',
    '{"":1,"":2}',
    '{"a\\"":1,"a\\"":2}',
    '{"__proto__":1,"__proto__":2}',
  ]) {
    test(`has no member twice: ${text}`, () => assert.throws(() => parse(text), SyntaxError))
  }
  for (const text of [
    '{"a":{"a":1},"b":[{"a":1},{"a":1}]}',
    '{"a":"{\\"a\\":1,\\"a\\":","b":"a","c":"\\\\"}',
    '["a","a",{}]',
    '"a:a"',
    '{"a":"😀:","b":":"}',
  ]) {
    test(`may be ${text}`, () => assert.deepEqual(parse(text), JSON.parse(text)))
  }
  test('is UTF-8', () => {
    assert.throws(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22])), TypeError)
  })
})
