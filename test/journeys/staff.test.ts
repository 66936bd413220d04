// A database in a file is used by a node and by colleagues, each with a system user of her own, and by root.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { withDatabase } from '../../src/surfaces/cli/command.ts'
import { examineHere } from '../support/world/doctor.ts'
import { Installation } from '../support/world/installation.ts'
import { startProcess } from '../support/world/processes.ts'
import {
  as,
  colleague,
  idOf,
  nodeUser,
  placeForData,
  runAs,
  shareAsDocumented,
  withoutStaff,
  type StaffUser,
} from '../support/world/staff.ts'
import { runHere } from '../support/world/terminal.ts'
import { expectStatus } from '../support/world/world.ts'

describe('a database in a file', { skip: withoutStaff, timeout: 480_000 }, () => {
  const secret = { SEKISHO_SECRET: randomBytes(32).toString('hex') }
  let place: ReturnType<typeof placeForData>
  let env = { ...secret, SEKISHO_DATABASE: '' }
  beforeEach(() => {
    place = placeForData()
    env = { ...secret, SEKISHO_DATABASE: join(place.data, 'sekisho.sqlite') }
  })
  afterEach(() => rmSync(place.folder, { recursive: true, force: true }))

  const done = async (user: StaffUser, ...words: string[]) => {
    const { status, output, errors } = await runAs(user, words, env)
    assert.equal(status, 0, errors)
    return output
  }
  const refused = async (user: StaffUser, says: RegExp, ...words: string[]) => {
    const { status, output, errors } = await runAs(user, words, env)
    assert.deepEqual([status, output], [1, ''])
    assert.match(errors, says)
    assert.equal(errors.trimEnd().split('\n').length, 1, errors)
  }
  const byRoot = async (...words: string[]) => {
    const { status, errors } = await runHere(words, env)
    assert.equal(status, 0, errors)
  }
  /** Each file of the folder is as wanted. */
  const every = (wanted: {
    readonly mode: number
    readonly uid?: number
    readonly gid?: number
  }) => {
    for (const name of readdirSync(place.data)) {
      const { mode, uid, gid } = statSync(join(place.data, name))
      const found = { mode: (mode & 0o777).toString(8), uid, gid }
      assert.deepEqual(found, { ...found, ...wanted, mode: wanted.mode.toString(8) }, name)
    }
  }
  const actors = () =>
    withDatabase({ env }, async ({ db }) => {
      const events = db.selectFrom('audit_events').select('actor').distinct()
      return (await events.where('actor', 'like', 'operator:%').execute()).map(({ actor }) => actor)
    })
  const install = () =>
    Installation.create(
      { create: () => Promise.resolve({ address: env.SEKISHO_DATABASE, drop: async () => {} }) },
      { env: secret },
    )
  /** Made by the node's user, with nothing that the guide says of colleagues. */
  const makeFor = (mode: number) => {
    mkdirSync(place.data)
    chownSync(place.data, idOf(nodeUser), idOf(nodeUser, 'group'))
    chmodSync(place.data, mode)
  }

  test('is used by all of the group after the lines of the guide, whoever made its files', async (t) => {
    await byRoot('migrate')
    await refused(nodeUser, /^SEKISHO_DATABASE: .* another system user.*EACCES/, 'clients', 'list')
    shareAsDocumented(place.data)
    const installation = await install()
    t.after(() => installation.drop())
    const [account] = await installation.addAccounts(1)
    assert.ok(account)
    const who = ['--login-id', account.loginId, '--reason', 'test']
    // The log and its index are hers, and the node's after her.
    assert.match(await done(colleague, 'accounts', 'show', ...who.slice(0, 2)), /^login ID/m)
    const served = await installation.serve({}, as(nodeUser))
    const client = await installation.signIn(account, installation.client(served))
    await done(colleague, 'accounts', 'lock', ...who)
    expectStatus(await client.get('/api/session'), 401)
    await done(nodeUser, 'accounts', 'unlock', ...who)
    await done(colleague, 'backup', '--to', join(place.data, 'copy'))
    await installation.signIn(account, installation.client(served))
    assert.ok(readdirSync(place.data).includes('sekisho.sqlite.closings'))
    every({ mode: 0o660, gid: idOf(nodeUser, 'group') })
    assert.equal(await served.kill('SIGKILL'), 'SIGKILL')

    await done(colleague, 'restore', '--from', join(place.data, 'copy'))
    every({ mode: 0o660, gid: idOf(nodeUser, 'group') })
    const again = await installation.serve({}, as(nodeUser))
    await installation.signIn(account, installation.client(again))
    await done(colleague, 'accounts', 'show', ...who.slice(0, 2))
    assert.deepEqual(again.failures(), [])
    assert.equal(await again.kill('SIGTERM'), 0)
    const named = await actors()
    for (const name of [colleague, nodeUser]) assert.ok(named.includes(`operator:${name}`), name)
  })

  test('that root makes first is of the owner of the folder, as is all that root makes beside it', async () => {
    makeFor(0o700)
    env.SEKISHO_DATABASE = join(place.data, 'deep', 'er', 'sekisho.sqlite')
    await byRoot('migrate')
    place.data = join(place.data, 'deep', 'er')
    const installation = await install()
    const [account] = await installation.addAccounts(1)
    await installation.drop()
    const who = ['--login-id', account?.loginId ?? '', '--reason', 'test']
    await byRoot('accounts', 'lock', ...who)
    const copy = join(place.folder, 'copy')
    await byRoot('backup', '--to', copy)
    assert.deepEqual([statSync(copy).uid, statSync(copy).mode & 0o777], [0, 0o600])
    await byRoot('restore', '--from', copy)
    const owner = { uid: idOf(nodeUser), gid: idOf(nodeUser, 'group') }
    every({ mode: 0o600, ...owner })
    for (const folder of [place.data, join(place.data, '..')]) {
      const { mode, uid, gid } = statSync(folder)
      assert.deepEqual([mode & 0o7777, uid, gid], [0o700, owner.uid, owner.gid])
    }
    await done(nodeUser, 'accounts', 'unlock', ...who)
  })

  test('of another user is not served by root, which is said in one line', async () => {
    makeFor(0o700)
    const settings = {
      ...env,
      ...{ SEKISHO_PORT: '0', SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9' },
      SEKISHO_MAIL_FROM: 'no-reply@example.jp',
    }
    for (const isThere of [false, true]) {
      if (isThere) await done(nodeUser, 'migrate')
      const before = readdirSync(place.data)
      const node = startProcess(['serve'], settings, place.folder)
      assert.equal((await node.ended).status, 1)
      const [line = '', ...others] = node.said().trim().split('\n')
      const { setting, msg } = JSON.parse(line) as Record<string, unknown>
      assert.deepEqual([setting, others], ['SEKISHO_DATABASE', []])
      assert.match(
        String(msg),
        /belongs to another system user \(uid \d+\): start the node as that/,
      )
      assert.deepEqual(readdirSync(place.data), before)
    }
  })

  test('is closed to strangers, and to colleagues while its folder is not shared', async () => {
    const belongs = /^SEKISHO_DATABASE: the file or its folder belongs to another system user/
    makeFor(0o770)
    await done(nodeUser, 'migrate')
    await done(nodeUser, 'backup', '--to', join(place.data, 'copy'))
    every({ mode: 0o600, uid: idOf(nodeUser) })
    chmodSync(join(place.data, 'copy'), 0o660)
    await refused(colleague, belongs, 'clients', 'list')
    const another = /sekisho\.sqlite belongs to another system user: restore as that one$/m
    await refused(colleague, another, 'restore', '--from', join(place.data, 'copy'))
    shareAsDocumented(place.data)
    await done(colleague, 'clients', 'list')
    await refused('bin', belongs, 'clients', 'list')
  })

  test('that is open to others is closed by its owner, left by others, and doctor tells', async () => {
    await byRoot('migrate')
    shareAsDocumented(place.data)
    const path = env.SEKISHO_DATABASE
    chmodSync(path, 0o664)
    await done(colleague, 'clients', 'list')
    assert.equal(statSync(path).mode & 0o777, 0o664)
    await done(nodeUser, 'clients', 'list')
    assert.equal(statSync(path).mode & 0o777, 0o660)
    const told = async () =>
      (await examineHere(env)).findings.flatMap(({ check, state, says, cure }) =>
        check === 'file modes' && state !== 'ok' ? [`${state}: ${says} → ${cure}`] : [],
      )
    assert.deepEqual(await told(), [])
    chmodSync(path, 0o664)
    chownSync(path, idOf(nodeUser), 0)
    chmodSync(place.data, 0o2777)
    assert.match((await told()).join('\n'), /fault: every system user may put .* → chmod o= /)
    chmodSync(place.data, 0o2770)
    assert.match((await told()).join('\n'), /fault: \S+ is not for the group .* → chgrp --ref/)
    chmodSync(place.data, 0o770)
    assert.match((await told()).join('\n'), /warning: a group may write in .* → chmod g\+s /)
  })

  test('has in its trail who asked sudo beside the user whom sudo made of her', async () => {
    makeFor(0o2770)
    const rotate = ['keys', 'rotate', '--reason', 'test']
    for (const [user, asker, actor] of [
      [nodeUser, 'alice', `operator:alice (by sudo as ${nodeUser})`],
      [colleague, 'bob', `operator:bob (by sudo as ${colleague})`],
      [colleague, 'root (by sudo as x', `operator:${colleague}`],
    ] as const) {
      const { status, errors } = await runAs(user, rotate, { ...env, SUDO_USER: asker })
      assert.equal(status, 0, errors)
      assert.ok((await actors()).includes(actor), actor)
    }
  })
})
