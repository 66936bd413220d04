// The server's side of password hashing: a bounded queue before one child process of low priority.
import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism, constants, setPriority } from 'node:os'
import type { Logger } from 'pino'
import type { PasswordHasher } from '../deps.ts'
import { seconds } from '../ground/clock.ts'
import { Problem } from '../ground/problem.ts'
import type { HashResult, HashTask } from './worker.ts'

/** About a second of work on one core; the last places are kept for known browsers. */
const longestQueue = 64
const keptForKnown = 16
/** A child that works on one password for so long does nothing any more and is replaced. */
const longestWork = 10 * seconds

type Work = { readonly hash: string } | { readonly verify: string; readonly phc: string }

interface Waiting {
  /** Set when the child has it. */
  watch?: NodeJS.Timeout
  readonly work: Work
  readonly resolve: (result: string | boolean) => void
  readonly reject: (error: unknown) => void
}

/**
 * Hashes and verifies in a child process, which is started again when it dies. Both methods throw 503
 * `busy` when the queue is full, or when the child died under the work.
 */
export class ChildHasher implements PasswordHasher {
  readonly #log: Logger
  readonly #atOnce = availableParallelism()
  readonly #queue: Waiting[] = []
  readonly #working = new Map<number, Waiting>()
  #child: ChildProcess | null = null
  #lastId = 0
  #stopped = false

  constructor(log: Logger) {
    this.#log = log
  }

  async hash(password: string): Promise<string> {
    return String(await this.#run({ hash: password }))
  }

  async verify(password: string, phc: string, turn: 'first' | 'last' = 'last'): Promise<boolean> {
    return (await this.#run({ verify: password, phc }, turn)) === true
  }

  stop(): void {
    this.#stopped = true
    this.#giveBack(this.#queue.splice(0))
    this.#child?.kill()
  }

  #run(work: Work, turn: 'first' | 'last' = 'last'): Promise<string | boolean> {
    const places = turn === 'first' ? longestQueue : longestQueue - keptForKnown
    if (this.#stopped || this.#queue.length >= places) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      const waiting = { work, resolve, reject }
      if (turn === 'first') this.#queue.unshift(waiting)
      else this.#queue.push(waiting)
      this.#next()
    })
  }

  #next(): void {
    while (this.#working.size < this.#atOnce && this.#queue.length > 0) {
      const child = this.#started()
      if (!child) return this.#giveBack(this.#queue.splice(0))
      const waiting = this.#queue.shift()
      if (!waiting) return
      const id = ++this.#lastId
      this.#working.set(id, waiting)
      const task: HashTask = { id, ...waiting.work }
      waiting.watch = setTimeout(() => child.kill('SIGKILL'), longestWork)
      // What cannot be sent is given back by the end of the child, which follows.
      if (child.connected) child.send(task, () => {})
    }
  }

  /** The child; null when the system starts none. */
  #started(): ChildProcess | null {
    if (this.#child) return this.#child
    const child = this.#fork()
    if (!child) return null
    child.on('message', (result: HashResult) => this.#finish(result))
    child.on('exit', (code, signal) => this.#lost(child, code ?? signal))
    child.on('error', (error) => {
      this.#log.error({ err: error }, 'the password process failed')
      // One that could not be started does not end either.
      if (child.pid === undefined) this.#lost(child, error.message)
    })
    this.#child = child
    lowerPriority(child)
    return child
  }

  #fork(): ChildProcess | null {
    try {
      return fork(new URL('./worker.ts', import.meta.url), {
        // It needs no setting of ours, so no secret of ours is in its environment.
        env: { UV_THREADPOOL_SIZE: String(this.#atOnce) },
        serialization: 'json',
      })
    } catch (error) {
      this.#log.error({ err: error }, 'the password process cannot be started')
      return null
    }
  }

  #finish(result: HashResult): void {
    const waiting = this.#working.get(result.id)
    this.#working.delete(result.id)
    clearTimeout(waiting?.watch)
    if ('failure' in result) waiting?.reject(new Error(result.failure))
    else waiting?.resolve(result.result)
    this.#next()
  }

  #lost(child: ChildProcess, how: number | string | null): void {
    if (this.#child !== child) return
    this.#child = null
    const lost = [...this.#working.values()]
    this.#working.clear()
    this.#giveBack(lost)
    if (this.#stopped) return
    this.#log.error({ how }, 'the password process ended; another one is started')
    this.#next()
  }

  /** 503 for work that nobody does. */
  #giveBack(work: readonly Waiting[]): void {
    for (const { watch, reject } of work) {
      clearTimeout(watch)
      reject(busy())
    }
  }
}

function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has died already, and its end is heard of.
  }
}

function busy(): Problem {
  return new Problem('busy', 503, { extras: { retryAfterSeconds: 2 } })
}
