// Short ways for the tests of OpenID Connect: a session made directly, requests and tokens by hand.
import { createPublicKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import * as oauth from 'openid-client'
import { findAccount } from '../../../src/domain/accounts/find.ts'
import { transact } from '../../../src/domain/act.ts'
import { fromNowhere } from '../../../src/domain/actor.ts'
import type { Factor } from '../../../src/domain/factors/factors.ts'
import { UnitOfWork } from '../../../src/domain/openid/unit-of-work.ts'
import { beginSession } from '../../../src/domain/sessions/begin.ts'
import { startNode } from '../../../src/node/node.ts'
import { keepOpenIdChanges } from '../../../src/operations/openid/keep-changes.ts'
import { readMailConfig } from '../../../src/settings/config.ts'
import type { Visit } from '../../../src/surfaces/frame/visit.ts'
import { runRequest } from '../../../src/surfaces/oidc/seams/own-request.ts'
import type { HttpClient } from './http-client.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  type RelyingParty,
  type Request,
} from './relying-party.ts'
import { expectStatus, type TestAccount, type World } from './world.ts'

/** A browser with a session, as the end of a sign-in makes it, where the sign-in is not the test's. */
export async function signedIn(
  world: World,
  { account, factor = 'email' }: { account?: TestAccount; factor?: Factor } = {},
): Promise<{ account: TestAccount; accountId: string; client: HttpClient }> {
  const holder = account ?? (await world.addAccount())
  const found = await findAccount(world.deps, holder.loginId)
  if (!found) throw new Error(`there is no ${holder.loginId}`)
  const client = world.client()
  const token = await transact(world.deps, fromNowhere('holder'), (act) =>
    beginSession(act, { accountId: found.id, factor, replaces: undefined }),
  )
  client.setCookie('sekisho_session', token)
  return { account: holder, accountId: found.id, client }
}

/** One more node of the same installation, behind the same origin. */
export async function startSecondNode(world: World): Promise<void> {
  const { config, log, now } = world.deps
  const mail = readMailConfig({
    SEKISHO_SMTP_URL: world.mail.url,
    SEKISHO_MAIL_FROM: 'Sekisho <no-reply@example.jp>',
  })
  const onAnyPort = { ...config, port: 0 }
  world.nodes.push(await startNode({ config: onAnyPort, mail, use: 'serve', log, now }))
}

/** Work of the library's adapters as a request of its own, outside of any browser. */
export async function inOneRequest<T>({ deps }: World, work: () => Promise<T>): Promise<T> {
  const unit = new UnitOfWork(deps)
  const nobody = { session: null, browser: null, tokenCaller: null } as const
  return runRequest({ visit: {} as Visit, ...nobody, unit }, async () => {
    const result = await work()
    await keepOpenIdChanges(deps, fromNowhere('application'), unit)
    return result
  })
}

/** From a live session to tokens; a question on the way is answered by a press. */
export async function tokensOf(
  desk: RelyingParty,
  client: HttpClient,
  parameters: Record<string, string> = {},
  options?: oauth.DPoPOptions,
) {
  const request = await authorizationRequest(desk, parameters)
  return redeem(desk, await arrive(client, request.address), request, options)
}

/** The page of a question: what it asks, or null for another page. */
export async function questionAt(client: HttpClient, page: URL) {
  const { text } = await client.get(page.pathname)
  const [, question] = /data-question="([\w-]+)"/.exec(text) ?? []
  const [, session] = /data-session="([\w-]+)"/.exec(text) ?? []
  return question === undefined || session === undefined ? null : { question, session, text }
}

/** Presses the button of a question's page, as its script does; where that leads. */
export async function press(client: HttpClient, page: URL): Promise<URL> {
  return follow(client, await pressed(client, page))
}

/** The same without going there. */
export async function pressed(client: HttpClient, page: URL): Promise<string> {
  const asked = await questionAt(client, page)
  if (!asked) throw new Error(`nothing is asked at ${page.href}`)
  const { question, session } = asked
  const answer = await client.post<{ continueTo: string }>(page.pathname, { question, session })
  return expectStatus(answer, 200).continueTo
}

/** Follows an authorization request, and presses what is asked on its way. */
export async function arrive(client: HttpClient, address: string): Promise<URL> {
  const at = await follow(client, address)
  return (await isQuestion(client, at)) ? press(client, at) : at
}

async function isQuestion(client: HttpClient, at: URL): Promise<boolean> {
  return at.pathname.startsWith('/oauth2/interaction/') && (await questionAt(client, at)) !== null
}

/** What came back with an authorization answer, `iss` checked, whether code or error. */
export function answerOf(
  world: World,
  arrived: URL,
): { code: string | null; error: string | null } {
  if (arrived.searchParams.get('iss') !== world.origin) {
    throw new Error(`no answer of this issuer at ${arrived.href}`)
  }
  return { code: arrived.searchParams.get('code'), error: arrived.searchParams.get('error') }
}

export async function isActive(desk: RelyingParty, token: string): Promise<boolean> {
  return (await oauth.tokenIntrospection(desk.configuration, token)).active
}

/** A form sent to one of the provider's addresses, as a server does: no cookie, no origin. */
export async function postForm(
  world: World,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
  node = 0,
) {
  return world.client({ node }).raw<Record<string, unknown>>({
    method: 'POST',
    path,
    headers: {
      origin: undefined,
      'sec-fetch-site': undefined,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(form).toString(),
  })
}

/** The part of a callback's URL and its request that the token endpoint wants, by hand. */
export function codeForm(arrived: URL, { checks }: Request): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code: arrived.searchParams.get('code') ?? '',
    redirect_uri: arrived.origin + arrived.pathname,
    code_verifier: checks.pkceCodeVerifier,
  }
}

export interface Listener {
  readonly address: string
  /** Every logout token that came, in order. */
  readonly heard: string[]
  /** The headers that each of them came with. */
  readonly headers: IncomingHttpHeaders[]
  /** What it answers from now on: null never answers. */
  status: number | null
  /** How long it takes to answer, in milliseconds. */
  delay: number
  /** Where it leads instead, with a status for that. */
  location: string | null
  stop(): Promise<void>
}

/** An application's address for back-channel logout: a real little server. */
export async function startListener(): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    void readText(incoming).then((body) => {
      listener.headers.push(incoming.headers)
      listener.heard.push(new URLSearchParams(body).get('logout_token') ?? '')
      const { status, location, delay } = listener
      if (status === null) return
      const answer = () =>
        void outgoing.writeHead(status, location === null ? {} : { location }).end()
      if (delay === 0) answer()
      else setTimeout(answer, delay)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const listener: Listener = {
    address: `http://127.0.0.1:${port}/backchannel`,
    heard: [],
    headers: [],
    status: 200,
    delay: 0,
    location: null,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return listener
}

/** Resolves when `look` gives something; for what another node or the outbox does by itself. */
export async function until<T>(look: () => Promise<T | null | undefined> | T | null | undefined) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not come about within 15 seconds')
}

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** A JWT whose signature one of the provider's published keys has made; throws for any other. */
export async function verifiedJwt(world: World, token: string): Promise<Jwt> {
  const { keys } = (
    await world.client().get<{ keys: (JsonWebKey & { kid: string })[] }>('/oauth2/jwks')
  ).body
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Jwt['header']
  const key = keys.find(({ kid }) => kid === header['kid'])
  if (!key) throw new Error(`no published key ${String(header['kid'])}`)
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!good) throw new Error('the signature is wrong')
  return { header, claims: JSON.parse(Buffer.from(body, 'base64url').toString()) as Jwt['claims'] }
}
