// 8 to 256 characters of any kind; no common password, none made of facts that an attacker knows.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findPasswordFault, type PasswordFault } from './rules.ts'

const context = {
  loginId: 'hanako.tanaka',
  email: 'h-tanaka@example.jp',
  brands: ['Sekisho 証券', '関所ＸＹＱ証券', 'Barrier Securities'],
}

const cases: readonly (readonly [PasswordFault | null, readonly string[]])[] = [
  ['too_short', ['', '1', 'kx7#Qm2', '𠮷𠮷𠮷𠮷𠮷𠮷𠮷', '👪👪👪']],
  ['too_long', ['ab'.repeat(128) + 'c', '𠮷野'.repeat(128) + '家']],
  [
    'common',
    [
      'password',
      'PASSWORD',
      'Password1',
      '12345678',
      'qwertyuiop',
      'iloveyou',
      'aaaaaaaa',
      '        ',
    ],
  ],
  [
    'made_of_context',
    [
      ...[
        'hanako.tanaka',
        'HANAKO.TANAKA',
        'hanako123',
        'tanaka-2026!',
        'tanakahanako',
        '2026hanako',
      ],
      ...[
        'h-tanaka@example.jp',
        'example.jp1',
        'sekisho2026',
        'Sekisho証券',
        'Sekisho!!',
        'sekishoab1',
      ],
      ...['BarrierSecurities1', 'xyq-20261127', 'ＸＹＱ－２０２６１１２７'],
      ...['関所ＸＹＱ証券2026', 'Ｓｅｋｉｓｈｏ2026'],
    ],
  ],
  [
    null,
    [
      ...[
        'kx7#Qm2v',
        'correct horse battery',
        '日本語のパスワード',
        ' kx7#Qm2 ',
        '𠮷𠮷𠮷𠮷𠮷𠮷𠮷野',
      ],
      ...['ab'.repeat(128), '𠮷野'.repeat(128), 'tanaka sells fish', 'hanakoabc', 'kx7#\u0007Qm2v'],
    ],
  ],
]

for (const [fault, passwords] of cases) {
  describe(`a password that is ${fault ?? 'allowed'}`, () => {
    for (const password of passwords) {
      test(JSON.stringify(password).slice(0, 40), () => {
        assert.equal(findPasswordFault(password, context), fault)
      })
    }
  })
}
