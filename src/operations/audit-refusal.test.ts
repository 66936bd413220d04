import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromNowhere } from '../domain/actor.ts'
import { auditRefusal } from './audit-refusal.ts'

test('a failure that is no refusal is thrown as it is, and begins no transaction of its own', async () => {
  const failure = new Error('the disk is full')
  // Without a database: whoever reached for one would fail with something else.
  const nothing = {} as Parameters<typeof auditRefusal>[0]
  const ceremony = {} as Parameters<typeof auditRefusal>[2]
  const failing = () => Promise.reject(failure)
  await assert.rejects(
    auditRefusal(nothing, fromNowhere('holder'), ceremony, failing),
    (error) => error === failure,
  )
})
