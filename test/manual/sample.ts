// A folder as `npm run manual` leaves it, with a dot for every picture.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '../../src/kernel/http/language.ts'
import type { ManualIndex, Picture } from '../../src/surfaces/customer/manual/built.ts'
import { picturedSteps } from '../../src/surfaces/customer/manual/steps.ts'

const dot = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64')

/** Writes it, with these changes of the index, and returns the folder and what removes it. */
export function sampleManual(change: Partial<ManualIndex> = {}): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sekisho-manual-'))
  const pictures = (language: Language) =>
    Object.fromEntries(
      picturedSteps().map(({ id, marks }): [string, Picture] => {
        const places = Object.keys(marks).map((_, at) => ({
          ...{ x: 40, y: 20 + 40 * at },
          ...{ width: 200, height: 30 },
        }))
        return [id, { file: `${language}.webp`, width: 900, height: 600, marks: places }]
      }),
    )
  const index: ManualIndex = {
    pictures: { ja: pictures('ja'), en: pictures('en') },
    pdf: { ja: 'ja.pdf', en: 'en.pdf' },
    ...change,
  }
  writeFileSync(join(path, 'index.json'), JSON.stringify(index))
  for (const name of ['ja.webp', 'en.webp', 'ja.pdf', 'en.pdf', 'not-named.webp']) {
    writeFileSync(join(path, name), dot)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
