// A whole sign-in to an application: authorize, password, passkey, code, tokens.
import * as oauth from 'openid-client'
import { askPasskey, givePassword } from '../../test/support/world/journeys.ts'
import {
  authorizationRequest,
  callback,
  follow,
  redeem,
  type RelyingParty,
} from '../../test/support/world/relying-party.ts'
import { expectStatus } from '../../test/support/world/world.ts'
import type { Subject } from '../bench.ts'
import type { Installation } from '../installation.ts'
import { KeptConnections, load, type LoadOptions, type Sample, type Thing } from '../load.ts'

const applications = new WeakMap<Installation, Promise<RelyingParty>>()

export async function openidRound(subject: Subject, options: LoadOptions): Promise<Sample> {
  const { installation } = subject
  const application = applications.get(installation) ?? register(installation)
  applications.set(installation, application)
  return load(installation, options, flow(subject, await application))
}

function flow({ installation, customers }: Subject, application: RelyingParty): Thing {
  return async (agent) => {
    using free = customers.take()
    if (!free) return false
    const { account, passkeyId, authenticator } = free.customer
    const browser = installation.browser(agent)
    const request = await authorizationRequest(application)
    const page = await follow(browser, request.address)
    const continueTo = page.searchParams.get('continueTo')
    if (continueTo === null) throw new Error(`no sign-in is asked for at ${page.href}`)
    expectStatus(await givePassword(browser, account, continueTo), 200)
    const answer = await authenticator.get(await askPasskey(browser, passkeyId))
    expectStatus(await browser.post('/api/sign-in/passkey', answer), 200)
    await redeem(application, await follow(browser, continueTo), request)
    return true
  }
}

/** Adds a client by command, and knows the provider by its discovery. */
async function register(installation: Installation): Promise<RelyingParty> {
  const words = ['clients', 'add', '--name', 'NEOTRADER', '--kind', 'web']
  const said = installation.command([...words, '--redirect-uri', callback])
  const clientId = /client ID: (\S+)/.exec(said)?.[1] ?? ''
  const secret = /client secret .*: (\S+)/.exec(said)?.[1] ?? ''
  using agent = new KeptConnections()
  const path = '/.well-known/openid-configuration'
  const server = expectStatus(
    await installation.browser(agent).get<oauth.ServerMetadata>(path),
    200,
  )
  const authentication = oauth.ClientSecretBasic(secret)
  const configuration = new oauth.Configuration(server, clientId, secret, authentication)
  oauth.allowInsecureRequests(configuration)
  configuration[oauth.customFetch] = reach(installation)
  return { clientId, secret, configuration }
}

/** The application's server reaches the installation at its origin, on connections that it keeps. */
function reach(installation: Installation): oauth.CustomFetch {
  const agent = new KeptConnections()
  return async (address, { method, headers, body }) => {
    const { pathname, search } = new URL(address)
    const answer = await installation.browser(agent).raw({
      ...{ method, path: pathname + search },
      headers: { ...headers, origin: undefined, 'sec-fetch-site': undefined },
      ...(body !== null && body !== undefined && { body: String(body) }),
    })
    const kept = { 'content-type': answer.headers['content-type'] ?? '' }
    return new Response(answer.text, { status: answer.status, headers: kept })
  }
}
