import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'

const log = JSON.stringify(new URL('log.ts', import.meta.url).href)

/** Runs a script with a log, and answers what it wrote and how it ended. */
async function run(script: string) {
  const whole = `import { openLog } from ${log}; const log = openLog(); ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', whole], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
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
