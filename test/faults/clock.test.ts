import { test } from 'node:test'
import { databases } from '../support/world/postgres.ts'
import { stepClock } from './clock.ts'

for (const database of databases) {
  test(`the clock is set forwards by a day and back by seconds and hours, on ${database.name}`, () =>
    stepClock(database))
}
