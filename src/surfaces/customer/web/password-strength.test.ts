// What a page says of a new password is what the server will say, and its strength promises no more than is known.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { findPasswordFault } from '../../../domain/password/rules.ts'
import { findTypedFault, strengthOf } from './password-strength.ts'

const lengths = { shortest: 8, longest: 256 }
const brands = ['関所XYQ証券', 'Sekisho Securities']
const email = 'h-tsuki@example.jp'
const known = { loginId: 'hanako.tanaka', others: [...brands, email] }
const common = new Set(dictionary['passwords-common'])

const parts = fc.constantFrom(
  ...['hanako', 'TANAKA', 'hanako.tanaka', 'sekisho', '証券', 'password', '12345678', 'qwertyuiop'],
  ...['ＸＹＱ', 'securities', 'TSUKI', 'example.jp', '関所'],
  ...['aaaaaaaa', ' ', '.', '!', '1', 'x', 'ab', '𠮷', 'é', 'k9#Zv'],
)
const passwords = fc.oneof(
  fc.array(parts, { maxLength: 6 }).map((some) => some.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(...dictionary['passwords-common'].slice(0, 2000)),
  fc.constantFrom(...dictionary['passwords-common']).map((word) => word.toUpperCase()),
  fc.integer({ min: 250, max: 260 }).map((length) => 'xy'.repeat(length).slice(0, length)),
)

test('a page finds the faults that the server finds, where it knows the address', () => {
  fc.assert(
    fc.property(passwords, (password) => {
      assert.equal(
        findTypedFault(password, lengths, known, common),
        findPasswordFault(password, { loginId: known.loginId, email, brands }),
      )
    }),
    { numRuns: 2000 },
  )
})

const ladder: readonly (readonly [number, readonly string[]])[] = [
  [
    0,
    [
      ...['Password1!', 'password2026', 'P@ssw0rd!', 'qwerty123', 'abcd1234', '11112222'],
      ...['hanako2026!', 'sekisho-1', 'abcabcabcabc', 'iloveyou2', '20001231', '1qaz2wsx!'],
      ...['SekishoSecurities1', 'xyq-2026', 'ｘｙｑ－２０２６'],
    ],
  ],
  [1, ['kx7#Qm2v', 'summer-rain', 'T7w!kd0p']],
  [2, ['kx7#Qm2vLp9', 'trumpet fig 82x']],
  [3, ['kx7#Qm2vLp9!rTz3', 'correct horse battery staple gravel', '朝焼けの港で猫が歌う']],
]
for (const [strength, examples] of ladder) {
  describe(`a password of strength ${strength}`, () => {
    for (const password of examples) {
      test(password, () => assert.equal(strengthOf(password, known, common), strength))
    }
  })
}

test('no common password is called strong', () => {
  fc.assert(
    fc.property(fc.constantFrom(...common), (word) => {
      assert.ok(strengthOf(word, known, common) <= 1, word)
    }),
  )
})
