// The manuals of the desk and the READMEs call what is on the screen by the words that stand there. Every check is
// first shown to fail on a bent sample.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { consoleTexts } from '../src/text/console/console-texts.ts'
import { texts } from '../src/text/texts.ts'
import { labelsOf, quotedIn, unknownLabels } from './support/checks/labels.ts'

const root = join(import.meta.dirname, '..')
const paths = ['docs/support.md', 'docs/support.ja.md', 'README.md', 'README.ja.md']
const documents = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const shown = new Set(labelsOf([consoleTexts.ja, texts.ja]))

describe('labels in 「」 stand on a screen', () => {
  /** With the reason why each is none. */
  const others = {
    早く解除しないと損をする: 'a caller says so',
    関所: 'the name of the project',
  }
  const at = (text: string) => unknownLabels({ path: 'a.md', text }, new Set(['ロック']))

  test('refuses a label that no screen shows', () => {
    assert.deepEqual(at('press 「施錠」, then 「ロック」'), ['a.md: no screen shows 「施錠」'])
  })
  test('allows those that are there, sentences to say, and what a caller says', () => {
    assert.deepEqual(at('「ロック」\n\n> 「施錠」を押してください。\n\n### 1. 「止めたい」'), [])
  })
  test('reads the texts as they stand, and none that is filled in', () => {
    assert.deepEqual(labelsOf({ a: 'A', b: { c: ['C'], d: (n: number) => `${n}` } }), ['A', 'C'])
  })
  for (const file of documents) {
    test(`holds in ${file.path}`, () => {
      assert.ok(quotedIn(file).length > 3)
      assert.deepEqual(unknownLabels(file, shown.union(new Set(Object.keys(others)))), [])
    })
  }
  test('has no exception that nothing needs', () => {
    const quoted = new Set(documents.flatMap(quotedIn))
    for (const other of Object.keys(others)) {
      assert.ok(quoted.has(other) && !shown.has(other), other)
    }
  })
})
