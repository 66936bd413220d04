// What fails between an application and its sign-in ends on a page with the code of its cause, which the help knows.
import assert from 'node:assert/strict'
import { before, mock, test } from 'node:test'
import { texts } from '../../src/text/texts.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { authorizationRequest, register } from '../support/world/relying-party.ts'

onEachDatabase('failures around applications', { reachable: true }, (world) => {
  const failures: Record<string, [address: string, code: string]> = {
    'an unknown client': ['/oauth2/authorize?client_id=nobody', 'APPLICATION-REFUSED'],
    'no client': ['/oauth2/authorize', 'APPLICATION-REFUSED'],
    'a sign-out of nobody’s': ['/oauth2/logout?id_token_hint=a.b.c', 'APPLICATION-REFUSED'],
    'a resume of nothing': ['/oauth2/authorize/nothing', 'APPLICATION-REFUSED'],
    'an interaction that is over': ['/oauth2/interaction/nothing', 'INTERACTION-OVER'],
    'the way out of it': ['/oauth2/interaction/nothing/leave', 'INTERACTION-OVER'],
  }
  before(async () => {
    const desk = await register(world)
    const { address } = await authorizationRequest(desk, { redirect_uri: 'https://evil.example/' })
    failures['another address'] = [address, 'APPLICATION-REFUSED']
  })

  for (const language of ['ja', 'en'] as const) {
    test(`each shows it, with the number of the request, ${language}`, async () => {
      const client = world.client()
      const help = (await client.get(`/help?lang=${language}`)).text
      for (const [name, [address, code]] of Object.entries(failures)) {
        const { status, headers, text } = await client.raw({
          method: 'GET',
          path: address,
          headers: { accept: 'text/html' },
        })
        assert.ok(status >= 400, `${name}: ${status}`)
        const anchor = `error-${code.toLowerCase()}`
        const { errorCode, requestId } = texts[language].page
        assert.ok(text.includes(`<a href="/help#${anchor}">${errorCode(code)}</a>`), name)
        assert.ok(text.includes(requestId(String(headers['x-request-id']))), name)
        assert.ok(help.includes(`id="${anchor}"`), anchor)
      }
    })
  }

  test('a fault of ours is not laid at the application’s door', async () => {
    const { address } = await authorizationRequest(await register(world))
    const broken = mock.method(world.deps.db, 'selectFrom', () => {
      throw new Error('a fault of ours')
    })
    const headers = { accept: 'text/html' }
    const { status, text } = await world.client().raw({ method: 'GET', path: address, headers })
    broken.mock.restore()
    assert.equal(status, 500)
    assert.ok(text.includes(texts.ja.problems.internal_error.detail))
    assert.ok(!text.includes(texts.ja.applicationFailures.application_refused.title))
  })
})
