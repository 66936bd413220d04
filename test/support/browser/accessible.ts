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

/** axe finds nothing, light or dark, and at 320 pixels nothing is lost, cut off or too small. */
export async function inspect(page: Page, state: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const inLight = await page.evaluate(runAxe, standards)
  await page.emulateMedia({ colorScheme: 'dark' })
  // Only colours differ.
  const inDark = await page.evaluate(runAxe, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  assert.deepEqual([...inLight, ...inDark], [], state)

  const before = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize({ width: 320, height: 640 })
  const { wide, small, cut } = await page.evaluate(measure)
  await page.setViewportSize(before)
  assert.ok(wide <= 320, `${state} is ${wide} pixels wide at 320`)
  assert.deepEqual(small, [], `${state}: targets of less than 24 pixels`)
  assert.deepEqual(cut, [], `${state}: cut off`)
}

/** Runs in the page. */
async function runAxe(runOnly: string[]): Promise<string[]> {
  const { axe } = window as unknown as { axe: Axe }
  const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
}

/** Runs in the page. A target's label counts as part of it; links within sentences are exempt. */
function measure(): { wide: number; small: string[]; cut: string[] } {
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
      one.getBoundingClientRect().right > 320,
  )
  const text = (one: HTMLElement) => `${one.tagName} ${one.id} ${one.textContent?.trim()}`
  return {
    wide: document.documentElement.scrollWidth,
    small: small.map(text),
    cut: cut.map(text),
  }
}
