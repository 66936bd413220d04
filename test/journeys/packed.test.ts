// What is packed and what is not: the length of a packed answer tells of its content (docs/decisions/0021).
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createApp } from '../../src/surfaces/customer/app.ts'
import { loadManual } from '../../src/surfaces/customer/manual/built.ts'
import type { Oidc } from '../../src/surfaces/oidc/start.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'

const [sqlite] = databases
const codings = ['br', 'gzip'] as const

describe('a packed answer', () => {
  let world: World
  let signedIn: HttpClient
  before(async () => {
    assert.ok(sqlite)
    world = await World.start(sqlite, { reachable: true })
    signedIn = await world.signIn(await world.addAccount())
  })
  after(() => world.stop())

  /** Every address that is routed. */
  function addresses(): string[] {
    const { routes } = createApp(world.deps, {} as Oidc, loadManual('none'))
    const named = routes.map(({ path }) => path).filter((path) => !path.includes('*'))
    return [...new Set(named)].map((path) => path.replace(/:\w+/g, 'x'))
  }

  test('holds no secret: it is the same for everybody, and there are no others than these', async () => {
    const packed: string[] = []
    for (const path of addresses()) {
      for (const coding of codings) {
        const request = { method: 'GET', path, headers: { 'accept-encoding': coding } }
        const mine = await signedIn.raw(request)
        if (mine.headers['content-encoding'] === undefined) continue
        const theirs = await world.client().raw(request)
        assert.equal(mine.text, theirs.text, path)
        assert.equal(mine.headers['content-encoding'], coding, path)
        assert.equal(mine.headers.vary, 'Accept-Encoding', path)
        assert.equal(mine.headers['set-cookie'], undefined, path)
        packed.push(path)
      }
    }
    const pages = new Set(packed.filter((path) => !path.startsWith('/assets/')))
    const allowed = [
      '/help',
      '/help/card',
      '/help/devices',
      '/help/lost',
      '/integrate.md',
      '/manual',
    ]
    assert.deepEqual([...pages].sort(), allowed)
    assert.ok(packed.length > 2 * pages.size, 'files are packed too')
  })

  test('unpacks to what is sent unpacked, and is shorter', async () => {
    const style = addresses().find((path) => /^\/assets\/style-.*\.css$/.test(path))
    for (const path of [style, '/help', '/manual']) {
      const read = async (coding: string) => {
        const headers = { 'accept-encoding': coding, 'accept-language': 'ja' }
        const answer = await fetch(`${world.origin}${path}`, { headers })
        return { text: await answer.text(), length: Number(answer.headers.get('content-length')) }
      }
      const plain = await read('identity')
      for (const coding of codings) {
        const { text, length } = await read(coding)
        assert.equal(text, plain.text, `${path} ${coding}`)
        assert.ok(length > 0 && length < plain.length / 2, `${path} ${coding} ${length}`)
      }
    }
  })
})
