// What a person sees of a page as it opens.
import type { Locator } from './browser.ts'

/** A laptop of 1366 × 768 and a phone of 390 × 844, without what their browsers take. */
export const sizes = [
  { platform: 'windows', width: 1366, height: 657 },
  { platform: 'android', width: 390, height: 664 },
] as const

/** What of these is not wholly in the window, or is under something else. */
export async function hidden(parts: readonly Locator[]): Promise<string[]> {
  const found: string[] = []
  for (const part of parts) {
    for (const one of await part.all()) {
      const why = await one.evaluate((element) => {
        const { top, bottom, left, right } = element.getBoundingClientRect()
        if (top < 0 || bottom > innerHeight) return `from ${top} to ${bottom} of ${innerHeight}`
        const isCovered = [top + 4, bottom - 4].some((y) => {
          const onTop = document.elementFromPoint((left + right) / 2, y)
          return !element.contains(onTop)
        })
        return isCovered ? `under something, from ${top} to ${bottom}` : null
      })
      if (why !== null) found.push(`${await one.innerText()}: ${why}`)
    }
  }
  return found
}
