// A request of OpenID Connect commits once at most, and what could not be kept is not answered.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as oauth from 'openid-client'
import { onEachDatabase } from '../support/world/frames.ts'
import { beforeTransactions, isOfRequest } from '../support/world/meanwhile.ts'
import { codeForm, isActive, postForm, pressed, signedIn } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  redeem,
  register,
  type RelyingParty,
} from '../support/world/relying-party.ts'
import { expectStatus } from '../support/world/world.ts'

const gone = Object.assign(new Error('the server is shutting down'), { code: '57P01' })

onEachDatabase('What OpenID requests keep', { reachable: true }, (world) => {
  let desk: RelyingParty
  before(async () => {
    desk = await register(world)
  })

  const basic = () => ({ authorization: `Basic ${btoa(`${desk.clientId}:${desk.secret}`)}` })

  /** How often some work commits: its transactions, and the writes outside of them. */
  const commitsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const { db } = world.deps
    let commits = 0
    const stop = beforeTransactions(db, async () => void (commits += 1))
    const executor = db.getExecutor()
    const execute = executor.executeQuery.bind(executor)
    executor.executeQuery = (query, ...rest) => {
      if (isOfRequest() && /^\s*(?:insert|update|delete)/i.test(query.sql)) commits += 1
      return execute(query, ...rest)
    }
    try {
      await work()
    } finally {
      stop()
      Reflect.deleteProperty(executor, 'executeQuery')
    }
    return commits
  }

  test('each of its requests commits once at most, and one that changes nothing never', async () => {
    const third = await register(world, 'web', { thirdParty: true })
    const seen: [string, number][] = []
    const count = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const results: T[] = []
      seen.push([name, await commitsOf(async () => results.push(await work()))])
      return results[0] as T
    }
    const signIn = await signedIn(world)
    const { client } = signIn
    const session = client.cookies.get('sekisho_session')
    const leadsTo = async (name: string, address: string) => {
      const { headers } = await count(name, () => client.get(address))
      return new URL(headers.location ?? '', world.origin)
    }
    const pathOf = ({ pathname, search }: URL) => pathname + search

    client.setCookie('sekisho_session', undefined)
    const request = await authorizationRequest(desk, { scope: 'openid offline_access' })
    const page = await leadsTo('authorize, not signed in', request.address)
    await leadsTo('interaction, not signed in', page.pathname)
    client.setCookie('sekisho_session', session)
    const resume = await leadsTo('interaction', page.pathname)
    const arrived = await leadsTo('resume', resume.pathname)
    const { configuration } = desk
    const tokens = await count('token', () => redeem(desk, arrived, request))
    const { access_token: token, refresh_token: refresh = '' } = tokens
    const renewed = await count('refresh', () => oauth.refreshTokenGrant(configuration, refresh))
    await count('introspect', () => oauth.tokenIntrospection(configuration, token))
    await count('userinfo', () =>
      oauth.fetchUserInfo(configuration, token, tokens.claims()?.sub ?? ''),
    )
    await count('revoke', () => oauth.tokenRevocation(configuration, renewed.access_token))
    const next = await authorizationRequest(desk)
    const code = await leadsTo('authorize', next.address)
    await count('token, again', () => redeem(desk, code, next))
    await leadsTo(
      'authorize, refused',
      (await authorizationRequest(desk, { prompt: 'none', acr_values: 'phr' })).address,
    )
    await count('replay', () => postForm(world, '/oauth2/token', codeForm(code, next), basic()))
    const form = {
      ...Object.fromEntries(new URL(request.address, world.origin).searchParams),
      client_id: desk.clientId,
    }
    expectStatus(await count('par', () => postForm(world, '/oauth2/par', form, basic())), 201)
    const asking = await leadsTo(
      'authorize, third party',
      (await authorizationRequest(third)).address,
    )
    const goOn = await count('press', () => pressed(client, asking))
    await leadsTo('resume, third party', pathOf(new URL(goOn)))
    const { text } = await count('logout', () => client.get('/oauth2/logout'))
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ xsrf, logout: 'yes' }).toString()
    await count('logout, confirmed', () =>
      client.raw({ method: 'POST', path: '/oauth2/logout/confirm', headers, body }),
    )
    await count('keys', () => client.get('/oauth2/jwks'))
    assert.deepEqual(
      seen.filter(([, commits]) => commits !== 1).map(([name, commits]) => `${name}: ${commits}`),
      [
        'interaction, not signed in: 0',
        'introspect: 0',
        'userinfo: 0',
        'authorize, refused: 0',
        'keys: 0',
      ],
    )
  })

  for (const [whose, cause, status, error] of [
    ['as the database is away', gone, 503, 'temporarily_unavailable'],
    ['by a fault of ours', new Error('a fault of ours'), 500, 'server_error'],
  ] as const) {
    test(`what cannot be kept ${whose} is ${status}, leads nowhere, and leaves nothing in the browser`, async () => {
      const { client } = await signedIn(world)
      const fail = () => beforeTransactions(world.deps.db, () => Promise.reject(cause))
      const request = await authorizationRequest(desk)
      const stop = fail()
      const answer = await client.get(request.address)
      stop()
      assert.equal(answer.status, status)
      assert.equal(answer.headers['retry-after'], status === 503 ? '5' : undefined)
      assert.equal(answer.headers.location, undefined)
      assert.equal(answer.headers['set-cookie'], undefined)

      const arrived = new URL((await client.get(request.address)).headers.location ?? '')
      const again = fail()
      const refused = await postForm(world, '/oauth2/token', codeForm(arrived, request), basic())
      again()
      assert.deepEqual([refused.status, refused.body['error']], [status, error])
      for (const { headers } of [answer, refused]) {
        assert.match(String(headers['x-request-id']), /^[\w-]{22}$/)
        assert.match(String(headers['cache-control']), /no-store/)
        assert.equal(headers['x-content-type-options'], 'nosniff')
      }
      const { access_token } = await redeem(desk, arrived, request)
      assert.ok(await isActive(desk, access_token), 'the code is as good as before')
    })
  }

  test('a request that fails on its way keeps nothing, and can be sent again', async () => {
    const { client } = await signedIn(world)
    const session = client.cookies.get('sekisho_session')
    client.setCookie('sekisho_session', undefined)
    const page = await follow(client, (await authorizationRequest(desk)).address)
    const interaction = page.searchParams.get('continueTo') ?? ''
    client.setCookie('sekisho_session', session)
    const resume = new URL((await client.get(interaction)).headers.location ?? '').pathname
    const executor = world.deps.db.getExecutor()
    const execute = executor.executeQuery.bind(executor)
    executor.executeQuery = (query, ...rest) =>
      query.sql.includes('from "clients"') ? Promise.reject(gone) : execute(query, ...rest)
    const answer = await client.get(resume)
    Reflect.deleteProperty(executor, 'executeQuery')
    assert.deepEqual([answer.status, answer.headers.location], [503, undefined])
    assert.match((await client.get(resume)).headers.location ?? '', /\?code=/)
  })
})
