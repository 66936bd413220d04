import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { deriveKeys, newId } from '../../kernel/secrets.ts'
import { mostChallengeBytes, mostPasskeyNameBytes } from '../../limits/passkeys.ts'
import { ceremonyPurposes } from '../vocabulary/purposes.ts'
import { readChallenge, writeChallenge, type ChallengeNote } from './challenge.ts'

const keys = deriveKeys('a secret of thirty-two characters or more')

const longestName = '\u{1F4F1}'.repeat(mostPasskeyNameBytes / 4)

const notes: fc.Arbitrary<ChallengeNote> = fc
  .record({
    kind: fc.constantFrom('create' as const, 'get' as const),
    purpose: fc.constantFrom(...ceremonyPurposes),
    factorsVersion: fc.nat({ max: 2 ** 32 - 1 }),
    begunAt: fc.nat({ max: 2 ** 48 - 1 }),
    name: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constant(longestName)),
  })
  .map(({ name, ...note }) => ({
    ...note,
    accountId: newId(),
    owner: newId(),
    passkeyId: note.kind === 'get' ? newId() : null,
    passkeyName: note.kind === 'create' ? name : null,
  }))

describe('a challenge (rule 5)', () => {
  test('says again what was written, in at most 350 bytes, and never the same way', () => {
    fc.assert(
      fc.property(notes, (note) => {
        const [one, other] = [writeChallenge(keys, note), writeChallenge(keys, note)]
        assert.deepEqual(readChallenge(keys, one), note)
        assert.notEqual(one, other)
        assert.ok(Buffer.from(one, 'base64url').length <= mostChallengeBytes)
      }),
    )
  })

  test('says nothing once a bit of it is another, or under another secret', () => {
    const others = deriveKeys('another secret of thirty-two characters')
    fc.assert(
      fc.property(notes, fc.nat(), (note, position) => {
        const challenge = writeChallenge(keys, note)
        const bytes = Buffer.from(challenge, 'base64url')
        const bit = position % (bytes.length * 8)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        assert.equal(readChallenge(keys, bytes.toString('base64url')), null)
        assert.equal(readChallenge(others, challenge), null)
      }),
    )
  })

  test('says nothing for any other text, nor for another spelling of the same bytes', () => {
    fc.assert(fc.property(fc.string(), (text) => readChallenge(keys, text) === null))
    const challenge = writeChallenge(keys, {
      ...{ kind: 'get', purpose: 'sign-in', factorsVersion: 1, begunAt: 1 },
      ...{ accountId: newId(), owner: newId(), passkeyId: newId(), passkeyName: null },
    })
    assert.notEqual(readChallenge(keys, challenge), null)
    for (const text of [`${challenge}=`, `${challenge} `, challenge.slice(1), `${challenge}A`]) {
      assert.equal(readChallenge(keys, text), null, text)
    }
    const standard = Buffer.from(challenge, 'base64url').toString('base64')
    if (standard !== challenge) assert.equal(readChallenge(keys, standard), null)
  })

  test('of a form that is not known says nothing, though the bytes are ours', () => {
    const note = Buffer.alloc(93)
    for (const head of [
      [0, 0, 0],
      [2, 0, 0],
      [1, 2, 0],
      [1, 0, ceremonyPurposes.length],
    ]) {
      note.set(head)
      assert.equal(readChallenge(keys, keys.signNote('challenge/1', note)), null, String(head))
    }
    note.set([1, 0, 0])
    assert.notEqual(readChallenge(keys, keys.signNote('challenge/1', note)), null)
  })
})
