// Rule 35 at an API: what docs/integrate.md and the trading desk check of a call's token.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import * as oauth from 'openid-client'
import { startDesk, type RunningDesk } from '../../examples/trading-desk/desk.ts'
import type { LiftableLevel } from '../../src/domain/vocabulary/life.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { tokensOf } from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort } from '../support/world/processes.ts'
import { register, type RelyingParty } from '../support/world/relying-party.ts'
import { World } from '../support/world/world.ts'
import { commandsOf, listen, snippetsOf, writeSnippets, type SnippetFolder } from './snippets.ts'

type Bar = { held: Date; reason: string } | 'stopped' | null

interface Api {
  readonly address: URL
  /** The application whose tokens it takes. */
  readonly taken: RelyingParty
}

type Headers = Record<string, string>

const root = join(import.meta.dirname, '..', '..')
const snippets = snippetsOf(await readFile(join(root, 'docs', 'integrate.md'), 'utf8'))
const sqlite = databases.filter(({ name }) => name === 'sqlite')
const invalid = (scheme: string) => [401, `${scheme} error="invalid_token"`]

for (const database of sqlite) {
  describe('an API', { timeout: 120_000 }, () => {
    let world: World
    let folder: SnippetFolder
    let desk: RunningDesk
    let client: HttpClient
    const apis = new Map<string, Api>()
    let stop = () => Promise.resolve()

    before(async () => {
      ;[world, folder] = await Promise.all([
        World.start(database, { reachable: true }),
        writeSnippets(snippets),
      ])
      client = (await accountWithPasskey(world)).client
      apis.set('docs/integrate.md', await startApi())
      const taken = await register(world)
      const port = await freePort()
      desk = await startDesk({
        origin: `http://localhost:${port}`,
        port,
        issuer: world.origin,
        clientId: taken.clientId,
        clientSecret: String(taken.secret),
        demoHoldMinutes: 3,
      })
      apis.set('the trading desk', { address: new URL('/api/withdrawals', desk.origin), taken })
    })
    after(async () => {
      await desk.stop()
      await stop()
      await world.stop()
      await folder.remove()
    })

    /** The guide's API, with the registration that it advises, behind an address of this machine. */
    async function startApi(): Promise<Api> {
      const { findLack } = await folder.load<{
        findLack(by: oauth.Configuration, call: object, needed: object): Promise<string | null>
      }>('strength.ts')
      const command = snippets.flatMap(commandsOf).find((words) => words.includes('Orders API'))
      assert.ok(command)
      const { output } = await world.command(command)
      const [, id = ''] = /^client ID: (\S+)$/m.exec(output) ?? []
      const [, secret = ''] = /^client secret .*: (\S+)$/m.exec(output) ?? []
      const taken = await register(world)
      const issuer = taken.configuration.serverMetadata()
      const how = oauth.ClientSecretBasic(secret)
      const configuration = new oauth.Configuration(issuer, id, undefined, how)
      oauth.allowInsecureRequests(configuration)
      const needed = { clients: [taken.clientId], acr: 'phr', maxAge: 300 }
      const server = await listen((request, response) => {
        const { authorization, dpop } = request.headers
        const url = new URL(request.url ?? '', server.address)
        const call = { method: request.method, url, authorization, dpop }
        void findLack(configuration, call, needed).then((lack) =>
          response
            .writeHead(lack === null ? 200 : 401, lack === null ? {} : { 'WWW-Authenticate': lack })
            .end(),
        )
      })
      stop = server.close
      return { address: new URL('/orders', server.address), taken }
    }

    const call = async ({ address }: Api, headers: Headers, method = 'POST') => {
      const answer = await fetch(address, { method, headers })
      return [answer.status, answer.headers.get('www-authenticate')]
    }

    const everyApi = async (check: (api: Api) => Promise<void>) => {
      assert.equal(apis.size, 2)
      for (const api of apis.values()) await check(api)
    }

    /** A token of the application that the API takes, bound to a key, and how to prove that key. */
    async function boundToken({ taken }: Api) {
      const keys = await oauth.randomDPoPKeyPair('ES256')
      const DPoP = oauth.getDPoPHandle(taken.configuration, keys)
      const wish = { acr_values: 'phr' }
      const { access_token: token } = await tokensOf(taken, client, wish, { DPoP })
      return { token, DPoP }
    }

    /** The headers of a call as openid-client proves it. */
    async function proven(address: URL, token: string, DPoP: oauth.DPoPHandle, method = 'POST') {
      const catcher = Promise.withResolvers<Headers>()
      const { taken } = [...apis.values()][0] as Api
      const configuration = new oauth.Configuration(
        taken.configuration.serverMetadata(),
        taken.clientId,
      )
      oauth.allowInsecureRequests(configuration)
      configuration[oauth.customFetch] = (_url, { headers }) => {
        catcher.resolve(Object.fromEntries(new globalThis.Headers(headers as Headers)))
        return Promise.resolve(new Response())
      }
      await oauth.fetchProtectedResource(
        configuration,
        token,
        address,
        method,
        undefined,
        undefined,
        { DPoP },
      )
      const { authorization = '', dpop = '' } = await catcher.promise
      return { authorization: authorization.replace(/^dpop/i, 'DPoP'), dpop }
    }

    test('takes a token of its own application, and of no other', async () => {
      const other = await register(world)
      await everyApi(async (api) => {
        const [own, foreign] = [await tokensOf(api.taken, client), await tokensOf(other, client)]
        const bearer = (token = '') => ({ authorization: `Bearer ${token}` })
        const [status] = await call(api, bearer(own.access_token))
        assert.notEqual(status, 401)
        assert.deepEqual(await call(api, bearer(foreign.access_token)), invalid('Bearer'))
        assert.deepEqual(await call(api, bearer(foreign.refresh_token)), invalid('Bearer'))
        assert.deepEqual(await call(api, {}), [401, 'Bearer'])
      })
    })

    test('takes neither a refresh token nor an ID token for an access token', async () => {
      await everyApi(async (api) => {
        const { refresh_token: refresh, id_token: id } = await tokensOf(api.taken, client)
        for (const token of [refresh, id, 'junk']) {
          const authorization = `Bearer ${token}`
          assert.deepEqual(await call(api, { authorization }), invalid('Bearer'))
        }
      })
    })

    test('takes a bound token with a fresh proof of its key for this call, once', async () => {
      await everyApi(async (api) => {
        const { token, DPoP } = await boundToken(api)
        const headers = await proven(api.address, token, DPoP)
        const [first] = await call(api, headers)
        assert.notEqual(first, 401)
        assert.deepEqual(await call(api, headers), invalid('DPoP'), 'a proof is good once')

        const stranger = oauth.getDPoPHandle(
          api.taken.configuration,
          await oauth.randomDPoPKeyPair('ES256'),
        )
        const elsewhere = new URL('/elsewhere', api.address)
        const another = (await boundToken(api)).token
        const { access_token: plain } = await tokensOf(api.taken, client)
        const refused = {
          'without a proof': { authorization: `DPoP ${token}` },
          'by another key': await proven(api.address, token, stranger),
          'for another address': await proven(elsewhere, token, DPoP),
          'by another method': await proven(api.address, token, DPoP, 'PUT'),
          'for another token': {
            ...(await proven(api.address, another, DPoP)),
            authorization: `DPoP ${token}`,
          },
          'as one that is bound to nothing': { authorization: `Bearer ${token}` },
          'a plain token with a proof': await proven(api.address, plain, DPoP),
        }
        for (const [what, sent] of Object.entries(refused)) {
          const scheme = sent.authorization.startsWith('DPoP') ? 'DPoP' : 'Bearer'
          assert.deepEqual(await call(api, sent), invalid(scheme), what)
        }
      })
    })

    test('knows why no order is taken, by hold and stop, as the guide looks', async () => {
      const { findBar } = await folder.load<{
        findBar(by: oauth.Configuration, token: string, kind: 'withdrawal' | 'trade'): Promise<Bar>
      }>('bar.ts')
      const { taken } = apis.get('docs/integrate.md') as Api
      const { access_token: token } = await tokensOf(taken, client)
      const change = async (columns: { hold_until: null } | { stop_level: LiftableLevel }) =>
        world.deps.db.updateTable('accounts').set(columns).execute()
      const both = () =>
        Promise.all(
          (['withdrawal', 'trade'] as const).map((kind) =>
            findBar(taken.configuration, token, kind),
          ),
        )
      const [bar, trade] = await both()
      assert.ok(bar && bar !== 'stopped')
      assert.equal(bar.reason, 'first_passkey')
      const hours = (Number(bar.held) - Date.now()) / 3_600_000
      assert.ok(hours > 23.9 && hours <= 24, `held for ${hours} hours`)
      assert.equal(trade, null)
      await change({ hold_until: null })
      assert.deepEqual(await both(), [null, null])
      await change({ stop_level: 'withdrawal' })
      assert.deepEqual(await both(), ['stopped', null])
      await change({ stop_level: 'trading' })
      assert.deepEqual(await both(), ['stopped', 'stopped'])
    })
  })
}
