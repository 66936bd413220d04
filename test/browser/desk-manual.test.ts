// docs/support.md is stale as soon as a screen of the console is not the one that it was written for.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { deskSteps, deskTree, pictureOf, readTree, walkDesk } from '../manual/desk.ts'

const advice = `The screen is not the one that docs/support.md was written for. Read it again beside the console, then
npm run manual -- --accept.`

const root = join(import.meta.dirname, '..', '..')

describe("the desk's manual", { timeout: 180_000 }, () => {
  test('describes the screens as they are', async (t) => {
    const seen: string[] = []
    await walkDesk(async (step, page) => {
      seen.push(step)
      const tree = await readTree(page)
      await t.test(step, () => assert.equal(tree, deskTree(step), advice))
    })
    assert.deepEqual(seen, deskSteps)
  })

  test('shows each of them', () => {
    for (const file of ['support.md', 'support.ja.md']) {
      const text = readFileSync(join(root, 'docs', file), 'utf8')
      for (const step of deskSteps) {
        assert.ok(text.includes(pictureOf(step).replace('docs/', '')), `${step} in ${file}`)
      }
    }
  })
})
