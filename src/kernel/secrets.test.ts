import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deriveKeys, isId, newId, newToken } from './secrets.ts'

test('an id can be given to a command: it never begins with a dash', () => {
  // One random id in 64 would begin with a dash, so 5000 without one are no accident.
  for (let times = 0; times < 5000; times += 1) assert.match(newId(), /^\w[\w-]{21}$/)
  assert.ok(isId(newId()))
})

test('ids and tokens never repeat, and hold all their bits', () => {
  const texts = Array.from({ length: 20_000 }, (_, at) => (at % 3 === 0 ? newToken() : newId()))
  assert.equal(new Set(texts).size, texts.length)
  for (const text of texts) assert.match(text, /^(?:[\w-]{22}|[\w-]{43})$/)
})

test('what is sealed for one purpose opens for no other, and for no other row', () => {
  const keys = deriveKeys('a secret of thirty-two characters or more')
  const purposes = ['mail', 'continue-to', 'signing-key'] as const
  for (const purpose of purposes) {
    const sealed = keys.seal(purpose, 'one', 'a text')
    assert.equal(keys.unseal(purpose, 'one', sealed), 'a text')
    assert.throws(() => keys.unseal(purpose, 'other', sealed))
    assert.throws(() => keys.unsealFormer('one', sealed.slice(2)))
    for (const other of purposes.filter((one) => one !== purpose)) {
      assert.throws(() => keys.unseal(other, 'one', sealed), `${purpose} as ${other}`)
    }
  }
})
