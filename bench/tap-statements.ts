// Loaded into a server before its own code: sums up how often each statement is run, and how long it takes.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { isMainThread } from 'node:worker_threads'

type Method = (this: object, ...given: unknown[]) => unknown

export interface Spent {
  count: number
  /** Of this thread, in microseconds; 0 where the work is done elsewhere. */
  cpu: number
  /** From the call to its result, in microseconds. */
  wall: number
}

const spent = new Map<string, Spent>()

function cpuSoFar(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

function note(statement: string, cpu: number, began: number): void {
  const entry = spent.get(statement) ?? { count: 0, cpu: 0, wall: 0 }
  entry.count += 1
  entry.cpu += cpu
  entry.wall += (performance.now() - began) * 1000
  spent.set(statement, entry)
}

/** Wraps a method, so that its calls are noted when they are over; a promise is when it is settled. */
function tap(
  target: object,
  method: string,
  nameOf: (self: object, given: readonly unknown[]) => string,
): void {
  const original = Reflect.get(target, method) as Method
  Reflect.set(target, method, function tapped(this: object, ...given: unknown[]) {
    const began = performance.now()
    const before = cpuSoFar()
    const result = original.apply(this, given)
    const cpu = cpuSoFar() - before
    const name = nameOf(this, given)
    const settle = () => note(name, cpu, began)
    if (result instanceof Promise) void result.then(settle, settle)
    else settle()
    return result
  })
}

const texts = new WeakMap<object, string>()

function textOf(statement: object): string {
  const known = texts.get(statement) ?? (statement as StatementSync).sourceSQL
  texts.set(statement, known)
  return known
}

if (isMainThread) {
  for (const method of ['run', 'all', 'get']) tap(StatementSync.prototype, method, textOf)
  tap(DatabaseSync.prototype, 'exec', (_, [sql]) => String(sql))
  tap(DatabaseSync.prototype, 'prepare', () => '(prepare)')
  // The server's own copy of the driver, not ours.
  const { Client } = createRequire(join(process.cwd(), 'package.json'))('pg') as {
    Client: { prototype: object }
  }
  tap(Client.prototype, 'query', (_, [asked]) =>
    typeof asked === 'string' ? asked : String((asked as { text?: unknown } | undefined)?.text),
  )
  const folder = decodeURIComponent(new URL(import.meta.url).search.slice(1))
  process.on('exit', () => {
    writeFileSync(join(folder, 'statements.json'), JSON.stringify([...spent]))
  })
}
