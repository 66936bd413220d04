// Addresses that nobody types: the page for a host that is not ours, and what programs look up.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { texts } from '../../src/text/texts.ts'
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'

const [sqlite] = databases
const addresses = ['/', '/sign-in', '/portal', '/help', '/manual', '/nothing', '/assets/style.css']

test('a page for another host loads nothing, and leads to the one right address', async () => {
  await using world = await started()
  const { origin } = world.config
  for (const language of ['ja', 'en'] as const) {
    for (const path of addresses) {
      const headers = { host: 'evil.test', 'accept-language': language }
      const {
        status,
        text,
        headers: given,
      } = await world.client().raw({ method: 'GET', path, headers })
      assert.equal(status, 421)
      assert.ok(text.includes(texts[language].problems.wrong_host.title))
      const leads = [...text.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, to]) => to)
      assert.deepEqual(leads, [`${origin}/`])
      const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? []
      const hash = createHash('sha256').update(style).digest('base64')
      const policy = String(given['content-security-policy'])
      assert.ok(policy.includes(`style-src 'sha256-${hash}'`), policy)
      assert.match(policy, /^default-src 'none'; /)
    }
  }
})

test('password managers find where passkeys are registered and managed', async () => {
  await using world = await started()
  const { origin } = world.config
  const answer = await world.client().raw({ method: 'GET', path: '/.well-known/passkey-endpoints' })
  assert.equal(answer.headers['content-type'], 'application/json')
  assert.deepEqual(JSON.parse(answer.text), {
    enroll: `${origin}/portal/passkeys/new`,
    manage: `${origin}/portal`,
  })
})

test('password managers are led to where a password is changed: in the portal, or where the broker says', async () => {
  const path = '/.well-known/change-password'
  const leadsTo = async (env: Readonly<Record<string, string>>) => {
    await using world = await started(env)
    const { status, headers } = await world.client().raw({ method: 'GET', path })
    return [status, headers.location]
  }
  assert.deepEqual(await leadsTo({}), [303, '/portal/password'])
  const page = 'https://www.example.jp/password'
  assert.deepEqual(await leadsTo({ SEKISHO_LINK_PASSWORD: page }), [303, page])
})

test('whoever found a weakness is told whom to write to, where the broker has said so', async () => {
  const path = '/.well-known/security.txt'
  await using silent = await started()
  assert.equal((await silent.client().raw({ method: 'GET', path })).status, 404)
  await using world = await started({ SEKISHO_LINK_SECURITY: 'mailto:security@example.jp' })
  const { text, headers } = await world.client().raw({ method: 'GET', path })
  assert.match(String(headers['content-type']), /^text\/plain/)
  assert.match(text, /^Contact: mailto:security@example\.jp$/m)
  const [, until = ''] = /^Expires: (.*)$/m.exec(text) ?? []
  assert.equal(Date.parse(until), world.now + 30 * 24 * 60 * 60 * 1000)
})

async function started(env: Readonly<Record<string, string>> = {}) {
  assert.ok(sqlite)
  const world = await World.start(sqlite, { env })
  return Object.assign(world, { [Symbol.asyncDispose]: () => world.stop() })
}
