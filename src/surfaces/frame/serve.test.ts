import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { servePacked } from './serve.ts'
import type { VisitEnv } from './visit.ts'

test('a packed answer keeps its status and what else it varies by', async () => {
  const app = new Hono<VisitEnv>()
  app.get(
    '/',
    servePacked((visit) => visit.text('nothing here', 404, { Vary: 'Accept-Language' })),
  )
  for (const coding of ['br', 'identity']) {
    const answer = await app.request('/', { headers: { 'accept-encoding': coding } })
    assert.equal(answer.status, 404)
    assert.equal(answer.headers.get('vary'), 'Accept-Language, Accept-Encoding')
  }
})
