// What keeps a node or a command from its work is said in one line that names the setting.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Environment } from '../../src/settings/environment.ts'
import {
  alterDatabase,
  databaseWithoutRights,
  fromTheFuture,
  tlsOnly,
  unprivileged,
} from '../support/world/faulty-databases.ts'
import { databases } from '../support/world/postgres.ts'
import { freePort, startProcess } from '../support/world/processes.ts'
import { runHere } from '../support/world/terminal.ts'

/** Milliseconds that a second host may add. How long a process takes to start says nothing. */
const mostPerHost = 5000

describe('what cannot work is said in one line that names the setting', { concurrency: 2 }, () => {
  let folder = ''
  let postgres: { address: string; drop: () => Promise<void> }
  const ends: (() => unknown)[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sekisho-start-'))
    postgres = await databases[1]!.create()
  })
  after(async () => {
    for (const end of ends) await end()
    await postgres.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const own = () => ({
    SEKISHO_SECRET: 'a secret that is long enough, it is',
    SEKISHO_SMTP_URL: 'smtp://127.0.0.1:9',
    SEKISHO_MAIL_FROM: 'no-reply@example.jp',
    SEKISHO_PORT: '0',
  })
  const url = (change: Partial<Pick<URL, 'password' | 'pathname' | 'host' | 'search'>>) =>
    Object.assign(new URL(postgres.address), change).href
  /** The same address with two hosts. */
  const twice = (address: string) => address.replace(/@([^/]+)/, '@$1,$1')
  const oneHost = (address: string) => address.replace(/@([^,/]+),[^/]+/, '@$1')
  const inFolder = (name: string) => join(folder, name)
  const wrongPassword = () => url({ password: 'Wrong-Word' })
  const refused = async () => url({ host: `127.0.0.1:${await freePort()}` })

  /** What is wrong, the setting, a part of what is said of it, the settings of it, and who cannot do with it. */
  const faults: readonly (readonly [
    what: string,
    setting: string,
    says: RegExp,
    environment: () => Environment | Promise<Environment>,
    whom?: 'serve',
  ])[] = [
    ['a wrong password', 'DATABASE', /user, its password.*28P01/, database(wrongPassword)],
    [
      'a wrong password at two hosts',
      'DATABASE',
      /user, its password/,
      database(() => twice(wrongPassword())),
    ],
    [
      'a missing database',
      'DATABASE',
      /no database of this name.*3D000/,
      database(() => url({ pathname: '/nothing' })),
    ],
    ['a refused connection', 'DATABASE', /nothing listens/, database(refused)],
    [
      'refused connections of two hosts',
      'DATABASE',
      /nothing listens/,
      database(async () => twice(await refused())),
    ],
    [
      'a host that cannot be resolved',
      'DATABASE',
      /cannot be resolved|not answer/,
      async () => ({
        SEKISHO_DATABASE: url({ host: 'db.invalid' }),
        SEKISHO_UNENCRYPTED: 'database',
      }),
    ],
    [
      'a database without TLS',
      'DATABASE',
      /speaks no TLS/,
      database(() => url({ search: '?sslmode=verify-full' })),
    ],
    [
      'a certificate that is not trusted',
      'DATABASE',
      /certificate is not trusted/,
      database(async () => {
        const server = await tlsOnly()
        ends.push(server.stop)
        return url({ host: server.host, search: '?sslmode=require' })
      }),
    ],
    [
      'a certificate file that is missing',
      'DATABASE',
      /missing.*ENOENT/,
      database(() => url({ search: '?sslmode=verify-full&sslrootcert=nothing.pem' })),
    ],
    [
      'an sslmode that is none',
      'DATABASE',
      /must be postgres:/,
      database(() => url({ search: '?sslmode=bogus' })),
    ],
    [
      'a user without rights',
      'DATABASE',
      /lacks a right.*42501/,
      database(async () => {
        const weak = await databaseWithoutRights()
        ends.push(weak.drop)
        return weak.address
      }),
    ],
    ...databases.map(
      (kind) =>
        [
          `a ${kind.name} database of a later version`,
          'DATABASE',
          /newer than this version.*9999-later/,
          database(async () => {
            const made = await kind.create()
            ends.push(() => made.drop())
            await runHere(['migrate'], { ...own(), SEKISHO_DATABASE: made.address })
            await alterDatabase(made.address, fromTheFuture)
            return made.address
          }),
        ] as const,
    ),
    [
      'a path where nothing may be written',
      'DATABASE',
      /another system user.*E(ACCES|PERM|ROFS)/,
      database(() => '/sekisho-trial/a.sqlite'),
    ],
    [
      "another system user's file",
      'DATABASE',
      /another system user.*E(ACCES|PERM)/,
      database(() => '/etc/passwd'),
    ],
    [
      'a folder in place of the file',
      'DATABASE',
      /is a folder.*EISDIR/,
      database(async () => {
        await mkdir(inFolder('folder.sqlite'))
        return inFolder('folder.sqlite')
      }),
    ],
    [
      'a file that is no database',
      'DATABASE',
      /no SQLite database/,
      database(async () => {
        await writeFile(inFolder('text.sqlite'), 'no database at all\n'.repeat(100))
        return inFolder('text.sqlite')
      }),
    ],
    [
      'a secret file that cannot be read',
      'SECRET',
      /SEKISHO_SECRET_FILE cannot be read/,
      () => ({ SEKISHO_SECRET: '', SEKISHO_SECRET_FILE: inFolder('nothing') }),
    ],
    [
      'a port in use',
      'PORT',
      /another process listens.*EADDRINUSE/,
      async () => {
        const taken = createServer().listen(0, '127.0.0.1')
        await once(taken, 'listening')
        ends.push(() => taken.close())
        return { SEKISHO_PORT: String((taken.address() as AddressInfo).port) }
      },
      'serve',
    ],
    [
      'a port for root',
      'PORT',
      /from 1024 on.*EACCES/,
      database(() => postgres.address, { SEKISHO_PORT: '1' }),
      'serve',
    ],
    [
      "a host that is another machine's",
      'HOST',
      /no address of this machine/,
      () => ({ SEKISHO_HOST: '192.0.2.1' }),
      'serve',
    ],
    [
      'a setting that is invalid',
      'ORIGIN',
      /must be https/,
      () => ({ SEKISHO_ORIGIN: 'http://login.example.jp' }),
    ],
  ]

  function database(make: () => string | Promise<string>, more: Environment = {}) {
    return async () => ({ SEKISHO_DATABASE: await make(), ...more })
  }

  for (const [what, name, says, environment, whom] of faults) {
    test(`${what}, SEKISHO_${name}`, async () => {
      const setting = `SEKISHO_${name}`
      const place = await mkdtemp(join(folder, 'place-'))
      const env: Environment = { ...own(), ...(await environment()) }
      // Root may write everywhere, and listen at each port.
      const user = /EACCES|E\(ACCES/.test(says.source) ? unprivileged : {}
      const run = async (words: readonly string[], settings: Environment = env) => {
        const began = performance.now()
        const child = startProcess(words, settings, place, 'pipe', user)
        const { status } = await child.ended
        assert.equal(status, 1, child.said())
        assert.doesNotMatch(child.said(), /Wrong-Word|long enough/)
        const lines = child.said().trim().split('\n')
        assert.equal(lines.length, 1, child.said())
        return { said: lines[0] ?? '', took: performance.now() - began }
      }
      const address = env['SEKISHO_DATABASE'] ?? ''
      const alone = oneHost(address)
      const [{ said, took }, other] = await Promise.all([
        run(['serve']),
        ...(alone === address ? [] : [run(['serve'], { ...env, SEKISHO_DATABASE: alone })]),
      ])
      const more = took - (other ?? { took }).took
      assert.ok(more < mostPerHost, `the second host takes ${more} ms`)
      const line = JSON.parse(said) as Record<string, unknown>
      assert.deepEqual([line['level'], line['setting']], [60, setting])
      assert.match(String(line['msg']), new RegExp(`^${setting}: `))
      assert.match(String(line['msg']), says)
      if (whom === 'serve') return
      const command = await run(['accounts', 'show', '--login-id', 'somebody'])
      assert.match(command.said, new RegExp(`^${setting}: `))
      assert.match(command.said, says)
    })
  }
})
