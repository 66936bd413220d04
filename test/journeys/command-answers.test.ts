// Every command with `--json`: one line of JSON on standard output and nothing else, however it ends.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Environment } from '../../src/settings/environment.ts'
import { cases, done, why, type Case, type Known } from '../support/world/command-cases.ts'
import { registerFirstPasskey } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort, startProcess } from '../support/world/processes.ts'
import { inventReceipt } from '../support/world/receipts.ts'
import { askHere } from '../support/world/terminal.ts'
import { World } from '../support/world/world.ts'

/** No member may be missing or more. */
function assertFits(found: unknown, expected: unknown, where: string): void {
  if (expected instanceof RegExp) return assert.match(String(found), expected, where)
  if (typeof expected !== 'object' || !expected) return assert.equal(found, expected, where)
  assert.ok(typeof found === 'object' && found, where)
  assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), where)
  for (const [name, value] of Object.entries(expected)) {
    assertFits((found as Record<string, unknown>)[name], value, `${where}.${name}`)
  }
}

describe('every command with --json', () => {
  let world: World
  let env: Environment
  let known: Known = { folder: '', id: 'none', passkey: 'none', kid: 'none' }
  before(async () => {
    const [sqlite] = databases
    assert.ok(sqlite)
    world = await World.start(sqlite)
    known = { ...known, folder: await mkdtemp(join(tmpdir(), 'sekisho-answers-')) }
    await writeFile(join(known.folder, 'receipt.json'), JSON.stringify(await inventReceipt()))
    const mail = { SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9', SEKISHO_MAIL_FROM: 'a@example.jp' }
    const [secret] = world.config.secrets
    env = { SEKISHO_DATABASE: world.database.address, SEKISHO_SECRET: secret, ...mail }
  })
  after(async () => {
    await world.stop()
    await rm(known.folder, { recursive: true, force: true })
  })

  /** Runs it as the table has it, with a change of the settings. */
  const ask = (name: string, one: Case, change: Environment = {}) =>
    askHere(
      [...name.split(' '), ...one.words(known)],
      { ...env, ...one.env?.(known), ...change },
      one.input,
    )

  test('is one of those below, and tells how its words go when they are wrong', async () => {
    const { status, error } = await askHere([], {})
    assert.deepEqual([status, error?.code, error?.message], [2, 'usage', 'which command?'])
    const names = error?.usage?.map(
      (line) => /^usage: sekisho ([a-z]+(?:[ -][a-z]+)*)/.exec(line)?.[1],
    )
    const ours = new Set(['demo', 'console', ...cases.map(([name]) => name)])
    assert.deepEqual(names?.sort(), [...ours].sort())
    for (const name of ours) {
      const wrong = await askHere([...name.split(' '), '--wrong'], {})
      assert.deepEqual([wrong.status, wrong.error?.code], [2, 'usage'], name)
      assert.match(wrong.error?.message ?? '', /--wrong|^missing: /, name)
      assert.match(wrong.error?.usage?.join('\n') ?? '', new RegExp(`^usage: sekisho ${name}\\b`))
    }
  })

  test('tells the setting that keeps it from its work', async () => {
    const SEKISHO_ORIGIN = 'nowhere'
    for (const [name, one] of [...cases, ['demo', done] as const]) {
      const { status, found, error } = await ask(name, one, { SEKISHO_ORIGIN })
      if (name === 'doctor') assert.equal(found['ok'], false)
      // It needs no settings.
      else if (name === 'requests verify') assert.equal(error, undefined)
      else assert.deepEqual([error?.code, error?.setting], ['setting', 'SEKISHO_ORIGIN'], name)
      assert.equal(status, 1, name)
    }
  })

  test('tells by a code why it may not be', async () => {
    const nobody = ['--login-id', 'nobody']
    // As one ID in 64 does, it begins with a dash.
    const none = ['--id', '-none', ...why]
    const address = ['--redirect-uri', 'nowhere']
    for (const [code, ...words] of [
      ['not_found', 'accounts', 'show', ...nobody],
      ['no_such_announcement', 'announcements', 'remove', ...none],
      ['no_such_client', 'clients', 'remove', ...none],
      ['client_not_allowed', 'clients', 'add', '--name', 'A', '--kind', 'web', ...address],
      ['no_such_operator', 'operators', 'remove', ...none],
      ['no_such_key', 'keys', 'revoke', '--kid', '-none', ...why],
      ['file_refused', 'requests', 'verify', '--file', join(known.folder, 'nothing')],
      ['file_refused', 'restore', '--from', join(known.folder, 'nothing')],
    ] as const) {
      const { status, error } = await askHere(words, env)
      assert.deepEqual([status, error?.code], [1, code], words.join(' '))
      assert.match(error?.message ?? '', /^[^\n]{10,}$/)
    }
    const elsewhere = { ...env, SEKISHO_DATABASE: 'postgres://a@127.0.0.1:9/b' }
    const operate = await readFile(new URL('../../docs/operate.md', import.meta.url), 'utf8')
    const { found } = await askHere(['accounts', 'show', ...nobody], env)
    assert.ok(operate.includes(`--json\n# ${JSON.stringify(found)}\n`), 'the example in operate.md')
    const { error } = await askHere(['backup', '--to', join(known.folder, 'b')], elsewhere)
    assert.equal(error?.code, 'not_sqlite')
  })

  test('tells what it found or did', async () => {
    const hanako = await world.addAccount('hanako')
    const client = await world.signIn(hanako)
    const passkey = await registerFirstPasskey(world, client, hanako, world.authenticator())
    const [key] = await world.deps.db.selectFrom('oidc_keys').select('kid').execute()
    known = { ...known, passkey: passkey.id, kid: key?.kid ?? '' }
    for (const [name, one] of cases) {
      const { status, found } = await ask(name, one)
      assertFits(found, one.found, `${name}: ${JSON.stringify(found['error'])}`)
      assert.equal(status, one.status ?? 0, name)
      const given = found['id'] ?? found['clientId']
      if (typeof given === 'string') known = { ...known, id: given }
    }
  })

  test('is the demo too, before it goes on', async (t) => {
    const ports = {
      SEKISHO_PORT: await freePort(),
      SEKISHO_DEMO_DESK_PORT: await freePort(),
      SEKISHO_CONSOLE_PORT: await freePort(),
    }
    const settings = Object.entries(ports).map(([name, port]) => [name, String(port)])
    const demo = startProcess(['demo', '--json'], Object.fromEntries(settings), known.folder)
    t.after(() => demo.signal('SIGKILL'))
    await demo.until('}\n')
    const origin = `http://localhost:${ports.SEKISHO_PORT}`
    assertFits(
      JSON.parse(demo.said()),
      {
        origin,
        mailbox: `${origin}/demo/mailbox`,
        desk: `http://localhost:${ports.SEKISHO_DEMO_DESK_PORT}`,
        accounts: /./,
        console: `http://localhost:${ports.SEKISHO_CONSOLE_PORT}`,
        operators: /./,
      },
      'demo',
    )
    demo.signal('SIGTERM')
    assert.equal((await demo.ended).status, 0)
  })
})
