// The server's side of password hashing: a bounded queue before one child process of low priority.
import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism, constants, setPriority } from 'node:os'
import type { Logger } from 'pino'
import type { PasswordHasher } from '../deps.ts'
import { Problem } from '../ground/problem.ts'
import type { HashResult, HashTask } from './worker.ts'

/** About a second of work on one core; the last places are kept for known browsers. */
const longestQueue = 64
const keptForKnown = 16

type Work = { readonly hash: string } | { readonly verify: string; readonly phc: string }

interface Waiting {
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
    while (this.#working.size < this.#atOnce) {
      const waiting = this.#queue.shift()
      if (!waiting) return
      const id = ++this.#lastId
      this.#working.set(id, waiting)
      const task: HashTask = { id, ...waiting.work }
      this.#started().send(task)
    }
  }

  #started(): ChildProcess {
    if (this.#child) return this.#child
    const child = fork(new URL('./worker.ts', import.meta.url), {
      env: { ...process.env, UV_THREADPOOL_SIZE: String(this.#atOnce) },
      serialization: 'json',
    })
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    child.on('message', (result: HashResult) => this.#finish(result))
    child.on('error', (error) => this.#log.error({ err: error }, 'the password process failed'))
    child.on('exit', (code, signal) => this.#lost(child, code ?? signal))
    this.#child = child
    return child
  }

  #finish(result: HashResult): void {
    const waiting = this.#working.get(result.id)
    this.#working.delete(result.id)
    if ('failure' in result) waiting?.reject(new Error(result.failure))
    else waiting?.resolve(result.result)
    this.#next()
  }

  #lost(child: ChildProcess, how: number | string | null): void {
    if (this.#child !== child) return
    this.#child = null
    const lost = [...this.#working.values()]
    this.#working.clear()
    for (const { reject } of lost) reject(busy())
    if (this.#stopped) return
    this.#log.error({ how }, 'the password process ended; another one is started')
    this.#next()
  }
}

function busy(): Problem {
  return new Problem('busy', 503, { extras: { retryAfterSeconds: 2 } })
}
