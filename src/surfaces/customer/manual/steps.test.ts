import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Language } from '../../../kernel/http/language.ts'
import { codeMail } from '../../../text/mails.ts'
import { manualTexts } from '../../../text/manual/manual-texts.ts'
import { texts } from '../../../text/texts.ts'
import { chapters, type Step } from './steps.ts'

interface Written {
  readonly marks?: Readonly<Record<string, string>>
  readonly captions?: readonly string[]
}

const languages = ['ja', 'en'] as const

/** Every sentence below a part of a catalogue, with its path. */
function sentences(part: unknown, way = ''): (readonly [string, string])[] {
  if (typeof part === 'string') return [[way, part]]
  if (typeof part === 'function') return [[way, String(part('', '', ''))]]
  const entries = Object.entries(part as Readonly<Record<string, unknown>>)
  return entries.flatMap(([name, inner]) => sentences(inner, way ? `${way}.${name}` : name))
}

/** The names that the sentences of a language quote. */
function quoted(language: Language): string[] {
  const marks = language === 'ja' ? /「(.+?)」/g : /“(.+?)”/g
  const all = sentences(manualTexts[language].chapters).map(([, sentence]) => sentence)
  return [
    ...new Set(
      all.flatMap((sentence) => [...sentence.matchAll(marks)].map(([, name]) => name ?? '')),
    ),
  ]
}

describe('the steps of the manual', () => {
  test('have a chapter for each of M1 to M8, after the introduction', () => {
    assert.equal(Object.keys(chapters).length, 9)
  })

  test('have names of their own, as pictures are called by them', () => {
    const ids = Object.values(chapters).flatMap((steps) => Object.keys(steps))
    assert.deepEqual([...new Set(ids)], ids)
  })

  test('draw the mail with the subject that it has', () => {
    const config = {
      brand: { name: '', nameEn: '', names: [], color: '', logoPath: null },
      support: { phone: null, phoneAbroad: null, hours: { ja: null, en: null } },
      timeZone: 'UTC',
      holdScope: 'withdrawal',
    } as const
    for (const language of languages) {
      const caller = { browser: null, system: null, address: null, requestId: null, language }
      const asked = { code: '', expiresAt: 0, caller, config }
      const { subject } = codeMail('passkey-registration', asked)
      assert.equal(texts[language].drawings.mailSubject, subject)
    }
  })

  for (const language of languages) {
    test(`each have their words, and no words are without a step, ${language}`, () => {
      const { chapters: words } = manualTexts[language]
      assert.deepEqual(Object.keys(words), Object.keys(chapters))
      for (const [chapter, steps] of Object.entries(chapters)) {
        const written = words[chapter as keyof typeof words].steps
        assert.deepEqual(Object.keys(written), Object.keys(steps), chapter)
        for (const [id, step] of Object.entries<Step>(steps)) {
          const { marks = {}, captions = [] } = written[id as keyof typeof written] as Written
          assert.deepEqual(Object.keys(marks), Object.keys(step.marks ?? {}), id)
          assert.equal(captions.length, step.drawings?.length ?? 0, id)
        }
      }
      for (const [way, sentence] of sentences(words)) assert.notEqual(sentence.trim(), '', way)
    })

    test(`call everything by the name that it has on the screens, ${language}`, () => {
      const known = new Set(sentences(texts[language]).map(([, sentence]) => sentence))
      assert.ok(quoted(language).length > 20)
      assert.deepEqual(
        quoted(language).filter((name) => !known.has(name)),
        [],
      )
    })
  }
})
