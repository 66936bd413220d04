// The work of `npm run manual`: dist/manual with the pictures, and a PDF and a page to keep per language.
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../src/kernel/http/language.ts'
import type { Environment } from '../../src/settings/environment.ts'
import type { Box, ManualIndex, Picture } from '../../src/surfaces/customer/manual/built.ts'
import { picturedSteps } from '../../src/surfaces/customer/manual/steps.ts'
import type { Page } from '../support/browser/browser.ts'
import { takeDeskPictures } from './desk.ts'
import { lookAt } from './look.ts'
import { printManual } from './print.ts'
import { walkManual } from './walk.ts'
import { acceptTrees } from './written-for.ts'

const languages = ['ja', 'en'] as const satisfies readonly Language[]
const accepts = process.argv.includes('--accept')
const target = join(import.meta.dirname, '..', '..', 'dist', 'manual')
const folder = `${target}.${process.pid}`

/** A broker's own name, colour and links are in the pictures; what is accepted has none of them. */
const isLook = ([name]: readonly [string, unknown]) => /^SEKISHO_(BRAND|LINK|SUPPORT)/.test(name)
const looks: Environment = accepts
  ? {}
  : Object.fromEntries(Object.entries(process.env).filter(isLook))

mkdirSync(folder, { recursive: true })
try {
  const [ja, en] = [await takePictures('ja'), await takePictures('en')]
  const index: ManualIndex = { pictures: { ja, en }, pdf: null }
  writeIndex(index)
  await printManual(folder, languages, looks)
  writeIndex({ ...index, pdf: { ja: 'ja.pdf', en: 'en.pdf' } })
  rmSync(target, { recursive: true, force: true })
  renameSync(folder, target)
  if (accepts) await takeDeskPictures()
  console.log('The manual is in dist/manual, and at /manual after the next start.')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function takePictures(language: Language): Promise<Record<string, Picture>> {
  const pictures: Record<string, Picture> = {}
  const trees = new Map<string, string>()
  const see = async (id: string, page: Page) => {
    const step = picturedSteps().find((one) => one.id === id)
    if (!step) throw new Error(`the manual has no step ${id}`)
    const { tree, area, marks, faults } = await lookAt(page, step, language)
    if (faults.length > 0) throw new Error(`${id}: ${faults.join('; ')}`)
    trees.set(id, tree)
    const { width, height } = area
    pictures[id] = {
      file: keep(`${language}-${id}`, await capture(page, area)),
      width,
      height,
      marks,
    }
  }
  await walkManual(language, see, looks)
  if (accepts) acceptTrees(language, trees)
  return pictures
}

/** A picture with twice the pixels of the page, in the smallest format that shows text clearly. */
async function capture(page: Page, area: Box): Promise<Buffer> {
  // Never detached: that would take the page's virtual authenticators away.
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    ...{ format: 'webp', quality: 85, captureBeyondViewport: true },
    clip: { ...area, scale: 1 },
  })
  return Buffer.from(data, 'base64')
}

/** The content is in the name, so that a picture and its numbers always fit. */
function keep(name: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8)
  writeFileSync(join(folder, `${name}-${hash}.webp`), content)
  return `${name}-${hash}.webp`
}

function writeIndex(index: ManualIndex): void {
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`)
}
