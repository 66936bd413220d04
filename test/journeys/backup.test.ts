// Backup and restore of a database in a file, beside nodes that are processes of their own.
import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, beforeEach, describe, test } from 'node:test'
import { tryFrom } from '../support/world/guessing.ts'
import { Installation } from '../support/world/installation.ts'
import { databases } from '../support/world/postgres.ts'
import { runHere } from '../support/world/terminal.ts'
import { expectProblem, expectStatus, type TestAccount } from '../support/world/world.ts'

const [sqlite] = databases

/** Pages enough that a copy by pages would have to begin again at each commit. */
const ballast = 12_000

describe('backup and restore of a file', { timeout: 120_000 }, () => {
  let installation: Installation
  let account: TestAccount
  let path = ''
  let folder = ''
  before(async () => {
    assert.ok(sqlite)
    installation = await Installation.create(sqlite)
    path = installation.database.address
    folder = dirname(path)
    const [added] = await installation.addAccounts(1)
    assert.ok(added)
    account = added
  })
  after(() => installation.drop())

  let count = 0
  let copy = ''
  beforeEach(() => {
    copy = join(folder, `copy-${(count += 1)}.sqlite`)
  })

  const done = async (...words: string[]) => {
    const { status, output, errors } = await installation.command(words)
    assert.equal(status, 0, errors)
    return output
  }

  /** That it is refused in one line, and leaves the folder as it was. */
  const refused = async (says: RegExp, ...words: string[]) => {
    const before = contentOf(folder)
    const { status, output, errors } = await installation.command(words)
    assert.equal(status, 1)
    assert.match(errors, says)
    assert.equal(errors.split('\n').length, 2, errors)
    assert.equal(output, '')
    assert.deepEqual(contentOf(folder), before)
  }

  const ask = (file: string, question: string) => {
    using db = new DatabaseSync(file)
    return Object.values(db.prepare(question).get() ?? {})[0]
  }

  test('a backup is made while people sign in, and is whole, with all that was answered before', async () => {
    await installation.inside(async ({ db }) => {
      const detail = 'x'.repeat(1000)
      const events = Array.from({ length: 50 }, (_, index) => ({
        ...{
          at: 1,
          event: 'ballast',
          account_id: null,
          login_id_hash: null,
          actor: 'test',
          detail,
        },
        ...{ address: null, browser: null, system: null, request_id: null, id: `a${index}` },
      }))
      for (let written = 0; written < ballast; written += events.length) {
        const rows = events.map((row) => ({ ...row, id: `${row.id}-${written}` }))
        await db.insertInto('audit_events').values(rows).execute()
      }
    })
    const served = await installation.serve()
    const signedIn = installation.client(served)
    await installation.signIn(account, signedIn)
    let ends = false
    let answers = 0
    const guess = async () => {
      while (!ends) {
        const wrong = { loginId: `nobody-${answers}`, password: 'not this one' }
        // From everywhere: sixty from one address would be refused, however long the backup takes.
        const from = `198.51.100.${answers % 250}`
        expectProblem(await tryFrom(installation.client(served), from, wrong), 401)
        answers += 1
      }
    }
    const guessing = Promise.all([guess(), guess()])
    const said = await done('backup', '--to', copy)
    ends = true
    await guessing
    assert.match(said, /^\S+copy-1\.sqlite: \d\d\.\d MB, written and checked in \d+\.\d s\n$/)
    assert.ok(answers > 0)
    assert.equal(statSync(copy).mode & 0o777, 0o600)
    assert.equal(ask(copy, 'pragma integrity_check'), 'ok')
    assert.equal(ask(copy, 'select count(*) from sessions'), 1)
    assert.equal(existsSync(`${copy}.part`), false)
    expectStatus(await signedIn.get('/api/session'), 200)
    assert.equal(await served.kill('SIGTERM'), 0)
  })

  test('a backup takes the place of no file, and says where it cannot write', async () => {
    writeFileSync(copy, 'kept')
    await refused(/copy-\d\.sqlite is there already$/m, 'backup', '--to', copy)
    assert.equal(readFileSync(copy, 'utf8'), 'kept')
    writeFileSync(`${copy}2.part`, '')
    await refused(/2\.part is there already: remove it/, 'backup', '--to', `${copy}2`)
    await refused(/no such file or directory/, 'backup', '--to', join(folder, 'nowhere', 'copy'))
  })

  test('a damaged database is no backup, and no file is left that looks like one', async () => {
    const other = join(folder, 'damaged.sqlite')
    await done('backup', '--to', other)
    damage(other)
    const env = { SEKISHO_DATABASE: other, SEKISHO_SECRET: installation.config.secrets[0] }
    const { status, errors } = await runHere(['backup', '--to', copy], env)
    assert.equal(status, 1)
    assert.match(errors, /damaged|malformed/)
    assert.equal(existsSync(copy), false)
    assert.equal(existsSync(`${copy}.part`), false)
  })

  test('a restore is refused while a node runs, and the node goes on', async () => {
    await done('backup', '--to', copy)
    const served = await installation.serve()
    const client = installation.client(served)
    const { status, errors } = await installation.command(['restore', '--from', copy])
    assert.equal(status, 1)
    assert.match(errors, /^a node or a command has \S+ open: stop it first\n$/)
    await installation.signIn(account, client)
    assert.equal(await served.kill('SIGTERM'), 0)
  })

  test('a restore is refused for a file that is damaged, empty, of something else or in use', async () => {
    await refused(/there is no backup at/, 'restore', '--from', copy)
    await done('backup', '--to', copy)
    damage(copy)
    await refused(/copy-\d\.sqlite is damaged: /, 'restore', '--from', copy)
    writeFileSync(`${copy}-text`, 'no database '.repeat(1000))
    await refused(/is damaged: /, 'restore', '--from', `${copy}-text`)
    writeFileSync(`${copy}-empty`, '')
    await refused(/is not a database of Sekisho/, 'restore', '--from', `${copy}-empty`)
    await done('backup', '--to', `${copy}-used`)
    writeFileSync(`${copy}-used-wal`, '')
    await refused(/-wal is there: /, 'restore', '--from', `${copy}-used`)
  })

  test('a restore is refused for a database of another secret', async () => {
    await done('backup', '--to', copy)
    const before = contentOf(folder)
    const env = { SEKISHO_DATABASE: path, SEKISHO_SECRET: 'another secret of thirty-two signs' }
    const { status, errors } = await runHere(['restore', '--from', copy], env)
    assert.equal(status, 1)
    assert.match(errors, /^SEKISHO_SECRET: /)
    assert.deepEqual(contentOf(folder), before)
  })

  test('after a crash the log of the former database is not played into the backup', async () => {
    await done('backup', '--to', copy)
    const served = await installation.serve()
    for (let round = 0; round < 5; round += 1) {
      const wrong = { loginId: `somebody-${round}`, password: 'not this one' }
      expectProblem(await installation.client(served).post('/api/sign-in', wrong), 401)
    }
    await installation.signIn(account, installation.client(served))
    await served.kill('SIGKILL')
    assert.ok(statSync(`${path}-wal`).size > 0)
    const said = await done('restore', '--from', copy)
    const [, former = ''] = /^the former database is kept as (.+)$/m.exec(said) ?? []
    assert.equal(ask(former, 'pragma integrity_check'), 'ok')
    const events = `select count(*) from audit_events where event = 'session_created'`
    assert.equal(Number(ask(former, events)) - Number(ask(copy, events)), 1)
    assert.equal(ask(path, 'pragma integrity_check'), 'ok')
    assert.equal(ask(path, events), ask(copy, events))
    for (const file of [path, former]) assert.equal(statSync(file).mode & 0o777, 0o600)
    const again = await installation.serve()
    await installation.signIn(account, installation.client(again))
    assert.equal(await again.kill('SIGTERM'), 0)
  })

  test('where no database is any more, the log that was left is not played into the backup', async () => {
    await done('backup', '--to', copy)
    // As a copy of the file of a stopped node has it.
    ask(copy, 'pragma journal_mode = wal')
    const other = join(folder, 'elsewhere', 'sekisho.sqlite')
    mkdirSync(dirname(other))
    copyFileSync(copy, other)
    const used = new DatabaseSync(other)
    used.exec(`pragma wal_autocheckpoint = 0; delete from audit_events`)
    const log = readFileSync(`${other}-wal`)
    used.close()
    rmSync(other)
    for (const name of [other, `${other}.restoring`]) writeFileSync(`${name}-wal`, log)
    const env = { SEKISHO_DATABASE: other, SEKISHO_SECRET: installation.config.secrets[0] }
    assert.equal((await runHere(['restore', '--from', copy], env)).status, 0)
    assert.deepEqual(readdirSync(dirname(other)), ['sekisho.sqlite'])
    assert.equal(ask(other, 'pragma integrity_check'), 'ok')
    const events = 'select count(*) from audit_events where at = 1'
    assert.equal(ask(other, events), ask(copy, events))
  })
})

test('PostgreSQL is left to its own tools, which the refusal names', async () => {
  const env = {
    SEKISHO_DATABASE: 'postgres://sekisho@localhost/sekisho',
    SEKISHO_SECRET: 'a secret of at least thirty-two signs',
  }
  for (const [words, tool] of [
    [['backup', '--to', 'copy'], 'pg_dump'],
    [['restore', '--from', 'copy'], 'pg_restore'],
  ] as const) {
    const { status, errors } = await runHere(words, env)
    assert.equal(status, 1)
    assert.match(errors, new RegExp(`^SEKISHO_DATABASE is PostgreSQL: use ${tool}, as docs.*\n$`))
  }
})

/** Overwrites a page in the middle. */
function damage(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(
    0xff,
    Math.floor(bytes.length / 8192) * 4096,
    Math.floor(bytes.length / 8192) * 4096 + 4096,
  )
  writeFileSync(path, bytes)
}

/** The files of a folder with their sizes and times. */
function contentOf(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name))
    return `${name} ${size} ${mtimeMs}`
  })
}
