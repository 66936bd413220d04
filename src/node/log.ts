// The log of a process, on its standard output.
import { writeSync } from 'node:fs'
import { pino, type Logger } from 'pino'

/** Characters that go out together, and bytes that may wait. */
const [enough, most] = [4 * 1024, 16 * 1024 * 1024]
/** Milliseconds; the last is how long the end of the process waits for a reader, or for room on the disk. */
const [sendEvery, retryAfter, endWithin] = [250, 10, 1000]

/**
 * Lines go out a few at a time, a quarter of a second after their event at the latest, and those that are
 * left at the end of the process, also by an error that nobody caught. While nobody reads them or the disk
 * is full they wait, and nothing waits for them; those that find no room are counted, and the log says how
 * many as soon as lines go out again.
 */
export function openLog(level = 'info'): Logger {
  // Node opens it so that a full pipe refuses bytes; a write would wait for the reader otherwise.
  const { fd } = process.stdout
  const waiting: Buffer[] = []
  let [lines, held, dropped] = ['', 0, 0]

  const gather = () => {
    const fresh = Buffer.from(lines)
    waiting.push(fresh)
    held += fresh.length
    lines = ''
  }
  /** Whether all lines have gone. */
  const send = (): boolean => {
    if (held === 0 && lines !== '') gather()
    try {
      for (let first = waiting[0]; first; first = waiting[0]) {
        const sent = writeSync(fd, first)
        held -= sent
        if (sent < first.length) waiting[0] = first.subarray(sent)
        else waiting.shift()
      }
    } catch {
      return false
    }
    return lines === '' || send()
  }
  const write = (line: string) => {
    if (held >= most) dropped += 1
    else lines += line
    if (lines.length < enough) return
    gather()
    send()
  }
  const log = pino({ level }, { write })

  const sendAgain = () => {
    const isSent = send()
    if (isSent && dropped > 0) {
      log.warn({ dropped }, 'lines of the log had no room')
      dropped = 0
    }
    setTimeout(sendAgain, isSent ? sendEvery : retryAfter).unref()
  }
  sendAgain()
  process.on('exit', () => {
    const end = performance.now() + endWithin
    while (!send() && performance.now() < end) pause(retryAfter)
    const left = Buffer.concat(waiting).toString() + lines
    const lost = dropped + left.split('\n').length - 1
    if (lost > 0) process.stderr.write(`${lost} lines of the log are lost\n`)
  })
  return log
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
