// What was committed moves from the write-ahead log into the file on a thread of its own: that waits for the
// disk, for longer than any commit.
import { Worker } from 'node:worker_threads'

/** A few thousand pages, as a commit writes some tens. */
const transactionsBetween = 100

/** Begins a checkpoint now and then; the thread starts with the first. */
export class SqliteCheckpoints {
  readonly #path: string
  readonly #report: (error: Error) => void
  #transactions = 0
  #isAtWork = false
  #thread: Worker | undefined

  constructor(path: string, report: (error: Error) => void) {
    this.#path = path
    this.#report = report
  }

  /** To be told of every commit, by how many transactions it kept. */
  committed(transactions: number): void {
    this.#transactions += transactions
    if (this.#isAtWork || this.#transactions < transactionsBetween) return
    this.#transactions = 0
    this.#isAtWork = true
    this.#thread ??= this.#start()
    this.#thread.postMessage('checkpoint')
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate()
  }

  /** A thread that failed is not begun again: the writer moves pages when the log grows too long. */
  #start(): Worker {
    const thread = new Worker(new URL('sqlite-checkpointer.ts', import.meta.url), {
      workerData: this.#path,
    })
    thread.unref()
    thread.on('message', () => (this.#isAtWork = false))
    thread.on('error', this.#report)
    return thread
  }
}
