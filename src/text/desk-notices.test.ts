// What the desk's mails promise the holder: nothing that a refusal breaks, and no way that is closed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedNotices } from './asked-notices.ts'
import { waitingNotices } from './wait-notices.ts'

for (const [name, { says }] of Object.entries(askedNotices)) {
  test(`${name} says what follows if it is approved, as nobody tells of a refusal`, () => {
    assert.match(says.ja, /行う場合は、/)
    assert.match(says.en, /tell you if /)
    assert.doesNotMatch(says.en, /when it is done/)
  })
}

for (const [name, { says }] of Object.entries(waitingNotices)) {
  test(`${name} names the telephone alone where nobody can sign in`, () => {
    const isShut = name === 'waits_reopen'
    assert.equal(/別のパスキーでログイン/.test(says.ja), !isShut)
    assert.equal(/signing in/.test(says.en), !isShut)
    assert.equal(/お電話いただくと/.test(says.ja), isShut)
    assert.equal(/telephoning/.test(says.en), isShut)
  })
}
