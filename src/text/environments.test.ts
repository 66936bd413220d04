// Each fact of src/text/environments.ts is whole, fits somebody, and is said nowhere but by it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Surroundings } from '../kernel/http/user-agent.ts'
import { facts, findFacts, type Fact } from './environments.ts'
import { helpTexts } from './help/help-texts.ts'
import { manualTexts } from './manual/manual-texts.ts'
import { texts } from './texts.ts'

type Subject = keyof typeof facts

const rows: readonly (readonly [Subject, string, Fact])[] = (
  Object.keys(facts) as Subject[]
).flatMap((subject) =>
  Object.entries(facts[subject]).map(([name, fact]) => [subject, name, fact as Fact] as const),
)

for (const [subject, name, fact] of rows) {
  test(`${subject}, ${name}: has its sentences, its day and its sources, and is found`, () => {
    assert.match(fact.says.ja, /[ぁ-ん].*。$/s)
    assert.match(fact.says.en, /^[A-Z].*\.$/s)
    assert.doesNotMatch(fact.says.en, /[ぁ-んァ-ヶ一-龠]/)
    assert.match(fact.looked, /^20\d\d-(0[1-9]|1[0-2])-[0-3]\d$/)
    assert.ok(fact.sources.every((source) => new URL(source).protocol === 'https:'))
    const device: Surroundings = {
      system: fact.systems?.[0] ?? 'ChromeOS',
      browser: fact.browser ?? 'Chrome',
      app: fact.app ?? null,
    }
    const first = findFacts(subject, device).find(({ sign }) => sign === fact.sign)
    assert.equal(first, fact, 'another row stands before it')
  })
}

/** Names of versions and browsers on which it depends what works. */
const telling = /iOS 1\d|Android \d|macOS 1\d|23H2|1903|Firefox|LINE|Instagram|WebView|Chrome、Edge/

test('no other text says on which system or browser passkeys work', () => {
  const said = rows.flatMap(([, , { says }]) => [says.ja, says.en])
  const stray: string[] = []
  const walk = (node: unknown, place: string): void => {
    if (typeof node === 'function') return
    if (typeof node === 'object' && node !== null) {
      for (const [name, one] of Object.entries(node)) walk(one, `${place}.${name}`)
      return
    }
    const own = said.reduce((text, sentence) => text.replaceAll(sentence, ''), String(node))
    if (telling.test(own)) stray.push(`${place}: ${own}`)
  }
  for (const catalogue of [texts, helpTexts, manualTexts]) walk(catalogue, '')
  assert.deepEqual(stray, [])
})
