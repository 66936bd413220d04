// The commands for clients and keys: what they change, what they refuse, what is on record.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findClient } from '../../src/domain/clients/store.ts'
import { hashToken } from '../../src/kernel/secrets.ts'
import { addClient, changeClient, removeClient } from '../../src/operations/openid/clients.ts'
import { databaseText } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { isActive, postForm, signedIn, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  operator,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'

const actor = `operator:${userInfo().username}`
const address = 'https://desk.example/callback'
const ofDesk = ['--kind', 'web', '--redirect-uri', address]

const icon = join(import.meta.dirname, '..', '..', 'examples', 'trading-desk', 'icon.svg')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const webp = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64')

onEachDatabase('Clients of OpenID Connect', { reachable: true }, (world) => {
  let desk: RelyingParty
  let folder: string
  before(async () => {
    desk = await register(world)
    folder = await mkdtemp(join(tmpdir(), 'sekisho-logos-'))
  })
  after(async () => {
    await rm(folder, { recursive: true })
  })

  const run = (...args: string[]) => world.command(['clients', ...args])

  const idIn = (output: string) => /client ID: (\S+)/.exec(output)?.[1] ?? ''
  const secretIn = (output: string) => /client secret \(shown once\): (\S+)/.exec(output)?.[1] ?? ''

  async function eventsOf(event: string) {
    const rows = await world.deps.db
      .selectFrom('audit_events')
      .select(['actor', 'detail'])
      .where('event', '=', event)
      .orderBy('at')
      .execute()
    return rows.map(({ actor, detail }) => ({ actor, ...(JSON.parse(detail) as object) }))
  }

  async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }

  /** The source of the logo that the sign-in shows for a client, or undefined. */
  async function shownLogo(client: RelyingParty): Promise<string | undefined> {
    const browser = world.client()
    const page = await follow(browser, (await authorizationRequest(client)).address)
    const { text } = await browser.get(page.pathname + page.search)
    const [, line = ''] = /<p class="application">([^]*?)<\/p>/.exec(text) ?? []
    assert.match(line, /<span>NEOTRADER<\/span>/)
    return /<img src="([^"]+)" alt=""/.exec(line)?.[1]
  }

  test('they are added, listed, changed and removed by commands, which are on record', async () => {
    const added = await run('add', '--name', '取引', ...ofDesk)
    assert.equal(added.status, 0, added.errors)
    const [id, secret] = [idIn(added.output), secretIn(added.output)]
    assert.equal(Buffer.from(secret, 'base64url').length, 32)
    const text = await databaseText(world)
    assert.ok(text.includes(hashToken(secret)) && !text.includes(secret))

    const knows = async (tried: string) => {
      const authorization = `Basic ${btoa(`${id}:${tried}`)}`
      const form = { token: 'x' }
      const { status } = await postForm(world, '/oauth2/introspect', form, { authorization })
      return status === 200
    }
    assert.ok(await knows(secret))
    const why = ['--id', id, '--reason', 'renamed']
    const changed = await run('change', ...why, '--name', '取引画面', '--new-secret')
    const fresh = secretIn(changed.output)
    assert.ok((await knows(fresh)) && !(await knows(secret)))
    const listed = await run('list')
    assert.match(listed.output, new RegExp(`${id}\tweb\t取引画面\t${address}`))
    assert.equal(listed.output.includes(fresh), false)
    const removed = await run('remove', '--id', id, '--reason', 'closed')
    assert.equal(removed.status, 0, removed.errors)
    assert.equal(await knows(fresh), false)
    const again = await run('remove', '--id', id, '--reason', 'closed')
    assert.deepEqual([again.status, again.errors], [1, 'there is no such client\n'])

    const about = { actor, client: id, kind: 'web' }
    const [, ownAdding] = await eventsOf('sys_client_added')
    assert.deepEqual(ownAdding, { ...about, name: '取引' })
    assert.deepEqual(await eventsOf('sys_client_changed'), [
      { ...about, name: '取引画面', reason: 'renamed', changed: 'name secret' },
    ])
    assert.deepEqual(await eventsOf('sys_client_removed'), [
      { ...about, name: '取引画面', reason: 'closed' },
    ])
  })

  test('a rotation of the keys is on record, and a change without a reason is none', async () => {
    const { clientId } = desk
    const before = await databaseText(world)
    for (const words of [
      ['clients', 'change', '--id', clientId, '--name', 'x'],
      ['clients', 'change', '--id', clientId, '--name', 'x', '--reason', ' '],
      ['clients', 'change', '--id', clientId, '--reason', 'why'],
      ['clients', 'change', '--id', clientId, '--kind', 'native', '--reason', 'why'],
      ['clients', 'remove', '--id', clientId],
      ['clients', 'remove', '--reason', 'why'],
      ['clients', 'add', '--name', 'x', ...ofDesk, '--no-logo'],
      ['keys', 'rotate'],
    ]) {
      const { status, errors } = await world.command(words)
      assert.equal(status, 2, words.join(' '))
      assert.match(errors, /usage: sekisho (clients|keys) /)
    }
    assert.equal(await databaseText(world), before)

    const rotated = await world.command(['keys', 'rotate', '--reason', 'once a year'])
    assert.equal(rotated.status, 0, rotated.errors)
    const signsFrom = /sign from (\S+)/.exec(rotated.output)?.[1]
    assert.deepEqual(await eventsOf('sys_keys_rotated'), [
      { actor, reason: 'once a year', signsFrom },
    ])
  })

  test('one with an unsafe address, an unseen name, or of no kind, is refused', async () => {
    const none = { postLogoutRedirectUris: [], backchannelLogoutUri: null, jwks: null }
    for (const [kind, uri] of [
      ['web', 'http://desk.example/callback'],
      ['native', 'http://desk.example/callback'],
      ['native', 'com.example.app:/callback'],
      ['web', 'https://desk.example/callback#part'],
      ['web', 'javascript:alert(1)'],
      ['web', ''],
      ['web', 'https://*.desk.example/callback'],
      ['web', 'https://%2a.desk.example/callback'],
      ['web', 'https://desk.example/*'],
      ['web', 'https://hanako@desk.example/callback'],
      ['web', 'https://hanako:secret@desk.example/callback'],
      ['web', ' https://desk.example/callback'],
      ['web', 'https:\\\\desk.example\\callback'],
      ['web', 'https:desk.example/callback'],
      ['web', 'https://desk.example/call back'],
      ['native', 'http://127.0.0.1@desk.example/callback'],
      ['fapi', 'https://desk.example/callback'],
    ] as const) {
      const redirectUris = ['https://desk.example/good']
      for (const settings of [
        { ...none, redirectUris: [uri] },
        { ...none, redirectUris, postLogoutRedirectUris: [uri] },
        { ...none, redirectUris, backchannelLogoutUri: uri },
      ].slice(0, kind === 'fapi' ? 1 : 3)) {
        const added = await addClient(world.deps, { kind, name: 'x', settings }, operator)
        assert.ok('fault' in added, `${kind} ${JSON.stringify(settings)}`)
      }
    }
    for (const host of ['http://127.0.0.2', 'https://localhost', 'https://[::1]:8443']) {
      const settings = { ...none, redirectUris: [`${host}/callback`] }
      const added = await addClient(world.deps, { kind: 'native', name: 'x', settings }, operator)
      assert.ok('fault' in added, host)
    }
    const settings = { ...none, redirectUris: [address] }
    for (const name of ['', ' \u3000', 'Neo\u202eDesk', 'Neo\nDesk', 'Neo\u200bDesk']) {
      const added = await addClient(world.deps, { kind: 'web', name, settings }, operator)
      assert.ok('fault' in added, JSON.stringify(name))
    }
    const words = ['--name', 'x', '--kind', 'spa', '--redirect-uri', address]
    assert.equal((await run('add', ...words)).status, 2)
  })

  test('what was given to a client ends when it is removed, and nothing is left of it', async () => {
    const { client } = await signedIn(world)
    const short = await register(world)
    const tokens = await tokensOf(short, client)
    const browser = world.client()
    const page = await follow(browser, (await authorizationRequest(short)).address)
    assert.ok(await isActive(desk, tokens.access_token))
    const found = await findClient(world.deps.db, short.clientId)
    assert.ok(found)
    await changeClient(world.deps, found, { logo: await readFile(icon) }, operator)
    assert.ok(await removeClient(world.deps, found, operator))
    assert.equal(await isActive(desk, tokens.access_token), false)
    assert.equal(await removeClient(world.deps, found, operator), false)
    assert.doesNotMatch((await browser.get(page.pathname + page.search)).text, /NEOTRADER/)
    const left = await world.deps.db
      .selectFrom('oidc_records')
      .select(['kind', 'payload'])
      .where('kind', '!=', 'Session')
      .execute()
    assert.deepEqual(
      left.filter(({ payload }) => payload.includes(short.clientId)),
      [],
    )
    assert.equal((await client.get('/api/session')).status, 200, 'the session goes on')
  })

  test('a logo is shown where the client’s users sign in, until it goes', async () => {
    const change = (...words: string[]) =>
      run('change', '--id', desk.clientId, '--reason', 'a new look', ...words)
    assert.equal(await shownLogo(desk), undefined)
    const seen = new Set<string>()
    for (const [file, type] of [
      [icon, 'image/svg+xml'],
      [await fileOf('a.svg', png), 'image/png'],
      [await fileOf('b', webp), 'image/webp'],
    ] as const) {
      const changed = await change('--logo-file', file)
      assert.equal(changed.status, 0, changed.errors)
      const source = await shownLogo(desk)
      assert.ok(source && !seen.has(source), 'another content, another address')
      seen.add(source)
      const { headers, status } = await world.client().get(source)
      assert.equal(status, 200)
      assert.equal(headers['content-type'], type)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.equal(
        headers['content-security-policy'],
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      )
    }
    const [first = ''] = seen
    assert.equal((await world.client().get(first)).status, 404, 'what was replaced is gone')
    assert.equal((await change('--no-logo')).status, 0)
    assert.equal(await shownLogo(desk), undefined)
    assert.equal((await change('--no-logo', '--logo-file', icon)).status, 2)
    assert.equal((await change('--logo-file', join(folder, 'missing'))).status, 2)
  })

  test('the confirmation that an application asks for carries its logo too', async () => {
    const file = ['--logo-file', icon]
    const changed = await run('change', '--id', desk.clientId, '--reason', 'look', ...file)
    assert.equal(changed.status, 0, changed.errors)
    const { client } = await signedIn(world)
    for (const wish of [{ acr_values: 'phr' }, { max_age: '0', prompt: 'login' }]) {
      await world.deps.db
        .updateTable('sessions')
        .set({ proven_at: Date.now() - 2000 })
        .execute()
      const page = await follow(client, (await authorizationRequest(desk, wish)).address)
      assert.match((await client.get(page.pathname)).text, /<img src="\/assets\/logos\/[\w-]{43}"/)
    }
  })

  test('a file that is no logo is refused, whatever its name says', async () => {
    const svg = (await readFile(icon)).toString()
    const entity = '<!DOCTYPE svg [<!ENTITY a "b">]>'
    const refused = {
      empty: '',
      'html.svg': '<!doctype html><script>alert(1)</script>',
      'page.png': `<html>${svg}</html>`,
      'entities.svg': entity + svg,
      'not-utf-8.svg': Buffer.concat([Buffer.from(svg), Buffer.from([0xff])]),
      'gif.png': 'GIF89a',
      'riff.webp': 'RIFF____WAVE',
      'large.svg': svg + ' '.repeat(64 * 1024),
    }
    for (const [name, content] of Object.entries(refused)) {
      const path = await fileOf(name, content)
      const { status, errors } = await run('add', '--name', 'x', ...ofDesk, '--logo-file', path)
      assert.equal(status, 1, name)
      assert.match(errors, /^a logo /)
    }
    const preamble = '\ufeff<?xml version="1.0"?>\n<!-- a > b --><!DOCTYPE svg PUBLIC "a" "b">\n'
    const path = await fileOf('exported.svg', preamble + svg)
    const taken = await run('add', '--name', 'x', ...ofDesk, '--logo-file', path)
    assert.equal(taken.status, 0, taken.errors)
    assert.notEqual(idIn(taken.output), '')
  })
})
