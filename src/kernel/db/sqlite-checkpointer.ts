// The thread of SqliteCheckpoints: it has a connection of its own, and moves pages whenever it is told to.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const file = new DatabaseSync(String(workerData))
file.exec('pragma synchronous = full')

parentPort?.on('message', () => {
  // Passive: it waits for nobody and makes nobody wait. What it leaves, the next one moves.
  file.exec('pragma wal_checkpoint(passive)')
  parentPort?.postMessage('done')
})
