// Words that customers read wrongly, or that the product has a better one for, in no text of either language.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const instead: Readonly<Record<string, string>> = {
  あなた: 'お客さま',
  係員: '担当者',
  失くし: '紛失',
  符号: 'エラー番号',
  受け渡し: 'ログインを完了できませんでした',
  が変わりました: 'が変更されました',
  しばらくの間は: 'the length and the end (texts.hold)',
  お取引を一時的: 'texts.hold, as trading goes on',
  端末を1つ選: '使うパスキーを選',
  'Give up': 'Cancel sign-in',
  'false site': 'fake site',
  'could not be reached': 'We could not connect',
  'Your face needs': 'Face recognition needs',
  'Kept in': 'Saved on',
  'handed over': 'We could not finish signing you in',
  'How it goes': 'What to do',
  'paused for a while for': 'the length and the end (texts.hold)',
}
/** Quoted to the letter: what a page asks while support is on the telephone is the same everywhere. */
const quoted: Readonly<Record<string, string>> = {
  'src/text/ja/call.ts': 'この電話はあなたから当社へかけましたか',
}
/** What the desk calls by another name: one thing has one name in the console, its mails and its manual. */
const insteadAtDesk: Readonly<Record<string, string>> = {
  口座を開: 'ログインや出金を再開する手続き, or 口座の画面へ (it means a new account)',
  オペレーター: '担当者',
  承認の担当者: '承認者',
  承認した人: '承認者',
  申請した人: '申請者',
  お客様: 'お客さま',
  出金の停止: 'お取引の制限, as it may cover trades',
  出金の制限: 'お取引の制限, as it may cover trades',
  出金停止: 'お取引の制限',
  出金はしばらく: 'しばらく、お取引の制限があります',
  ログイン停止: 'ロック',
  受付記録: '問い合わせ番号, as 受付番号 is another thing',
  上長: '責任者',
  'It is so already': 'This has already been done',
  'of who asked': 'the asker’s',
  'Ask to': 'Request …',
  'Ask for an': 'Request …',
  'Lead the caller': 'Refer the caller',
  Reopen: 'Unlock',
}
const folder = join(import.meta.dirname, '../..')
const files = globSync(['src/text/**/*.ts', 'examples/trading-desk/texts.ts'], { cwd: folder })

function textOf(file: string): string {
  const text = readFileSync(join(folder, file), 'utf8')
  const exact = quoted[file]
  return exact === undefined ? text : text.replace(exact, '')
}

const atDesk = globSync(
  [
    'src/text/console/**/*.ts',
    'src/text/{ja,en}/{console,operator}-problems.ts',
    'src/text/advice/*.ts',
    'src/text/operator-mails.ts',
    'docs/support.ja.md',
    'docs/support.md',
  ],
  { cwd: folder },
)

for (const [word, better] of Object.entries(insteadAtDesk)) {
  test(`the desk nowhere says 「${word}」: ${better}`, () => {
    assert.deepEqual(
      atDesk.filter((file) => textOf(file).includes(word)),
      [],
    )
  })
}

test('callers are "they" at the desk', () => {
  const found = atDesk.filter((file) => /\b(?:she|her|hers|he|him|his)\b/iu.test(textOf(file)))
  assert.deepEqual(found, [])
})

for (const [word, better] of Object.entries(instead)) {
  test(`「${word}」 is nowhere said: ${better}`, () => {
    const found = files
      .filter((file) => !file.endsWith('.test.ts'))
      .filter((file) => textOf(file).includes(word))
    assert.deepEqual(found, [])
  })
}
