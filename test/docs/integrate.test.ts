// docs/integrate.md: what it says to type works, from the registration of a client to its sign-out.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { Hono } from 'hono'
import * as oauth from 'openid-client'
import { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { pressed } from '../support/world/openid.ts'
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'
import { commandsOf, listen, post, snippetsOf, writeSnippets } from './snippets.ts'
import type { PostedForm, SnippetFolder } from './snippets.ts'

interface Kept {
  readonly state: string
}
interface Begun {
  readonly address: URL
  readonly kept: Kept
}
type Tokens = oauth.TokenEndpointResponse & oauth.TokenEndpointResponseHelpers
type Configuration = oauth.Configuration

interface ConnectModule {
  connect(issuer: string, clientId: string, how: oauth.ClientAuth): Promise<Configuration>
}
interface SignInModule {
  begin(configuration: Configuration, redirectUri: string, wishes?: object): Promise<Begun>
  finish(configuration: Configuration, arrived: URL, kept: Kept): Promise<Tokens>
}

const root = join(import.meta.dirname, '..', '..')
const redirectUri = 'http://localhost:3300/callback'
const snippets = snippetsOf(await readFile(join(root, 'docs', 'integrate.md'), 'utf8'))
const sqlite = databases.filter(({ name }) => name === 'sqlite')

for (const database of sqlite) {
  describe('docs/integrate.md', { timeout: 120_000 }, () => {
    let world: World
    let folder: SnippetFolder
    let connecting: ConnectModule
    let signingIn: SignInModule
    before(async () => {
      ;[world, folder] = await Promise.all([
        World.start(database, { reachable: true }),
        writeSnippets(snippets),
      ])
      connecting = await folder.load('connect.ts')
      signingIn = await folder.load('sign-in.ts')
    })
    after(async () => {
      await world.stop()
      await folder.remove()
    })

    /** Types the command that has this in it, and reads what it prints. */
    async function addClient(mark: string, changes: Record<string, string> = {}) {
      const command = snippets
        .filter(({ language }) => language === 'sh')
        .flatMap(commandsOf)
        .find((words) => words.includes(mark))
      assert.ok(command, `no command with ${mark}`)
      const { status, output, errors } = await world.command(
        command.map((word) => changes[word] ?? word),
      )
      assert.equal(status, 0, errors)
      const [, id = ''] = /^client ID: (\S+)$/m.exec(output) ?? []
      const [, secret = ''] = /^client secret .*: (\S+)$/m.exec(output) ?? []
      return { id, secret }
    }

    async function webClient(): Promise<Configuration> {
      const { id, secret } = await addClient('web')
      return connecting.connect(world.origin, id, oauth.ClientSecretBasic(secret))
    }

    /** Follows redirects within Sekisho with a live session, to where they lead out. */
    async function follow(client: HttpClient, address: URL): Promise<URL> {
      let at = address
      for (let hop = 0; hop < 10; hop += 1) {
        const { headers } = await client.get(at.pathname + at.search)
        if (!headers.location) return at
        at = new URL(headers.location, at)
        if (at.origin !== world.origin) return at
      }
      throw new Error(`redirects without end at ${at.href}`)
    }

    async function signedIn(configuration: Configuration, client: HttpClient, wishes = {}) {
      const { address, kept } = await signingIn.begin(configuration, redirectUri, wishes)
      return signingIn.finish(configuration, await follow(client, address), kept)
    }

    test('every TypeScript block is a module without a fault of types', async () => {
      assert.deepEqual(folder.names.length, new Set(folder.names).size)
      const { stdout } = await promisify(execFile)(
        join(root, 'node_modules', '.bin', 'tsc'),
        ['-p', folder.path],
        { encoding: 'utf8' },
      ).catch((error: { stdout: string }) => error)
      assert.equal(stdout, '')
    })

    test('the working client', async () => {
      const { createApp } = await folder.load<{
        createApp(configuration: Configuration, origin: string): Hono
      }>('app.ts')
      const origin = 'http://localhost:3300'
      const app = createApp(await webClient(), origin)
      const jar = new Map<string, string>()
      const visit = async (path: string) => {
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await app.request(new URL(path, origin), { headers: { cookie } })
        for (const line of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          jar.set(name, value)
        }
        return answer
      }
      const locationOf = (answer: Response) => answer.headers.get('location') ?? ''
      assert.equal(locationOf(await visit('/')), '/login')
      const toSekisho = new URL(locationOf(await visit('/login')))
      const arrived = await follow(await world.signIn(await world.addAccount()), toSekisho)
      assert.equal(arrived.origin, origin)
      assert.equal(locationOf(await visit(arrived.pathname + arrived.search)), '/')
      assert.equal(await (await visit('/')).text(), '田中 花子, urn:sekisho:acr:email-code')
      assert.equal(locationOf(await visit(arrived.pathname + arrived.search)), '/login')
    })

    test('the step-up, by the challenge of an API, and the hold', async () => {
      const strength = await folder.load<{
        findLack(
          configuration: Configuration,
          call: object,
          needed: { clients: readonly string[]; acr: string; maxAge: number },
        ): Promise<string | null>
        readLack(error: unknown): { acr_values: string; max_age: number } | null
      }>('strength.ts')
      const configuration = await webClient()
      const byMail = await signedIn(configuration, await world.signIn(await world.addAccount()))
      const clients = [configuration.clientMetadata().client_id]
      const needed = { clients, acr: 'phr', maxAge: 300 }
      const findLack = (token: string) => {
        const url = new URL('https://api.example.jp/withdrawals')
        const call = { method: 'POST', url, authorization: `Bearer ${token}`, dpop: undefined }
        return strength.findLack(configuration, call, needed)
      }
      const lack = await findLack(byMail.access_token)
      assert.match(lack ?? '', /^Bearer error="insufficient_user_authentication"/)
      assert.match((await findLack('none')) ?? '', /"invalid_token"/)
      const api = await listen((_request, response) =>
        response.writeHead(401, { 'WWW-Authenticate': lack ?? '' }).end(),
      )
      const call = oauth.fetchProtectedResource(
        configuration,
        byMail.access_token,
        api.address,
        'POST',
      )
      const error = await call.then(() => null).catch((reason: unknown) => reason)
      await api.close()
      const asked = strength.readLack(error)
      assert.deepEqual(asked, { acr_values: 'phr', max_age: 300 })
      assert.equal(strength.readLack(new Error('another')), null)

      const { client } = await accountWithPasskey(world)
      const byPasskey = await signedIn(configuration, client, asked ?? {})
      assert.equal(byPasskey.claims()?.['acr'], 'phr')
      assert.equal(await findLack(byPasskey.access_token), null)
    })

    test('refreshing, signing out, and hearing of it', async () => {
      const { refresh } = await folder.load<{
        refresh(configuration: Configuration, token: string): Promise<Tokens | null>
      }>('refresh.ts')
      const { signOutForm } = await folder.load<{
        signOutForm(how: Configuration, idToken: string, returnTo: string): PostedForm
      }>('sign-out.ts')
      const { securitySettings } = await folder.load<{
        securitySettings(issuer: string, clientId: string): URL
      }>('security-settings.ts')
      const { logoutTokens } = await folder.load<{
        logoutTokens(configuration: Configuration): (token: string) => Promise<string>
      }>('logout-token.ts')
      const heard = Promise.withResolvers<string>()
      const listener = await listen((request, response) => {
        let body = ''
        request.on('data', (chunk: Buffer) => (body += chunk.toString()))
        request.on('end', () => {
          heard.resolve(new URLSearchParams(body).get('logout_token') ?? '')
          response.end()
        })
      })
      const { id, secret } = await addClient('web', {
        'http://localhost:3300/backchannel-logout': listener.address.href,
      })
      const how = oauth.ClientSecretBasic(secret)
      const configuration = await connecting.connect(world.origin, id, how)
      const client = await world.signIn(await world.addAccount())
      const tokens = await signedIn(configuration, client)
      const next = await refresh(configuration, tokens.refresh_token ?? '')
      assert.equal(next?.claims()?.sub, tokens.claims()?.sub)

      const { pathname, search } = securitySettings(world.origin, id)
      const portal = await client.get(pathname + search)
      assert.match(portal.text, /class="back"><a href="http:\/\/localhost:3300\/"/)
      const returnTo = 'http://localhost:3300/signed-out'
      const form = signOutForm(configuration, tokens.id_token ?? '', returnTo)
      const page = await post(client, new URL(form.action).pathname, form.fields)
      assert.ok(page.text.includes('name="logout" value="yes"'), 'nobody is asked')
      const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? []
      const confirmed = await post(client, '/oauth2/logout/confirm', { xsrf, logout: 'yes' })
      assert.ok(confirmed.text.includes(`href="${returnTo}"`), 'a page of ours leads back')
      const read = logoutTokens(configuration)
      assert.equal(await read(await heard.promise), tokens.claims()?.['sid'])
      await assert.rejects(read(tokens.id_token ?? ''))
      await listener.close()
      assert.equal(await refresh(configuration, next?.refresh_token ?? ''), null)
    })

    test('a program on a PC', async () => {
      const { signIn } = await folder.load<{
        signIn(
          configuration: Configuration,
          openBrowser: (address: URL) => Promise<void>,
        ): Promise<{ tokens: Tokens; DPoP: oauth.DPoPHandle }>
      }>('pc-program.ts')
      const { id } = await addClient('http://127.0.0.1/callback')
      const configuration = await connecting.connect(world.origin, id, oauth.None())
      const client = await world.signIn(await world.addAccount())
      const { tokens, DPoP } = await signIn(configuration, async (address) => {
        const continueTo = await pressed(client, await follow(client, address))
        void fetch(await follow(client, new URL(continueTo)))
      })
      assert.equal(tokens.token_type, 'dpop')
      const sub = tokens.claims()?.sub ?? ''
      const info = await oauth.fetchUserInfo(configuration, tokens.access_token, sub, { DPoP })
      assert.equal(info.name, '田中 花子')
    })

    test('a phone app: its client, and the files of its site', async () => {
      assert.notEqual((await addClient('https://app.example.jp/callback')).id, '')
      const files = snippets.filter(({ language }) => language === 'json')
      const [apple, android] = files.map(({ text }) => JSON.parse(text) as unknown)
      assert.equal(files.length, 2)
      assert.ok(apple && typeof apple === 'object' && 'applinks' in apple)
      assert.ok(Array.isArray(android))
    })

    test('a FAPI client', async () => {
      const { makeKeys } = await folder.load<{
        makeKeys(kid: string): Promise<{ jwks: object; privateKey: object }>
      }>('make-keys.ts')
      const fapi = await folder.load<{
        privateKeyJwt(key: object): Promise<oauth.ClientAuth>
        beginPushed(c: Configuration, redirectUri: string, DPoP: oauth.DPoPHandle): Promise<Begun>
        finishPushed(
          configuration: Configuration,
          arrived: URL,
          kept: Kept,
          DPoP: oauth.DPoPHandle,
        ): Promise<Tokens>
      }>('fapi.ts')
      const { jwks, privateKey } = await makeKeys('2026')
      const file = join(folder.path, 'jwks.json')
      await writeFile(file, JSON.stringify(jwks))
      const { id } = await addClient('fapi', { 'jwks.json': file })
      const how = await fapi.privateKeyJwt(privateKey)
      const configuration = await connecting.connect(world.origin, id, how)
      const keys = await oauth.randomDPoPKeyPair('ES256')
      const DPoP = oauth.getDPoPHandle(configuration, keys)
      const target = 'https://aggregator.example.jp/callback'
      const { address, kept } = await fapi.beginPushed(configuration, target, DPoP)
      assert.deepEqual([...address.searchParams.keys()].sort(), ['client_id', 'request_uri'])
      const client = await world.signIn(await world.addAccount())
      const tokens = await fapi.finishPushed(
        configuration,
        await follow(client, address),
        kept,
        DPoP,
      )
      assert.equal(tokens.token_type, 'dpop')
      assert.equal(tokens.claims()?.['acr'], 'urn:sekisho:acr:email-code')
    })
  })
}
