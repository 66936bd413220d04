// SEKISHO_COMMANDS=restricted leaves only the commands that open nothing: what opens an account needs two persons.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openings } from '../../src/surfaces/cli/openings.ts'
import { accountRecord } from '../support/checks/records.ts'
import { snapshot } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { askHere, runHere } from '../support/world/terminal.ts'
import type { World } from '../support/world/world.ts'

const restricted = { SEKISHO_COMMANDS: 'restricted' }
const why = ['--reason', 'she asked for it']

/** All commands, as the usage of none lists them. */
async function allCommands(): Promise<readonly string[]> {
  const { errors } = await runHere([], {})
  const names = errors.matchAll(/^usage: sekisho (\S+(?: (?=[a-z])[a-z-]+)?)/gm)
  return [...names].map(([, name]) => name ?? '')
}

const threats = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'threats.md'), 'utf8')

test('each command says what it opens, or that it opens nothing', async () => {
  const names = await allCommands()
  assert.ok(names.length >= 30, names.join(', '))
  for (const name of names) assert.ok(Object.hasOwn(openings, name), name)
})

test('what one person may do alone by command is listed in docs/threats.md, and nothing else is', () => {
  const [, list = ''] = threats.split('<!-- commands that open -->')
  const listed = list.matchAll(/^- `([^`]+)` (.+?)(?:;|\.)$/gm)
  const wanted = Object.entries(openings).flatMap(([name, opening]) =>
    opening ? [[name, opening.says]] : [],
  )
  assert.deepEqual(
    [...listed].map(([, name, says]) => [name, says]),
    wanted,
  )
})

/** Every row; of mails that there is one, as the sender goes on with those of before. */
async function rowsOf(world: World) {
  const all = await snapshot(world)
  return { ...all, outbox: all['outbox']?.map(({ id }) => id) }
}

onEachDatabase('restricted commands', (world) => {
  test('refuse whatever opens something, with whatever words, and change nothing', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const who = ['--login-id', account.loginId]
    const before = await rowsOf(world)
    const words: Readonly<Record<string, readonly string[]>> = {
      'accounts unlock': [...who, ...why],
      'accounts set-email': [...who, ...why, '--email', 'thief@example.jp'],
      'accounts set-password': [...who, ...why],
      'passkeys remove': [...who, ...why, `--id=${passkey.id}`],
    }
    for (const name of await allCommands()) {
      const opening = openings[name as keyof typeof openings]
      if (!opening || 'first' in opening) continue
      for (const rest of [words[name] ?? [], [], ['--help'], ['--no-such-option', 'x']]) {
        const command = [...name.split(' '), ...rest]
        const said = await world.command(command, 'a long password\n', restricted)
        assert.equal(said.status, 1, command.join(' '))
        assert.match(said.errors, /SEKISHO_COMMANDS is restricted: this .+ two persons/)
      }
      const { error, status } = await askHere(name.split(' '), restricted)
      assert.deepEqual([status, error?.code], [1, 'restricted'], name)
    }
    assert.deepEqual(await rowsOf(world), before)
  })

  test('make the first two admins, nobody else and no third', async () => {
    const add = (roles: string) =>
      world.command(['operators', 'add', '--name', `An ${roles}`, '--roles', roles], '', restricted)
    const agent = await add('agent')
    assert.equal(agent.status, 1)
    assert.match(agent.errors, /only the first two admins are made by command/)
    const tried = await Promise.all(Array.from({ length: 4 }, () => add('admin')))
    const made = tried.filter(({ status }) => status === 0)
    assert.equal(made.length, 2, 'of four at once')
    for (const { output } of made) assert.match(output, /^enrolment code: /m)
    for (const roles of ['admin', 'agent', 'approver']) assert.equal((await add(roles)).status, 1)
    const operators = await world.deps.db.selectFrom('operators').select('id').execute()
    assert.equal(operators.length, 2)
    for (const { id } of operators) {
      const words = ['operators', 'remove', '--id', id, ...why]
      assert.equal((await world.command(words, '', restricted)).status, 1, 'the last two stay')
    }
    const json = ['operators', 'add', '--name', 'A', '--roles', 'admin', '--json']
    const told = await world.command(json, '', restricted)
    assert.match(told.output, /^{"error":{"code":"restricted"/)
    // Neither has enrolled in time: without others nobody ever would.
    await world.deps.db.updateTable('enrolment_codes').set({ expires_at: 0 }).execute()
    assert.equal((await add('agent')).status, 1)
    for (const status of [0, 0, 1]) assert.equal((await add('admin')).status, status)
  })

  test('close and tell as always', async () => {
    const { account, passkey } = await accountWithPasskey(world)
    const who = ['--login-id', account.loginId]
    const run = (...words: string[]) => world.command(words, '', restricted)
    for (const words of [
      ['accounts', 'show', ...who],
      ['passkeys', 'list', ...who],
      ['sessions', 'end', ...who, ...why],
      ['accounts', 'lock', ...who, ...why],
    ]) {
      const said = await run(...words)
      assert.equal(said.status, 0, `${words.join(' ')}: ${said.errors}`)
    }
    assert.equal((await accountRecord(world, account)).lock_reason, 'support')
    assert.ok(passkey)
  })

  test('are none by a word that is neither, and none by default', async () => {
    const { account } = await accountWithPasskey(world)
    const words = ['accounts', 'unlock', '--login-id', account.loginId, ...why]
    const odd = await world.command(words, '', { SEKISHO_COMMANDS: 'some' })
    assert.equal(odd.status, 1)
    assert.match(odd.errors, /SEKISHO_COMMANDS: must be all or restricted/)
    assert.equal((await world.command(words)).status, 0)
  })
})
