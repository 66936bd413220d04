// SIGKILL at random moments under load, again and again on one database.
import { test } from 'node:test'
import { databases } from '../support/world/postgres.ts'
import { killUnderLoad } from './kill.ts'

for (const database of databases) {
  test(`a killed node loses nothing that it acknowledged, on ${database.name}`, async (t) => {
    const { killedAfter, signIns, passkeys } = await killUnderLoad(database, 6)
    t.diagnostic(`killed after ${killedAfter.join(', ')} answers`)
    t.diagnostic(`${signIns} sign-ins and ${passkeys} passkeys acknowledged, none lost`)
  })
}
