// The manual is stale as soon as a screen is not the one that it was written for.
import assert, { AssertionError } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { picturedSteps } from '../../src/surfaces/customer/manual/steps.ts'
import { lookAt, type Sight } from '../manual/look.ts'
import { sampleManual } from '../manual/sample.ts'
import { startManualWorld, walkManual } from '../manual/walk.ts'
import { writtenFor, writtenSteps } from '../manual/written-for.ts'
import { inspect } from '../support/browser/accessible.ts'
import { newPage, type Page } from '../support/browser/browser.ts'

const advice = `The screen is not the one that the manual was written for. Read the step again: run
npm run manual and open dist/manual, mend src/text/manual, then npm run manual -- --accept.`

const ids = picturedSteps().map(({ id }) => id)

describe('the manual', { timeout: 180_000 }, () => {
  for (const language of ['ja', 'en'] as const) {
    test(`describes the screens as they are, ${language}`, async (t) => {
      const sights = new Map<string, Sight>()
      const look = async (id: string, page: Page) => {
        const step = picturedSteps().find((one) => one.id === id)
        assert.ok(step, `the walk stops at ${id}, which is no step of the manual`)
        sights.set(id, await lookAt(page, step, language))
      }
      const walked = await walkManual(language, look).catch((error: Error) => error)
      for (const [id, { tree, faults }] of sights) {
        await t.test(id, () => {
          assert.deepEqual(faults, [])
          compare(tree, writtenFor(language, id))
        })
      }
      if (walked instanceof Error) throw walked
      assert.deepEqual([...sights.keys()].sort(), [...ids].sort(), 'steps without a picture')
      assert.deepEqual(writtenSteps(language).sort(), [...ids].sort(), 'trees without a step')
    })
  }
})

test('the page hides from nobody, and nothing moves when its pictures come in', async (t) => {
  const folder = sampleManual()
  t.after(folder.remove)
  const { browser, world } = await startManualWorld({ manualFolder: folder.path })
  t.after(() => world.stop())
  t.after(() => browser.close())
  const { page } = await newPage(browser)
  for (const language of ['ja', 'en']) {
    await page.goto(`${world.origin}/manual?lang=${language}`)
    await inspect(page, `manual, ${language}`)
    const pictures = page.getByRole('main').getByRole('img')
    const unnamed = await pictures.evaluateAll((all) =>
      all.filter((one) => !(one.getAttribute('alt') ?? one.getAttribute('aria-label'))),
    )
    assert.deepEqual(unnamed, [])
  }
  // Pictures that never come in have the room that they will need.
  await page.route('**/*.webp', () => {})
  await page.reload({ waitUntil: 'domcontentloaded' })
  const rooms = await page
    .locator('.picture img')
    .evaluateAll((all) => all.map(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]))
  assert.equal(rooms.length, ids.length)
  for (const [width = 0, height = 0] of rooms) {
    assert.ok(width > 500 && Math.abs(height / width - 600 / 900) < 0.01, `${width} by ${height}`)
  }
})

function compare(tree: string, written: string): void {
  try {
    assert.equal(tree, written)
  } catch (error) {
    if (error instanceof AssertionError) error.message = `${advice}\n\n${error.message}`
    throw error
  }
}
