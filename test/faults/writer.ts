// A process that writes notes to a SQLite file without a pause, 64 at once, and says each that is acknowledged.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { addNote, openNotes } from '../support/world/own-sqlite.ts'

const [, , path = '', first = '0'] = process.argv
const db = openNotes(path)
let next = Number(first)

await Promise.all(
  Array.from({ length: 64 }, async () => {
    for (;;) {
      const id = (next += 2)
      await db.transaction().execute(async (tx) => {
        await addNote(tx, id)
        await addNote(tx, id + 1)
      })
      process.stdout.write(`${id}\n`)
      await nextTurn()
    }
  }),
)
