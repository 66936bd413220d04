// An address that no page links to is refused or not found; none is our failure, and none leads away.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { addClient } from '../../src/operations/openid/clients.ts'
import { addressesOf } from '../support/checks/addresses.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'

/** Each is put in place of one part of an address, behind it, and in front of it. */
const bent: Readonly<Record<string, string>> = {
  'a NUL': '%00',
  'a NUL among letters': 'a%00b',
  'a slash that is written out': '%2f',
  'a way up': '..%2f..%2fetc%2fpasswd',
  'a backslash': '%5c',
  'a broken escape': '%',
  'half an escape': '%E0%A4%A',
  'a surrogate': '%ED%A0%80',
  'a byte of no encoding': '%FF%FE',
  'an emoji': '%F0%9F%98%80',
  'a bidi override': '%E2%80%AE',
  'a full-width slash': '%EF%BC%8F',
  'eight kilobytes': 'a'.repeat(8000),
  'eight kilobytes of escapes': '%41'.repeat(2600),
  'the name of a prototype': '__proto__',
  'a pattern': '(.*)*',
  'an SQL quote': "'%20or%201=1--",
}

const whole = [
  ...['//', '///', '/./', '//evil.example', '/%2f/evil.example', '/\\evil.example', '/%5cevil'],
  ...['//?lang=en', '/?%00=%00', '/?lang=%', '/sign-in?continueTo=%00', '/sign-in?continueTo=%ff'],
  ...['/nothing?%E0%A4%A', `/?${'a=b&'.repeat(2000)}`, '/;a=b', '/?', '/%', '/*'],
]

onEachDatabase('bent addresses', (world) => {
  let signedIn: HttpClient
  before(async () => {
    const uri = 'https://app.example.jp/callback'
    const settings = { redirectUris: [uri], postLogoutRedirectUris: [] }
    const rest = { backchannelLogoutUri: null, jwks: null }
    const client = { kind: 'web', name: 'App', settings: { ...settings, ...rest } } as const
    await addClient(world.deps, client, { name: 'test', reason: 'test' })
    signedIn = await world.signIn(await world.addAccount())
  })

  /** Neither a failure of ours, nor a link or redirect that leads to another host. */
  async function assertMet(client: HttpClient, path: string): Promise<void> {
    const answer = await client.raw({ method: 'GET', path })
    const shown = path.length > 80 ? `${path.slice(0, 80)}…` : path
    assert.ok(answer.status < 500, `${shown}: ${answer.status} ${answer.text.slice(0, 200)}`)
    const links = [...answer.text.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, to]) => to)
    for (const link of [...links, answer.headers.location ?? '/']) {
      assert.doesNotMatch(String(link), /^[/\\]{2}/, `${shown} leads to ${link}`)
    }
  }

  test('every address of the table in every bent form is no failure of ours', async () => {
    const addresses = await addressesOf(world.deps)
    assert.ok(addresses.length > 40, `only ${addresses.length} addresses`)
    const logged = world.log.length
    for (const address of addresses) {
      const paths = new Set(Object.values(bent).flatMap((form) => bendAt(address, form)))
      await Promise.all([...paths].map((path) => assertMet(signedIn, path)))
    }
    const failures = world.log.slice(logged).filter((line) => line.startsWith('{"level":50'))
    assert.deepEqual(failures, [])
  })

  test('addresses of slashes and broken queries lead nowhere else', async () => {
    for (const client of [signedIn, world.client()]) {
      for (const path of whole) await assertMet(client, path)
    }
    const page = await world.client().get('//evil.example/x')
    assert.equal(page.status, 404)
    assert.match(page.text, /href="\/evil\.example\/x\?lang=en"/)
  })

  test('the language link keeps path and query of a page', async () => {
    const page = await world.client().get('/sign-in?continueTo=%2Fportal%2Fpasskeys%2Fnew&lang=ja')
    const link = '/sign-in?continueTo=%2Fportal%2Fpasskeys%2Fnew&amp;lang=en'
    assert.ok(page.text.includes(`href="${link}"`), page.text.slice(0, 2000))
  })
})

/** The form behind an address, in place of its last part, in front of it, and in its query. */
function bendAt(address: string, form: string): string[] {
  const path = address.replace(/:\w+/g, form)
  const last = path.lastIndexOf('/')
  const whole = [path, `${path}/${form}`, `${path.slice(0, last)}/${form}`, `${path}${form}`]
  return [...whole, `/${form}${path}`, `/${path}`, `${path}//`, `${path}?lang=en&x=${form}`]
}
