// What every page must pass in every state (WCAG 2.2 AA, reflow at 320 pixels, targets of 24 pixels).
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { Page } from './browser.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// The very axe-core that the package brings, run without its detours: pages here have no frames.
const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as {
  source: string
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

interface Axe {
  run(options: object): Promise<{ violations: Violation[] }>
}

/** The narrowest that a page is read at, as one who enlarges it four times does (WCAG 1.4.10). */
const narrowest = [320]
/** What the console is used at too: a tablet, and a desk's wide screen. */
export const deskWidths = [...narrowest, 820, 1920]

/** axe finds nothing, light or dark, and at these widths nothing is lost, cut off or too small. */
export async function inspect(
  page: Page,
  state: string,
  widths: readonly number[] = narrowest,
): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const inLight = await page.evaluate(runAxe, standards)
  await page.emulateMedia({ colorScheme: 'dark' })
  // Only colours differ.
  const inDark = await page.evaluate(runAxe, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  assert.deepEqual([...inLight, ...inDark], [], state)

  const before = page.viewportSize() ?? { width: 1280, height: 720 }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 640 })
    const { wide, small, cut } = await page.evaluate(measure, width)
    assert.ok(wide <= width, `${state} is ${wide} pixels wide at ${width}`)
    assert.deepEqual(small, [], `${state}: targets of less than 24 pixels at ${width}`)
    assert.deepEqual(cut, [], `${state}: cut off at ${width}`)
  }
  await page.setViewportSize(before)
}

/** Runs in the page. */
async function runAxe(runOnly: string[]): Promise<string[]> {
  const { axe } = window as unknown as { axe: Axe }
  const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
}

/** Runs in the page. A target's label counts as part of it; links within sentences are exempt. */
function measure(width: number): { wide: number; small: string[]; cut: string[] } {
  const targets = document.querySelectorAll<HTMLElement>('button, input, main a, header a')
  const small = [...targets].filter((target) => {
    if (!target.checkVisibility()) return false
    const row = target instanceof HTMLInputElement ? target.closest('.choice, .check') : null
    const { width, height } = (row ?? target).getBoundingClientRect()
    return width < 24 || height < 24
  })
  const cut = [...document.querySelectorAll<HTMLElement>('main p, main li, h1, h2, button')].filter(
    (one) =>
      one.checkVisibility() &&
      !one.closest('.visually-hidden') &&
      one.getBoundingClientRect().right > width,
  )
  const text = (one: HTMLElement) => `${one.tagName} ${one.id} ${one.textContent?.trim()}`
  return {
    wide: document.documentElement.scrollWidth,
    small: small.map(text),
    cut: cut.map(text),
  }
}
