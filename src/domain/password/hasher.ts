// The server's side of password hashing: a bounded queue before one child process of low priority.
import { fork, type ChildProcess } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { availableParallelism, constants, setPriority } from 'node:os'
import type { Logger } from 'pino'
import { seconds } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { keptForKnown, longestQueue } from '../../limits/passwords.ts'
import type { Asker, PasswordHasher, Turn } from '../deps.ts'
import { InHand } from './in-hand.ts'
import { FairLine } from './line.ts'
import type { HashResult, HashTask } from './worker.ts'

/** Tries that wait for others of the same login ID, browser or address before they get a place. */
const mostWaiting = 256
/** A child that works on one password for longer hangs and is replaced. */
const longestWork = 10 * seconds

type Work = { readonly hash: string } | { readonly verify: string; readonly phc: string }

interface Waiting {
  /** Set when the child works on it. */
  watch?: NodeJS.Timeout
  readonly work: Work
  readonly resolve: (result: string | boolean) => void
  readonly reject: (error: unknown) => void
}

/**
 * Hashes and verifies in a child process, which is restarted when it dies. Both methods throw 503 `busy`
 * when the queue is full, or when the child died during the work.
 */
export class ChildHasher implements PasswordHasher {
  readonly #log: Logger
  readonly #atOnce = availableParallelism()
  readonly #lines = { first: new FairLine<Waiting>(), last: new FairLine<Waiting>() }
  readonly #inHand = new InHand(mostWaiting)
  readonly #working = new Map<number, Waiting>()
  #child: ChildProcess | null = null
  #lastId = 0
  #stopped = false

  constructor(log: Logger) {
    this.#log = log
  }

  /** Starts the child before it is asked, so that the first password does not wait for it. */
  start(): void {
    this.#started()
  }

  /** Whether there is a child to work, after starting another where the last one has ended. */
  isReady(): boolean {
    return !this.#stopped && this.#started() !== null
  }

  /** Passwords that wait for a place, that wait in line, and that the child works on. */
  get counts(): { readonly held: number; readonly waiting: number; readonly working: number } {
    const { first, last } = this.#lines
    const waiting = first.length + last.length
    return { held: this.#inHand.waiting, waiting, working: this.#working.size }
  }

  async hash(password: string, asker: Turn = ourselves): Promise<string> {
    return String(await this.#run({ hash: password }, asker))
  }

  async verify(password: string, phc: string, asker: Turn): Promise<boolean> {
    return (await this.#run({ verify: password, phc }, asker)) === true
  }

  async withPlace<T>({ most }: Asker, work: () => Promise<T>): Promise<T> {
    if (this.#stopped || !(await this.#inHand.take(most))) throw busy()
    try {
      return await work()
    } finally {
      this.#inHand.giveBack(most.keys())
    }
  }

  stop(): void {
    this.#stopped = true
    this.#inHand.stop()
    this.#giveBack(this.#takeAll())
    this.#child?.kill()
  }

  #run(work: Work, asker: Turn): Promise<string | boolean> {
    const { first, last } = this.#lines
    const places = asker.turn === 'first' ? longestQueue : longestQueue - keptForKnown
    if (this.#stopped || first.length + last.length >= places) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      this.#lines[asker.turn].add(asker.account, { work, resolve, reject })
      this.#next()
    })
  }

  #take(): Waiting | undefined {
    return this.#lines.first.next() ?? this.#lines.last.next()
  }

  #takeAll(): Waiting[] {
    const all: Waiting[] = []
    for (let one = this.#take(); one; one = this.#take()) all.push(one)
    return all
  }

  #next(): void {
    while (this.#working.size < this.#atOnce) {
      const waiting = this.#take()
      if (!waiting) return
      const child = this.#started()
      if (!child) return this.#giveBack([waiting, ...this.#takeAll()])
      const id = ++this.#lastId
      this.#working.set(id, waiting)
      const task: HashTask = { id, ...waiting.work }
      waiting.watch = setTimeout(() => child.kill('SIGKILL'), longestWork)
      // If sending fails the child is dying; its exit handler rejects the work.
      if (child.connected) child.send(task, () => {})
    }
  }

  /** The running or a new child; null when the system cannot start one. */
  #started(): ChildProcess | null {
    if (this.#child) return this.#child
    const child = this.#fork()
    if (!child) return null
    child.on('message', (result: HashResult) => this.#finish(result))
    child.on('exit', (code, signal) => this.#lost(child, code ?? signal))
    child.on('error', (error) => {
      this.#log.error({ err: error }, 'the password process failed')
      // A child that could not be started emits no exit.
      if (child.pid === undefined) this.#lost(child, error.message)
    })
    child.stderr?.pipe(process.stderr, { end: false })
    this.#child = child
    lowerPriority(child)
    return child
  }

  #fork(): ChildProcess | null {
    try {
      return fork(new URL('./worker.ts', import.meta.url), {
        // The child needs no settings, so its environment holds no secrets.
        env: {
          UV_THREADPOOL_SIZE: String(this.#atOnce),
          NODE_COMPILE_CACHE: getCompileCacheDir(),
        },
        serialization: 'json',
        // An output that a child shares is set to wait for its reader, in this process too.
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
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

  /** Rejects work that will not be done with 503. */
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
    // The child has died already; its exit handler follows.
  }
}

/** Hashing without an asker takes its turn like one account. */
const ourselves: Turn = { account: '', turn: 'last' }

function busy(): Problem {
  return new Problem('busy', { extras: { retryAfterSeconds: 2 } })
}
