// A storm of passwords beside a test, in a thread of its own so that it slows nothing but the server.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Installation, ServeProcess } from '../support/world/installation.ts'

export interface StormData {
  readonly url: string
  readonly origin: string
  readonly lanes: number
}

/** How many guesses were answered with which status. */
export type StormReport = Readonly<Record<number, number>>

/** Begins to guess with so many requests at once; `stop` ends it and tells what was answered. */
export function startStorm({ origin }: Installation, { url }: ServeProcess, lanes: number) {
  const data: StormData = { url, origin, lanes }
  const worker = new Worker(new URL('./storm-worker.ts', import.meta.url), { workerData: data })
  const told = once(worker, 'message') as Promise<[StormReport]>
  return {
    async stop(): Promise<StormReport> {
      worker.postMessage('stop')
      const [report] = await told
      return report
    },
  }
}
