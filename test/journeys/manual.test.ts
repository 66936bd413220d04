// `/manual`: the customers' manual, with pictures where they have been built, and never without words.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Language } from '../../src/kernel/http/language.ts'
import { picturedSteps } from '../../src/surfaces/customer/manual/steps.ts'
import { manualTexts } from '../../src/text/manual/manual-texts.ts'
import { texts } from '../../src/text/texts.ts'
import { sampleManual } from '../manual/sample.ts'
import { databases } from '../support/world/postgres.ts'
import { expectStatus, World, type WorldOptions } from '../support/world/world.ts'

const languages: readonly Language[] = ['ja', 'en']
const [sqlite] = databases

async function start(t: TestContext, options: WorldOptions): Promise<World> {
  assert.ok(sqlite)
  const world = await World.start(sqlite, options)
  t.after(() => world.stop())
  return world
}

async function read(world: World, language: Language): Promise<string> {
  const answer = await world.client().get(`/manual?lang=${language}`)
  expectStatus(answer, 200)
  return answer.text
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

describe('the manual', () => {
  test('is there for everybody without pictures, as long as none are built', async (t) => {
    const world = await start(t, { manualFolder: '/nowhere/manual' })
    for (const language of languages) {
      const page = await read(world, language)
      const { chapters, title } = manualTexts[language]
      assert.match(page, new RegExp(`<html lang="${language}">`))
      assert.ok(page.includes(`<h1>${title}</h1>`))
      for (const chapter of Object.values(chapters)) assert.ok(page.includes(chapter.title))
      assert.equal(count(page, '<img'), 0)
      assert.ok(!page.includes('.pdf'))
      assert.ok(page.includes(texts[language].drawings.alternatives.save))
    }
    expectStatus(await world.client().get('/manual/ja.pdf'), 404)
  })

  test('shows the pictures that are built, each in its language, and offers the PDF', async (t) => {
    const folder = sampleManual()
    t.after(folder.remove)
    const world = await start(t, { manualFolder: folder.path })
    const client = world.client()
    for (const language of languages) {
      const page = await read(world, language)
      assert.equal(count(page, '<img'), picturedSteps().length)
      assert.equal(count(page, `src="/manual/${language}.webp"`), picturedSteps().length)
      assert.ok(page.includes(`href="/manual/${language}.pdf"`))
      const pdf = await client.get(`/manual/${language}.pdf`)
      expectStatus(pdf, 200)
      assert.equal(pdf.headers['content-type'], 'application/pdf')
    }
    const picture = await client.get('/manual/ja.webp')
    expectStatus(picture, 200)
    assert.equal(picture.headers['content-type'], 'image/webp')
    assert.equal(picture.headers['cache-control'], 'public, max-age=3600')
  })

  test('serves what its index names and nothing else', async (t) => {
    const folder = sampleManual()
    t.after(folder.remove)
    const world = await start(t, { manualFolder: folder.path })
    for (const name of [
      ...['none.webp', 'not-named.webp', 'index.json', '', 'ja/ja.webp'],
      ...['../index.json', '..%2findex.json', '%2e%2e/%2e%2e/package.json', 'ja.webp%00'],
    ]) {
      expectStatus(await world.client().raw({ method: 'GET', path: `/manual/${name}` }), 404)
    }
    expectStatus(await world.client().post('/manual', {}), 405)
  })

  test('shows no picture with the numbers of another version', async (t) => {
    const odd = { file: 'ja.webp', width: 900, height: 600, marks: [] }
    const pictures = { ja: { signIn: odd }, en: { nowhere: odd } }
    const folder = sampleManual({ pictures, pdf: null })
    t.after(folder.remove)
    const world = await start(t, { manualFolder: folder.path })
    for (const language of languages) {
      const page = await read(world, language)
      assert.equal(count(page, '<img'), 0)
      assert.ok(!page.includes('.pdf'))
    }
  })

  test('is where 「マニュアル」 leads, unless the broker has one of their own', async (t) => {
    for (const [env, address] of [
      [{}, '/manual'],
      [{ SEKISHO_LINK_MANUAL: 'https://www.example.jp/m' }, 'https://www.example.jp/m'],
    ] as const) {
      const world = await start(t, { env })
      const { text } = await world.client().get('/sign-in?lang=ja')
      assert.ok(text.includes(`<a href="${address}">${texts.ja.signIn.links.manual}</a>`))
    }
  })
})
