// An administrator takes away what a node needs in PostgreSQL, by mistake or for a while, and gives it back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  alterDatabase,
  databaseWithoutRights,
  type OwnUser,
} from '../support/world/faulty-databases.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { Installation, type ServeProcess } from '../support/world/installation.ts'
import { endConnections } from '../support/world/own-postgres.ts'
import { expectStatus } from '../support/world/world.ts'
import { expectBusy, untilStatus } from './busy.ts'

describe('a node whose user loses something in PostgreSQL', { concurrency: 1 }, () => {
  let user: OwnUser
  let installation: Installation
  let served: ServeProcess
  let client: HttpClient
  before(async () => {
    user = await databaseWithoutRights()
    await alterDatabase(user.administrator, `grant all on schema public to ${user.name}`)
    installation = await Installation.create({ create: () => Promise.resolve(user) })
    served = await installation.serve()
    const [account] = await installation.addAccounts(1)
    assert.ok(account)
    client = await installation.signIn(account, installation.client(served))
  })
  after(() => installation.drop())

  const server = () => process.env['SEKISHO_TEST_POSTGRES'] ?? ''
  const database = () => new URL(user.address).pathname.slice(1)
  const outside = (statement: () => string) => async () => {
    await alterDatabase(server(), statement())
    await endConnections(user.administrator)
  }
  /** Nobody may be connected: the node tries again every second. */
  const rename = async (from: string, to: string) => {
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${from}'`
    await alterDatabase(server(), `${end}; alter database ${from} rename to ${to}`)
  }
  const inside = (statement: string) => () =>
    alterDatabase(user.administrator, `${statement} ${user.name}`)

  for (const [what, take, give] of [
    [
      'its password is changed',
      outside(() => `alter role ${user.name} password 'another'`),
      outside(() => `alter role ${user.name} password '${user.password}'`),
    ],
    [
      'it may not sign in',
      outside(() => `alter role ${user.name} nologin`),
      outside(() => `alter role ${user.name} login`),
    ],
    [
      'its rights are taken',
      inside('revoke all on all tables in schema public from'),
      inside('grant all on all tables in schema public to'),
    ],
    [
      'its database is renamed',
      () => rename(database(), `${database()}_away`),
      () => rename(`${database()}_away`, database()),
    ],
  ] as const) {
    test(`answers 503 busy while ${what}, and goes on by itself`, async () => {
      const isSignedIn = () => client.get<{ acr: string }>('/api/session')
      const wrong = { loginId: 'somebody', password: 'wrong password' }
      const tries = () => installation.client(served).post('/api/sign-in', wrong)
      expectStatus(await isSignedIn(), 200)
      await take()
      try {
        expectBusy(await isSignedIn())
        expectBusy(await tries())
        expectBusy(await client.get('/api/passkeys'))
      } finally {
        await give()
      }
      await untilStatus(200, isSignedIn)
      expectStatus(await tries(), 401)
      assert.ok(served.log.some((line) => line.includes('"code":"busy"')))
      assert.deepEqual(served.failures(), [])
    })
  }
})
