// The short form of the faults, for every run of all tests; `npm run test:faults` takes minutes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Installation } from '../support/world/installation.ts'
import { databases } from '../support/world/postgres.ts'
import { stepClock } from './clock.ts'
import { killUnderLoad } from './kill.ts'
import { killPasswordProcess } from './password-process.ts'

const [sqlite] = databases
assert.ok(sqlite)

test('a node that is killed under load loses nothing that it acknowledged', async (t) => {
  const { killedAfter, signIns } = await killUnderLoad(sqlite, 2)
  t.diagnostic(`killed after ${killedAfter.join(' and ')} answers, ${signIns} sign-ins kept`)
})

test('the process that hashes passwords is killed, and is there again', async (t) => {
  const installation = await Installation.create(sqlite)
  t.after(() => installation.drop())
  const served = await installation.serve()
  const { busy, signedIn } = await killPasswordProcess([installation, served], 2)
  t.diagnostic(`${busy} were told to come again, ${signedIn} got in`)
})

test('the clock is set forwards and back', () => stepClock(sqlite))
