// Processes that write to one SQLite file, 64 at once: one is killed, another has to get in.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { addNote, notesIn, openNotes, ownSqlite } from '../support/world/own-sqlite.ts'

const rounds = 4
const writer = new URL('./writer.ts', import.meta.url).pathname

/** A process that writes from this number on, and what it has said to be kept. */
function startWriter(path: string, first: number) {
  const child = spawn(process.execPath, [writer, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged: number[] = []
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => acknowledged.push(Number(line)))
  return {
    acknowledged,
    async until(count: number): Promise<void> {
      while (acknowledged.length < count) await once(lines, 'line')
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await once(lines, 'close')
    },
  }
}

test('a process that is killed with 64 writes at once loses none that it acknowledged', async (t) => {
  await using file = await ownSqlite()
  for (let round = 1; round <= rounds; round += 1) {
    const { acknowledged, until, kill } = startWriter(file.path, round * 10_000_000)
    await until(1 + Math.floor(Math.random() * 500))
    await kill()
    const kept = new Set(await notesIn(file.db))
    const lost = acknowledged.filter((id) => !kept.has(id) || !kept.has(id + 1))
    assert.deepEqual(lost, [])
    const halves = [...kept].filter((id) => !kept.has(id % 2 === 0 ? id + 1 : id - 1))
    assert.deepEqual(halves, [], 'each transaction is whole')
    t.diagnostic(`${acknowledged.length} were acknowledged`)
  }
})

test('a process gets its turn while another one writes 64 at once without a pause', async (t) => {
  await using file = await ownSqlite()
  const { acknowledged, until, kill } = startWriter(file.path, 1000)
  await until(1)
  const db = openNotes(file.path)
  t.after(() => db.destroy())
  const waits: number[] = []
  for (let id = 1; id <= 20; id += 1) {
    const begun = performance.now()
    await addNote(db, id)
    waits.push(performance.now() - begun)
  }
  await kill()
  const [longest = 0] = waits.toSorted((one, other) => other - one)
  t.diagnostic(`waited for ${Math.round(longest)} ms at most, beside ${acknowledged.length} others`)
})
