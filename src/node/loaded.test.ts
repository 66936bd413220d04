import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

/** Says which packages are loaded before a command runs. */
const scriptOf = (file: string) => `
  import { registerHooks } from 'node:module'
  const packages = new Set()
  registerHooks({
    load(url, context, next) {
      packages.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1])
      return next(url, context)
    },
  })
  await import(${JSON.stringify(new URL(file, import.meta.url).href)})
  console.log(JSON.stringify([...packages]))`

const later = ['nodemailer', 'pg', '@simplewebauthn/server', '@zxcvbn-ts/language-common']

const servers = [
  { name: 'the server', file: '../surfaces/cli/serve.ts', never: later },
  {
    name: 'the console',
    file: '../surfaces/cli/console.ts',
    never: [...later, 'oidc-provider', 'koa', 'jose'],
  },
]

for (const { name, file, never } of servers) {
  test(`${name} starts without what it needs later or never`, async () => {
    const run = promisify(execFile)
    const given = ['--input-type=module', '--eval', scriptOf(file)]
    const { stdout } = await run(process.execPath, given)
    const packages = JSON.parse(stdout) as string[]
    assert.ok(packages.includes('hono'), 'packages are seen')
    assert.deepEqual(
      never.filter((one) => packages.includes(one)),
      [],
    )
  })
}
