// Whoever is told to read a QR code is told that the phone needs the internet, in the same words.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpTexts } from './help/help-texts.ts'
import { manualTexts } from './manual/manual-texts.ts'
import { oidcTexts } from './oidc.ts'
import { phoneOnline } from './phone-online.ts'
import { texts } from './texts.ts'

const qr = /QRコード|QR code/

/** Texts that name a QR code without asking for one to be read. */
const noneIsRead: Readonly<Record<string, string>> = {
  'texts.passkey.onPhone': 'none is needed',
  'texts.portal.offer': 'none is needed any more',
  'help.questions.computerOnly': 'none is needed',
  'texts.drawings.alternatives': 'says what a drawing shows, beside its sentence',
}

/**
 * The passages that name a QR code, each with its place. A passage is a sentence of a catalogue, or the
 * object whose sentences stand in lists: one question, one step of the manual.
 */
function passages(node: unknown, place: string): (readonly [place: string, text: string])[] {
  if (typeof node === 'string') return qr.test(node) ? [[place, node]] : []
  if (typeof node === 'function')
    return passages(String((node as (of: string) => unknown)('')), place)
  if (typeof node !== 'object' || node === null) return []
  const isPassage = Object.values(node).some(Array.isArray) || place in noneIsRead
  const inside = Object.entries(node).flatMap(([name, one]) => passages(one, `${place}.${name}`))
  if (!isPassage || inside.length === 0) return inside
  return [[place, inside.map(([, text]) => text).join('\n') + JSON.stringify(node)]]
}

for (const language of ['ja', 'en'] as const) {
  const found = [
    ...passages(texts[language], 'texts'),
    ...passages(helpTexts[language], 'help'),
    ...passages(manualTexts[language], 'manual'),
    ...passages(oidcTexts[language], 'oidc'),
  ]

  test(`every request to read a QR code says that the phone has to be online, ${language}`, () => {
    const silent = found.filter(([, text]) => !text.includes(phoneOnline[language]))
    assert.deepEqual(
      silent.map(([place]) => place),
      silent.map(([place]) => place).filter((place) => place in noneIsRead),
    )
    assert.ok(found.length - silent.length >= 10, `only ${found.length - silent.length} were found`)
  })

  test(`what is excused names a QR code still, ${language}`, () => {
    const places = new Set(found.map(([place]) => place))
    assert.deepEqual(
      Object.keys(noneIsRead).filter((place) => !places.has(place)),
      [],
    )
  })
}
