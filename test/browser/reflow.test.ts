// On narrow windows and with text at twice its size nothing scrolls sideways, and words stay words: every
// page at which a customer arrives, and the portal and the help (WCAG 2.2, 1.4.4 and 1.4.10).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatePlatform } from '../support/browser/browser.ts'
import { forms } from '../support/browser/forms.ts'
import { inBrowser, Walker } from '../support/browser/walks.ts'

const windows = [
  { width: 390, height: 844, textSize: 200 },
  { width: 320, height: 640, textSize: 100 },
] as const

type Lead = (walker: Walker) => Promise<string>

const pages: readonly (readonly [string, Lead])[] = [
  ...Object.entries(forms).map(([name, { lead, lists }]): [string, Lead] => [
    name,
    (walker) => lead(walker, lists ? 3 : 0),
  ]),
  ['the portal', (walker) => portal(walker, 3)],
  ...['/help', '/help/devices', '/help/lost', '/help/card', '/no/such/page'].map(
    (path): [string, Lead] => [path, async () => path],
  ),
]

async function portal(walker: Walker, passkeys: number): Promise<string> {
  await forms['registration: the proof']?.lead(walker, passkeys)
  return '/portal'
}

inBrowser('at twice the size and on narrow windows', { timeout: 300_000 }, (started) => {
  for (const language of ['ja', 'en'] as const) {
    for (const [name, lead] of pages) {
      test(`${name}, ${language}`, async () => {
        const walker = await Walker.start(started, language)
        const { page } = walker
        const address = await lead(walker)
        for (const platform of ['android', 'windows'] as const) {
          await emulatePlatform(page, platform)
          await page.goto(new URL(address, started.world.origin).href, { waitUntil: 'networkidle' })
          for (const { textSize, ...size } of windows) {
            await page.setViewportSize(size)
            const faults = await page.evaluate(measure, textSize)
            assert.deepEqual(faults, [], `${platform}, ${size.width} pixels, text at ${textSize} %`)
          }
        }
        await walker.context.close()
      })
    }
  }
})

/** Runs in the page: what is wider than the window, and columns that hold only a few letters. */
function measure(textSize: number): string[] {
  document.documentElement.style.fontSize = `${textSize}%`
  for (const fold of document.querySelectorAll('details')) fold.open = true
  const faults: string[] = []
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) faults.push(`${scrollWidth} pixels wide`)
  const blocks = 'p, li, dd, dt, h1, h2, h3, label, legend, summary, div, td'
  for (const one of document.querySelectorAll<HTMLElement>('main *, header *, footer *')) {
    const style = getComputedStyle(one)
    const hasText = [...one.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    )
    if (!hasText || !one.checkVisibility() || one.closest('svg')) continue
    if (style.clipPath !== 'none' || one.closest('.visually-hidden')) continue
    const { height, right, left } = one.getBoundingClientRect()
    const what = `${one.tagName} ${one.className} ${one.textContent?.trim().slice(0, 40)}`
    if (right > innerWidth + 1 || left < -1) faults.push(`outside: ${what}`)
    const letter = parseFloat(style.fontSize)
    const { width } = (one.closest(blocks) ?? one).getBoundingClientRect()
    const isBroken = height > 2.6 * letter
    if (isBroken && width < 5 * letter) faults.push(`${Math.floor(width / letter)} wide: ${what}`)
  }
  return faults.slice(0, 8)
}
