import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deriveKeys, newCode } from '../../kernel/secrets.ts'
import { hashCode, maskAddress } from './code.ts'

describe('a code by e-mail (rule 13)', () => {
  test('is six digits, zeros in front and all', () => {
    const codes = Array.from({ length: 5000 }, newCode)
    assert.ok(codes.every((code) => /^\d{6}$/.test(code)))
    for (let place = 0; place < 6; place += 1) {
      assert.equal(new Set(codes.map((code) => code[place])).size, 10)
    }
  })

  test('comes from the random source of the system', (t) => {
    t.mock.method(Math, 'random', () => 0.5)
    t.mock.method(Date, 'now', () => 0)
    assert.ok(new Set(Array.from({ length: 100 }, newCode)).size > 95)
  })

  test('has another hash for another purpose, another owner and another secret', () => {
    const keys = deriveKeys('one secret of thirty-two characters')
    const others = deriveKeys('another one of thirty-two characters')
    const hash = hashCode(keys, 'sign-in', 'owner', '123456')
    assert.equal(hashCode(keys, 'sign-in', 'owner', '123456'), hash)
    const different = [
      hashCode(others, 'sign-in', 'owner', '123456'),
      hashCode(keys, 'passkey-registration', 'owner', '123456'),
      hashCode(keys, 'sign-in', 'other', '123456'),
      hashCode(keys, 'sign-in', 'owner', '123457'),
    ]
    assert.equal(new Set([hash, ...different]).size, 5)
  })
})

describe('the address that a code was sent to', () => {
  test('is known again by its holder and learnt by nobody else', () => {
    assert.equal(maskAddress('taro.yamada@example.jp'), 't***@example.jp')
    assert.equal(maskAddress('𠮷野@example.jp'), '𠮷***@example.jp')
    assert.equal(maskAddress('a@example.jp'), 'a***@example.jp')
  })
})
