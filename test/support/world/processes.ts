// Sekisho as an operator starts it: in a process of its own, by its settings, until a signal.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import type { Environment } from '../../../src/settings/environment.ts'

const run = promisify(execFile)
const main = new URL('../../../src/main.ts', import.meta.url).pathname

export interface Process {
  /** What it has written so far, to its output and its errors. */
  readonly said: () => string
  /** Resolves when it has written this; rejects when it ends before, or after 30 seconds. */
  until(text: string): Promise<void>
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void
  /** Its exit status, and how long it lived after its last signal, in milliseconds. */
  readonly ended: Promise<{ status: number | null; took: number }>
}

/** A system user without rights; of whoever runs the tests, unless that is root. */
export interface SystemUser {
  readonly uid?: number
  readonly gid?: number
}

/**
 * Starts `sekisho ARGS` with these settings and no others; `cwd` is where relative paths begin. It is not
 * heard what goes to another `output`.
 */
export function startProcess(
  args: readonly string[],
  env: Environment,
  cwd: string,
  output: 'pipe' | number = 'pipe',
  user: SystemUser = {},
): Process {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(SEKISHO|NODE)_/.test(name))
  const child = spawn(process.execPath, [main, ...args], {
    ...{ cwd, ...user },
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', output, 'pipe'],
  })
  let text = ''
  let signalled = performance.now()
  const lookers = new Set<() => void>()
  const hear = (bytes: Buffer) => {
    text += bytes.toString()
    for (const look of lookers) look()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = once(child, 'close').then(([status]) => ({
    status: status as number | null,
    took: performance.now() - signalled,
  }))
  return {
    said: () => text,
    until(wanted) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const give = () => reject(new Error(`"${wanted}" was not said, but:\n${text}`))
      const timer = setTimeout(give, 30_000)
      const look = () => {
        if (text.includes(wanted)) resolve()
      }
      lookers.add(look)
      void ended.then(give)
      look()
      return promise.finally(() => {
        clearTimeout(timer)
        lookers.delete(look)
      })
    },
    signal(name) {
      signalled = performance.now()
      child.kill(name)
    },
    ended,
  }
}

/** Below those that a system gives to whoever asks for any, from 32768 on Linux; above those that browsers block. */
const portsFrom = 11_000
const portsOfProcess = 100
let portsTried = 0

/**
 * A port that nobody listens on just now, of those that are this process's own: one that the system chose it
 * might give to another process before it is used.
 */
export async function freePort(): Promise<number> {
  const own = portsFrom + (process.pid % 200) * portsOfProcess
  const port = own + (portsTried++ % portsOfProcess)
  const server = createServer().listen(port, '127.0.0.1')
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  if (!isFree) return freePort()
  server.close()
  await once(server, 'close')
  return port
}

/** The processes that hash passwords for this one. */
export async function passwordProcesses(pid: number): Promise<number[]> {
  const words = ['-P', String(pid), '-f', 'password/worker.ts']
  const { stdout } = await run('pgrep', words).catch(() => ({ stdout: '' }))
  return stdout.split('\n').filter(Boolean).map(Number)
}

/** Sends a signal to a process that may have ended meanwhile. */
export function signalIfThere(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended.
  }
}
