// `[A-Za-z0-9._@-]{3,64}`, normalised once; and the one address of an account.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isDeskAddress, isEmailAddress } from './email.ts'
import { isLoginId, normaliseLoginId } from './login-id.ts'

describe('a login ID', () => {
  for (const text of [
    'abc',
    'A.b_c@d-9',
    'x'.repeat(64),
    ' Tanaka ',
    'ＴＡＮＡＫＡ',
    '\u3000tanaka\t',
  ]) {
    test(`may be ${JSON.stringify(text)}`, () => assert.ok(isLoginId(normaliseLoginId(text))))
  }
  for (const text of [
    ...[
      '',
      'ab',
      'x'.repeat(65),
      'ta naka',
      '田中花子',
      'tanaka!',
      'tanaka\n.',
      'a\u0000b',
      'tan\u200baka',
    ],
    ...['tanaká', 'İstanbul', 'a/b', 'a+b', "a'b", '<b>'],
  ]) {
    test(`may not be ${JSON.stringify(text)}`, () => {
      assert.equal(isLoginId(normaliseLoginId(text)), false)
    })
  }
  test('is one and the same however it is typed', () => {
    for (const text of [
      'TANAKA',
      ' tanaka',
      'Ｔａｎａｋａ',
      'tanaKa\u3000',
      '\u212aAnaKA'.replace('\u212a', 'T'),
    ]) {
      assert.equal(normaliseLoginId(text), 'tanaka')
    }
  })
  test('is not changed by normalising it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseLoginId(text)
        if (isLoginId(once)) assert.equal(normaliseLoginId(once), once)
      }),
      { numRuns: 500 },
    )
  })
})

describe('an address', () => {
  for (const text of [
    'a@example.jp',
    'a.b+c@mail.example.co.jp',
    "o'neil@example.jp",
    'A@EXAMPLE.JP',
  ]) {
    test(`may be ${text}`, () => assert.ok(isEmailAddress(text)))
  }
  for (const text of [
    ...[
      '',
      'a',
      '@example.jp',
      'a@',
      'a@b@c.jp',
      'a @example.jp',
      'a@example.jp, c@d.jp',
      'a@-x.jp',
    ],
    ...[
      'A <a@example.jp>',
      'a@example.jp\r\nBcc: c@d.jp',
      'a@example.jp.',
      'a@.jp',
      'a\u0000@b.jp',
    ],
    ...[
      'a@example..jp',
      'a@\u212aaisha.jp',
      'a@example.jp\n',
      'a@x-.jp',
      `${'a'.repeat(65)}@example.jp`,
      'a@例え.jp',
      'a;b@c.jp',
      '"a b"@c.jp',
    ],
  ]) {
    test(`may not be ${JSON.stringify(text)}`, () => assert.equal(isEmailAddress(text), false))
  }

  for (const code of [
    0xad, 0x61c, 0x115f, 0x200b, 0x200d, 0x202e, 0x2066, 0x2800, 0x3164, 0xfe0f, 0xfeff, 0xe0041,
  ]) {
    test(`has no sign that nobody sees: ${code.toString(16)}`, () => {
      assert.equal(isEmailAddress(`a${String.fromCodePoint(code)}b@example.jp`), false)
    })
  }
  test('that the desk sets has no sign that looks like another', () => {
    for (const name of ['\u0430', '\uff41', '至急', 'é']) {
      assert.ok(isEmailAddress(`${name}@example.jp`))
      assert.equal(isDeskAddress(`${name}@example.jp`), false)
    }
    assert.ok(isDeskAddress("o'neil+1@example.jp"))
  })
})
