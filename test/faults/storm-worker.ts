// A thread of its own that guesses passwords without a pause, from ever new addresses.
import { parentPort, workerData } from 'node:worker_threads'
import { HttpClient } from '../support/world/http-client.ts'
import type { StormData, StormReport } from './storm.ts'

const { url, origin, lanes } = workerData as StormData
const report: Record<number, number> = {}
let isOver = false
let count = 0

parentPort?.on('message', () => (isOver = true))
await Promise.all(Array.from({ length: lanes }, guess))
parentPort?.postMessage(report satisfies StormReport)
parentPort?.close()

async function guess(): Promise<void> {
  const client = new HttpClient(url, { origin })
  while (!isOver) {
    count += 1
    const { status } = await client.raw({
      method: 'POST',
      path: '/api/sign-in',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`,
      },
      body: JSON.stringify({ loginId: `storm-${count}`, password: 'a wrong password' }),
    })
    report[status] = (report[status] ?? 0) + 1
  }
}
