// How a client's addresses and ways are set, shown and taken away again by command.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { findClient } from '../../src/domain/clients/store.ts'
import { addClient } from '../../src/operations/openid/clients.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { operator } from '../support/world/relying-party.ts'

const redirect = 'https://desk.example/callback'
const signedOut = ['https://desk.example/signed-out', 'https://desk.example/bye']
const home = 'https://desk.example/start'
const told = 'https://desk.example/told'

onEachDatabase('The settings of a client', (world) => {
  const run = (...args: string[]) => world.command(['clients', ...args])

  async function add(...words: string[]): Promise<string> {
    const { output, errors } = await run(
      'add',
      '--name',
      '取引',
      '--redirect-uri',
      redirect,
      ...words,
    )
    assert.equal(errors, '')
    return /client ID: (\S+)/.exec(output)?.[1] ?? ''
  }

  const change = (id: string, ...words: string[]) =>
    run('change', '--id', id, '--reason', 'tried', ...words)

  test('the list shows them all, each in its place', async () => {
    const bare = await add('--kind', 'web')
    const native = await add('--kind', 'native', '--id-token-alg', 'RS256')
    const full = await add(
      ...['--kind', 'web', '--backchannel-logout-uri', told],
      ...signedOut.flatMap((uri) => ['--post-logout-redirect-uri', uri]),
      ...['--id-token-alg', 'RS256', '--auth-method', 'client_secret_post', '--third-party'],
      ...['--home-uri', home, '--name-en', ' Trading '],
    )
    const { output } = await run('list')
    const all = [redirect, signedOut.join(' '), told, 'RS256', 'client_secret_post', 'third party']
    const none = ['-', '-', '-']
    assert.deepEqual(output.split('\n'), [
      [bare, 'web', '取引', redirect, '-', '-', 'ES256', 'client_secret_basic', ...none].join('\t'),
      [native, 'native', '取引', redirect, '-', '-', 'RS256', '-', ...none].join('\t'),
      [full, 'web', '取引', ...all, home, 'Trading'].join('\t'),
      '',
    ])
  })

  test('addresses are taken away, one kind and not the other, and ways go back', async () => {
    const id = await add(
      ...['--kind', 'web', '--backchannel-logout-uri', told, '--id-token-alg', 'RS256'],
      ...signedOut.flatMap((uri) => ['--post-logout-redirect-uri', uri]),
    )
    const settings = async () => (await findClient(world.deps.db, id))?.settings
    const post = ['--auth-method', 'client_secret_post']
    assert.equal((await change(id, '--no-backchannel-logout-uri', ...post)).status, 0)
    const kept = { redirectUris: [redirect], jwks: null }
    assert.deepEqual(await settings(), {
      ...kept,
      postLogoutRedirectUris: signedOut,
      backchannelLogoutUri: null,
      idTokenAlg: 'RS256',
      authMethod: 'client_secret_post',
    })
    const back = ['--id-token-alg', 'ES256', '--auth-method', 'client_secret_basic']
    const other = ['--backchannel-logout-uri', told, '--no-post-logout-redirect-uri']
    assert.equal((await change(id, ...other, ...back)).status, 0)
    const last = {
      ...kept,
      postLogoutRedirectUris: [],
      backchannelLogoutUri: told,
      idTokenAlg: 'ES256',
      authMethod: 'client_secret_basic',
    }
    assert.deepEqual(await settings(), last)
    for (const [words, said] of [
      [['--no-backchannel-logout-uri', '--backchannel-logout-uri', told], / or --no-backchannel/],
      [['--id-token-alg', 'none'], /--id-token-alg is ES256 or RS256/],
      [['--auth-method', 'none'], /--auth-method is client_secret_basic or client_secret_post/],
    ] as const) {
      const { status, errors } = await change(id, ...words)
      assert.equal(status, 2)
      assert.match(errors, said)
    }
    assert.deepEqual(await settings(), last)
  })

  test('a home and an English name are given, changed and taken away; bad ones are refused', async () => {
    const id = await add('--kind', 'web', '--home-uri', home, '--name-en', 'Trading')
    const settings = async () => (await findClient(world.deps.db, id))?.settings
    for (const [bad, said] of [
      [['--home-uri', 'http://desk.example/'], /is not one whole address/],
      [['--home-uri', 'https://*.desk.example/'], /is not one whole address/],
      [['--home-uri', 'https://name@desk.example/'], /is not one whole address/],
      [['--home-uri', 'javascript:alert(1)//'], /is not one whole address/],
      [['--home-uri', 'https://desk.example/#part'], /is not one whole address/],
      [['--home-uri', '//desk.example/'], /is not one whole address/],
      [['--home-uri', ''], /is not one whole address/],
      [['--name-en', ' '], /the name is empty/],
      [['--name-en', 'a\u202eb'], /turn the writing/],
      [['--home-uri', home, '--no-home-uri'], / or --no-home-uri/],
      [['--name-en', 'x', '--no-name-en'], / or --no-name-en/],
    ] as const) {
      const { status, errors } = await change(id, ...bad)
      assert.notEqual(status, 0, bad.join(' '))
      assert.match(errors, said)
    }
    assert.equal((await settings())?.homeUri, home)
    assert.equal((await change(id, '--name-en', 'Desk', '--no-home-uri')).status, 0)
    assert.equal((await settings())?.homeUri, null)
    assert.equal((await settings())?.nameEn, 'Desk')
    assert.equal((await change(id, '--no-name-en')).status, 0)
    assert.equal((await settings())?.nameEn, null)
  })

  test('a way that is not for its kind is refused', async () => {
    const none = { postLogoutRedirectUris: [], backchannelLogoutUri: null }
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }) }] }
    const settings = { ...none, redirectUris: [redirect], jwks: null }
    for (const [kind, own] of [
      ['native', { authMethod: 'client_secret_post' }],
      ['fapi', { authMethod: 'client_secret_post', jwks }],
      ['fapi', { idTokenAlg: 'RS256', jwks }],
    ] as const) {
      const client = { kind, name: 'x', settings: { ...settings, ...own } }
      assert.ok('fault' in (await addClient(world.deps, client, operator)), kind)
    }
    const id = await add('--kind', 'native')
    const changed = await change(id, '--auth-method', 'client_secret_post')
    assert.equal(changed.status, 1)
    assert.match(changed.errors, /only a web client has a secret/)
    const client = await findClient(world.deps.db, id)
    assert.equal(client?.settings.authMethod, undefined)
  })
})
