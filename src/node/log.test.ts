import assert from 'node:assert/strict'
import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { makePipe } from '../../test/support/world/pipe.ts'

const log = JSON.stringify(new URL('log.ts', import.meta.url).href)

/** Starts a script with a log that goes there. */
function start(script: string, output: number | 'pipe', errors: 'pipe' | 'ignore' = 'ignore') {
  const whole = `import { openLog } from ${log}; const log = openLog(); ${script}`
  const stdio: StdioOptions = ['ignore', output, errors]
  return spawn(process.execPath, ['--input-type=module', '--eval', whole], { stdio })
}

/** Runs a script with a log, and answers what it wrote and how it ended. */
async function run(script: string) {
  const child = start(script, 'pipe')
  assert.ok(child.stdout)
  const [written, [status]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { lines: written.split('\n').filter((line) => line !== ''), status: status as number }
}

const many = `for (let n = 0; n < 1000; n += 1) log.info({ n })`

describe('no line of the log is lost', { concurrency: 2 }, () => {
  for (const [how, script, status] of [
    ['ends', many, 0],
    ['exits', `${many}; process.exit(3)`, 3],
    ['fails by an error that nobody caught', `${many}; setTimeout(() => { throw new Error() })`, 1],
    ['fails by a promise that nobody caught', `${many}; setTimeout(() => Promise.reject(1))`, 1],
  ] as const) {
    test(`when the process ${how}`, async () => {
      const ended = await run(script)
      assert.equal(ended.status, status)
      const numbers = ended.lines.map((line) => (JSON.parse(line) as { n: number }).n)
      assert.deepEqual(
        numbers.sort((one, other) => one - other),
        [...Array(1000).keys()],
      )
    })
  }

  test('and none waits for the next', async () => {
    const alone = `log.info('alone'); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2000)`
    assert.equal((await run(alone)).lines.length, 1)
  })
})

describe('a log that nobody takes', { concurrency: 3 }, () => {
  for (const [what, output] of [
    ['its reader has stopped reading', () => makePipe().input],
    ['its disk is full', () => openSync('/dev/full', 'w')],
  ] as const) {
    test(`does not keep a process from its end when ${what}, which says how much is lost`, async () => {
      const child = start(many.replace('{ n }', `{ n }, 'x'.repeat(1000)`), output(), 'pipe')
      assert.ok(child.stderr)
      const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
      assert.equal(status, 0)
      const lost = Number(/^(\d+) lines of the log are lost\n$/.exec(said)?.[1])
      assert.ok(lost > 900 && lost <= 1000, said)
    })
  }

  test('keeps 16 MB, and counts the lines that find no room', async () => {
    const { input, read } = makePipe()
    const script = `for (let n = 0; n < 20_000; n += 1) log.info({ n }, 'x'.repeat(1000))
      setInterval(() => {}, 1000)
      console.error('written')`
    const child = start(script, input, 'pipe')
    assert.ok(child.stderr)
    await once(child.stderr, 'data')
    const lines: { readonly n?: number; readonly dropped?: number }[] = []
    while (lines.at(-1)?.dropped === undefined) {
      lines.push(...read().map((line) => JSON.parse(line) as { n: number }))
      await new Promise(setImmediate)
    }
    child.kill()
    const { dropped = 0 } = lines.pop() ?? {}
    assert.ok(dropped > 1000 && dropped < 6000, String(dropped))
    const numbers = lines.map(({ n }) => n)
    assert.deepEqual(numbers, [...Array(20_000 - dropped).keys()])
  })
})
