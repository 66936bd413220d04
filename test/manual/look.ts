// What a person and a screen reader find on a step's screen, and where.
import type { Language } from '../../src/kernel/http/language.ts'
import type { Box } from '../../src/surfaces/customer/manual/built.ts'
import type { Mark, PicturedStep } from '../../src/surfaces/customer/manual/steps.ts'
import { texts } from '../../src/text/texts.ts'
import type { Locator, Page } from '../support/browser/browser.ts'

export interface Sight {
  /** The accessible tree of what the picture shows. */
  readonly tree: string
  /** What the picture shows, in pixels of the page. */
  readonly area: Box
  /** Where the marks are in it. */
  readonly marks: readonly Box[]
  /** Marks that lead to nothing, or to several things. */
  readonly faults: readonly string[]
}

const margin = 24

/** Looks at the open page as the screen of a step. */
export async function lookAt(page: Page, step: PicturedStep, language: Language): Promise<Sight> {
  const main = page.getByRole('main')
  const find = (within: Locator, { role, name }: Mark) =>
    within.getByRole(role, { name: name(texts[language]), exact: true })
  const shown = step.shows ? find(main, step.shows) : main
  const area = grow(await shown.evaluate(boxOf, !step.shows), margin)
  const marks: Box[] = []
  const faults: string[] = []
  for (const [name, mark] of Object.entries(step.marks)) {
    const found = find(shown, mark)
    const count = await found.count()
    // Links stand close together, other things have air around them.
    const air = mark.role === 'link' ? 1 : 4
    if (count === 1) marks.push(moved(grow(await found.evaluate(boxOf, false), air), area))
    else
      faults.push(`${name}: ${count} of role ${mark.role} are named ${mark.name(texts[language])}`)
  }
  const tree = withoutSettings(await shown.ariaSnapshot())
  return { tree, ...cropped(step.crop, area, marks), faults }
}

/** Runs in the page: where an element is, a box to tick with its row, or all that is inside it. */
function boxOf(element: Element, inside: boolean): Box {
  const range = document.createRange()
  if (inside) range.selectNodeContents(element)
  else
    range.selectNode(
      element.matches('input') ? (element.closest('.choice, .check') ?? element) : element,
    )
  const { x, y, width, height } = range.getBoundingClientRect()
  return { x: x + scrollX, y: y + scrollY, width, height }
}

function grow({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** The picture's height as the step wants it; a label above the first mark still belongs to it. */
function cropped(
  crop: PicturedStep['crop'],
  area: Box,
  marks: readonly Box[],
): Pick<Sight, 'area' | 'marks'> {
  if (!crop) return { area, marks }
  const first = Math.min(...marks.map(({ y }) => y))
  const top = crop === 'to-marks' ? Math.max(0, first - 2 * margin) : 0
  const bottom = Math.max(...marks.map(({ y, height }) => y + height)) + margin
  return {
    area: { ...area, y: area.y + top, height: bottom - top },
    marks: marks.map((mark) => ({ ...mark, y: mark.y - top })),
  }
}

function moved({ x, y, ...size }: Box, { x: left, y: top }: Box): Box {
  return { x: x - left, y: y - top, ...size }
}

/**
 * Where a link leads is a matter of settings, and how long or how much of limits, which screen and
 * manual are both filled from: neither makes a step stale.
 */
function withoutSettings(tree: string): string {
  const limited = /\d+(?= ?(?:min|sec|characters|分|秒|文字))/g
  return `${tree.replace(/:\n *- \/url: .*/g, '').replace(limited, '…')}\n`
}
