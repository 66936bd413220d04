// The file takes in what was committed beside the writer, and the writer goes on without that.
import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addNote, ownSqlite } from '../../../test/support/world/own-sqlite.ts'
import { SqliteCheckpoints } from './sqlite-checkpoints.ts'

test('what was committed is moved into the file while the log is still short', async (t) => {
  await using file = await ownSqlite()
  const written = statSync(file.path).mtimeMs
  for (let id = 0; id < 300; id += 1) await addNote(file.db, id)
  await t.waitFor(() => assert.ok(statSync(file.path).mtimeMs > written), { timeout: 10_000 })
  assert.deepEqual(file.reports, [])
})

test('a database that is closed leaves no log behind', async () => {
  await using file = await ownSqlite()
  for (let id = 0; id < 300; id += 1) await addNote(file.db, id)
  assert.ok(existsSync(`${file.path}-wal`))
  await file.db.destroy()
  assert.ok(!existsSync(`${file.path}-wal`))
})

test('a thread that fails is reported once, and nobody else hears of it', async (t) => {
  const reports: Error[] = []
  const nowhere = join(import.meta.dirname, 'nowhere', 'sekisho.db')
  const checkpoints = new SqliteCheckpoints(nowhere, (error) => reports.push(error))
  checkpoints.committed(1000)
  await t.waitFor(() => assert.equal(reports.length, 1), { timeout: 10_000 })
  checkpoints.committed(1000)
  assert.match(String(reports), /unable to open/)
  await checkpoints.stop()
})
