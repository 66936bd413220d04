// ASVS V7.4.4: every page that is shown in a session leads out of it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { texts } from '../../src/text/texts.ts'
import { holderOfPasskey } from '../support/world/ceremonies.ts'
import { proveChange } from '../support/world/changes.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { expectStatus } from '../support/world/world.ts'

const app = join(import.meta.dirname, '../../src/surfaces/customer/app.ts')
/** As the application lists them, so that a new page is among them; one of a waiting act needs one. */
const pages = [...readFileSync(app, 'utf8').matchAll(/\['(\/portal[^':]*)',/g)].map(
  ([, path = '']) => path,
)

onEachDatabase('a page of the portal', (world) => {
  test('has one button that signs out, in both languages, and no page else has it', async () => {
    assert.ok(pages.length >= 3 && pages.includes('/portal/second-factor'), pages.join())
    const { client, account } = await holderOfPasskey(world)
    // Two pages are there for what is stopped, and for an address that waits for its code.
    expectStatus(await client.post('/api/stop', { level: 'withdrawal' }), 204)
    await proveChange(client, { world, account })
    const { password } = account
    expectStatus(
      await client.post('/api/notices/address', { email: 'second@example.jp', password }),
      202,
    )
    for (const language of ['ja', 'en'] as const) {
      const button = new RegExp(
        `<button[^>]*>\\s*${texts[language].portal.signOut}\\s*</button>`,
        'g',
      )
      const countAt = async (path: string) => {
        const answer = await client.get(`${path}?lang=${language}`)
        expectStatus(answer, 200)
        return answer.text.match(button)?.length ?? 0
      }
      for (const path of pages) assert.equal(await countAt(path), 1, path)
      assert.equal(await countAt('/help'), 0)
    }
  })
})
