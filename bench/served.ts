// `serve` or `console` of a checkout in a process of its own, as an operator starts it, with its log in a file.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Checkout } from './checkout.ts'
import { onServerCore } from './machine.ts'

export class Served {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  /** Starts it and waits until it listens; `defer` gets what stops it, before it is started. */
  static async start(
    { folder }: Checkout,
    env: NodeJS.ProcessEnv,
    log: string,
    defer: (stop: () => Promise<void>) => void,
    what: 'serve' | 'console' = 'serve',
  ): Promise<Served> {
    const output = openSync(log, 'w')
    const [command = '', ...words] = [...onServerCore(), process.execPath, 'src/main.ts', what]
    let started: ChildProcess | undefined
    defer(() => stop(started))
    const child = spawn(command, words, { cwd: folder, env, stdio: ['ignore', output, output] })
    started = child
    closeSync(output)
    const port = await listening(child, log)
    return new Served(child, port)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  stop(): Promise<void> {
    return stop(this.#child)
  }
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function listening(child: ChildProcess, log: string): Promise<number> {
  for (;;) {
    const port = /"port":(\d+),"msg":"(?:the console is )?listening"/.exec(
      readFileSync(log, 'utf8'),
    )?.[1]
    if (port !== undefined) return Number(port)
    if (child.exitCode !== null) throw new Error(`the server ended: ${readFileSync(log, 'utf8')}`)
    await wait(2)
  }
}
