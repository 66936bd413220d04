// Writers take turns, first come, first served, and those that come together share one commit: to make it
// durable costs more than all that they write.
import type { CompiledQuery, QueryResult } from 'kysely'
import { writerWaits } from '../limits.ts'
import type { SqliteFile } from './sqlite-file.ts'

const mostMembers = 64
/** A group that is older takes no further member. */
const longestGroup = 5
/** How often a writer asks for the lock that another process has. */
const asksEvery = 1

const busy = 5
/** No memory, an error of the disk, a full disk. */
const fatalCodes = new Set([7, 10, 13])
/** SQLITE_ABORT_ROLLBACK. */
const rolledBackByAnother = 516

/** Transactions one after another, each in a savepoint, that are committed together or not at all. */
export interface Group {
  readonly until: number
  members: number
  /** It closes when the member that is inside leaves. */
  isOver: boolean
  /** What its members are told when nothing of it is kept. */
  lost: Error | null
  readonly committed: PromiseWithResolvers<void>
}

interface Waiting extends PromiseWithResolvers<Group> {
  readonly until: number
}

interface WriterListener {
  /** Hears of a transaction that awaits more than the database. */
  readonly report: (error: Error) => void
  /** Hears of every commit, and how many transactions it kept. */
  readonly committed: (transactions: number) => void
}

/** The writing connection of a process. */
export class SharedWriter {
  readonly #file: SqliteFile
  readonly #listener: WriterListener
  readonly #queue: Waiting[] = []
  #group: Group | null = null
  /** The group whose member is inside. */
  #inside: Group | null = null
  /** Other processes have their turn. */
  #isPausing = false

  constructor(file: SqliteFile, listener: WriterListener) {
    this.#file = file
    this.#listener = listener
  }

  /** Waits for the turn, for `writerWaits` where it is another process's. The member must leave. */
  enter(): Promise<Group> {
    const waiting = { ...Promise.withResolvers<Group>(), until: performance.now() + writerWaits }
    this.#queue.push(waiting)
    if (!this.#inside && !this.#isPausing) this.#admit()
    return waiting.promise
  }

  /** Runs a statement of the member that is inside. Without its transaction it would stand alone. */
  execute<R>(group: Group, query: CompiledQuery): QueryResult<R> {
    if (!group.lost && !this.#file.isTransaction) this.#lose(group, 'SQLite has rolled back')
    if (group.lost) throw group.lost
    try {
      return this.#file.execute(query)
    } catch (error) {
      if (fatalCodes.has(codeOf(error))) this.#lose(group, error)
      throw error
    }
  }

  /**
   * Ends the member that is inside, and keeps or undoes what it wrote. Resolves when the group has
   * committed, for one that undoes too: what it saw of earlier members is not certain before. Only the
   * member that undoes in a lost group has its error already.
   */
  async leave(group: Group, how: 'release' | 'undo'): Promise<void> {
    const isTold = group.lost !== null && how === 'undo'
    if (this.#inside === group) this.#end(group, how)
    if (!isTold) await group.committed.promise
  }

  #end(group: Group, how: 'release' | 'undo'): void {
    try {
      if (!group.lost && how === 'undo') this.#file.say('rollback to member')
      if (!group.lost) this.#file.say('release member')
    } catch (error) {
      this.#lose(group, error)
    }
    this.#inside = null
    if (group.members >= mostMembers || performance.now() >= group.until) group.isOver = true
    if (group.isOver) {
      this.#close(group)
      // In the gap answers leave, and other processes can write.
      this.#pause(setImmediate)
    } else this.#admit()
  }

  #admit(): void {
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      try {
        this.#group ??= this.#begin()
        this.#file.say('savepoint member')
      } catch (error) {
        if (codeOf(error) === busy && performance.now() < head.until) {
          return this.#pause((resume) => setTimeout(resume, asksEvery))
        }
        if (this.#group) this.#lose(this.#group, error)
        this.#queue.shift()
        head.reject(error)
        continue
      }
      this.#queue.shift()
      this.#inside = this.#group
      this.#group.members += 1
      return head.resolve(this.#group)
    }
  }

  #begin(): Group {
    // A rollback that failed is repeated.
    if (this.#file.isTransaction) this.#file.say('rollback')
    // The lock at once: an upgrade later could fail instead of waiting.
    this.#file.say('begin immediate')
    const committed = Promise.withResolvers<void>()
    committed.promise.catch(() => {})
    const until = performance.now() + longestGroup
    const group = { until, members: 0, isOver: false, lost: null, committed }
    setImmediate(() => this.#turn(group))
    return group
  }

  /** What came in one turn of the event loop is one group: nobody is waited for. */
  #turn(group: Group): void {
    if (this.#group !== group) return
    group.isOver = true
    if (!this.#inside) return this.#close(group)
    this.#listener.report(new Error('a transaction awaits more than the database'))
    setTimeout(() => this.#putOut(group), writerWaits).unref()
  }

  /** A member that stays for ever would stop all writers of this node. */
  #putOut(group: Group): void {
    if (this.#inside !== group) return
    this.#lose(group, 'its member did not leave')
    this.#inside = null
    this.#admit()
  }

  #close(group: Group): void {
    try {
      if (!group.lost) this.#file.say('commit')
    } catch (error) {
      this.#lose(group, error)
    }
    this.#group = null
    if (group.lost) return
    group.committed.resolve()
    this.#listener.committed(group.members)
  }

  #lose(group: Group, cause: unknown): void {
    group.lost = Object.assign(new Error('the group of transactions was lost', { cause }), {
      errcode: rolledBackByAnother,
    })
    group.isOver = true
    group.committed.reject(group.lost)
    this.#group = null
    try {
      if (this.#file.isTransaction) this.#file.say('rollback')
    } catch {
      // It is repeated before the next group begins.
    }
  }

  #pause(begin: (resume: () => void) => unknown): void {
    this.#isPausing = true
    begin(() => {
      this.#isPausing = false
      this.#admit()
    })
  }
}

function codeOf(error: unknown): number {
  return Number((error as { errcode?: unknown } | null)?.errcode) & 0xff
}
