import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deriveKeys, newId } from '../../kernel/secrets.ts'
import { mostChallengeBytes } from '../../limits/passkeys.ts'
import { readChallenge, writeChallenge } from '../passkeys/challenge.ts'
import { hashOf, readApproval, readForeignApproval, writeApproval } from './challenge.ts'
import { digestOf } from './text.ts'

const keys = deriveKeys('a secret of 32 characters or more')
const digest = digestOf('{"a":1}')
const note = {
  ...{ requestId: newId(), operatorId: newId(), sessionId: newId() },
  ...{ operatorVersion: 7, begunAt: Date.parse('2026-01-01T00:00:00Z') },
}

test('a challenge says what it was asked for, with and without our key, and is short enough', () => {
  const challenge = writeApproval(keys, digest, note)
  assert.ok(Buffer.from(challenge, 'base64url').length <= mostChallengeBytes)
  const read = readApproval(keys, challenge)
  assert.ok(read)
  const { random, ...rest } = read.note
  assert.deepEqual(rest, note)
  assert.deepEqual(read.hash, hashOf(digest, Buffer.from(random, 'base64url')))
  assert.deepEqual(readForeignApproval(challenge), read)
})

test('two challenges for one approval are different', () => {
  assert.notEqual(writeApproval(keys, digest, note), writeApproval(keys, digest, note))
})

test('a challenge that was altered in any bit, or made with another secret, is none of ours', () => {
  const bytes = Buffer.from(writeApproval(keys, digest, note), 'base64url')
  for (let index = 0; index < bytes.length; index += 1) {
    const bent = Buffer.from(bytes)
    bent[index] = (bent[index] ?? 0) ^ 1
    assert.equal(readApproval(keys, bent.toString('base64url')), null)
  }
  const others = deriveKeys('another secret of 32 characters or more')
  assert.equal(readApproval(others, bytes.toString('base64url')), null)
})

test('no challenge of the customers approves, and no approval is a challenge of theirs', () => {
  const theirs = writeChallenge(keys, {
    ...{ kind: 'get', purpose: 'sign-in', accountId: newId(), factorsVersion: 1 },
    ...{ owner: newId(), passkeyId: newId(), passkeyName: null, begunAt: note.begunAt },
  })
  assert.equal(readApproval(keys, theirs), null)
  assert.equal(readChallenge(keys, writeApproval(keys, digest, note)), null)
})

test('what is no challenge is null', () => {
  for (const text of ['', 'AA', 'A'.repeat(300)]) {
    assert.equal(readApproval(keys, text), null)
    assert.equal(readForeignApproval(text), null)
  }
})
