import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const serve = JSON.stringify(new URL('../surfaces/cli/serve.ts', import.meta.url).href)

/** Says which packages are loaded before `serve` runs. */
const script = `
  import { registerHooks } from 'node:module'
  const packages = new Set()
  registerHooks({
    load(url, context, next) {
      packages.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1])
      return next(url, context)
    },
  })
  await import(${serve})
  console.log(JSON.stringify([...packages]))`

test('the server starts without what it needs later or never', async () => {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
  const packages = JSON.parse(stdout) as string[]
  assert.ok(packages.includes('hono'), 'packages are seen')
  const later = ['nodemailer', 'pg', '@simplewebauthn/server', '@zxcvbn-ts/language-common']
  assert.deepEqual(
    later.filter((name) => packages.includes(name)),
    [],
  )
})
