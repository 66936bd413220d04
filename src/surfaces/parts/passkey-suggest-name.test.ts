import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isNameTaken, readPasskeyName } from '../../domain/passkeys/name.ts'
import { en } from '../../text/en.ts'
import { ja } from '../../text/ja.ts'
import { numbered } from '../customer/web/numbered.ts'
import { suggestNames } from './passkey-suggest-name.ts'

/** Names that people typed, in forms that differ from the suggestion's and are compared as equal. */
const written = [
  ['Windows'],
  ['Ｗｉｎｄｏｗｓ', 'Windows 2', 'Ｗｉｎｄｏｗｓ　３'],
  ['windows', 'WINDOWS 2'],
  ['スマートフォン', 'スマートフォン ２', 'Phone', 'Ｐｈｏｎｅ\u00a02'],
  ['ｽﾏｰﾄﾌｫﾝ', 'ﾊﾟｿｺﾝ', 'Ｃｏｍｐｕｔｅｒ'],
]

describe('a suggested name is never refused, whatever names the account has', () => {
  for (const names of written) {
    const taken = names.map((name) => ({ name }))
    const isAllowed = (name: string) =>
      assert.ok(readPasskeyName(name) !== null && !isNameTaken(taken, name), name)

    test(`with ${names.join(', ')}`, () => {
      for (const texts of [ja, en]) {
        for (const system of ['Windows', null]) {
          const suggested = suggestNames({ system }, taken, texts)
          for (const name of Object.values(suggested)) isAllowed(name)
          const byScript = numbered(system ?? texts.devices.computer, names)
          assert.equal(byScript, suggested['this-device'], 'the page and its script agree')
        }
      }
    })
  }
})
