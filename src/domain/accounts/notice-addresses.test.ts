import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formerEmailKept } from '../../limits/accounts.ts'
import { noticeAddresses, withFormer } from './notice-addresses.ts'

const now = Date.UTC(2026, 10, 27)
const account = { email: 'taro@example.jp', noticeEmail: null, formerEmails: null }

describe('whom notices go to (rule 27)', () => {
  test('an account with one address is told there', () => {
    assert.deepEqual(noticeAddresses(account, now), ['taro@example.jp'])
  })

  test('a second address, and former ones until their time has passed, are told too', () => {
    const before = withFormer(account, 'first@example.jp', now)
    const formerEmails = withFormer(
      { ...account, formerEmails: before },
      'next@example.jp',
      now + 1,
    )
    const told = { ...account, noticeEmail: 'also@example.jp', formerEmails }
    const [one, two] = ['taro@example.jp', 'also@example.jp']
    const at = (time: number) => noticeAddresses(told, time)
    assert.deepEqual(at(now + 1), [one, two, 'first@example.jp', 'next@example.jp'])
    assert.deepEqual(at(now + formerEmailKept), [one, two, 'next@example.jp'])
    assert.deepEqual(at(now + formerEmailKept + 1), [one, two])
  })

  test('one mailbox is told once, however its address is written, and as it stands first', () => {
    const formerEmails = withFormer(account, 'TARO@example.jp', now)
    const told = { ...account, noticeEmail: 'Taro@Example.jp', formerEmails }
    assert.deepEqual(noticeAddresses(told, now), ['taro@example.jp'])
  })

  test('an address that is removed again is kept once, from the last time on', () => {
    const once = withFormer(account, 'first@example.jp', now)
    const twice = withFormer({ ...account, formerEmails: once }, 'First@example.jp', now + 5)
    assert.deepEqual(JSON.parse(twice), [
      { address: 'First@example.jp', until: now + 5 + formerEmailKept },
    ])
  })

  test('what is over is forgotten with the next change', () => {
    const once = withFormer(account, 'first@example.jp', now)
    const later = now + formerEmailKept
    const next = withFormer({ ...account, formerEmails: once }, 'next@example.jp', later)
    assert.deepEqual(JSON.parse(next), [
      { address: 'next@example.jp', until: later + formerEmailKept },
    ])
  })
})
