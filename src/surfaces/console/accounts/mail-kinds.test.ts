import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedNotices } from '../../../text/asked-notices.ts'
import { consoleTexts } from '../../../text/console/console-texts.ts'
import { waitEnds, waitingNotices } from '../../../text/wait-notices.ts'
import { wordOfMail } from './mail-kinds.ts'

test('every notice about a request has a word in both languages', () => {
  for (const { account } of Object.values(consoleTexts)) {
    const kinds = [askedNotices, waitingNotices, waitEnds].flatMap(Object.keys)
    assert.ok(kinds.length > 10)
    for (const kind of kinds) assert.doesNotMatch(wordOfMail(account.mailKinds, kind), /_/, kind)
  }
})
