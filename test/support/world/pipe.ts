// A pipe that is read only when a test says so.
import { execFileSync } from 'node:child_process'
import { constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Pipe {
  /** For the output of a process. */
  readonly input: number
  /** The whole lines that have arrived since the last call. */
  read(): string[]
}

export function makePipe(): Pipe {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-pipe-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const { O_NONBLOCK, O_RDONLY, O_RDWR } = constants
  const output = openSync(path, O_RDONLY | O_NONBLOCK)
  const input = openSync(path, O_RDWR)
  rmSync(folder, { recursive: true })
  const buffer = Buffer.alloc(64 * 1024)
  let begun = Buffer.alloc(0)
  const receive = (): Buffer => {
    try {
      return buffer.subarray(0, readSync(output, buffer))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return buffer.subarray(0, 0)
      throw error
    }
  }
  return {
    input,
    read() {
      const all = Buffer.concat([begun, receive()])
      const end = all.lastIndexOf('\n') + 1
      begun = all.subarray(end)
      return all.toString('utf8', 0, end).split('\n').slice(0, -1)
    },
  }
}
