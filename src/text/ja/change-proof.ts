// The fresh proof before a change (rules 8 and 42), in a dialog over the page that needs it.
import { codeLifetime } from '../../limits/codes.ts'
import { permissionLifetime } from '../../limits/passkeys.ts'
import { duringJa, inWords } from '../in-words.ts'

export const changeProof = {
  title: '本人確認',
  passkey: '使うパスキーを選び、「認証する」を押してください。',
  legend: '本人確認に使うパスキー',
  email: `登録のメールアドレスへ、認証コードを送りました。メールに書かれた6桁の数字を入力してください。発行から${duringJa(codeLifetime)}有効です。`,
  code: '認証コード',
  submit: '認証する',
  resend: '認証コードを再送する',
  cancel: '中止する',
  note: `入力した内容は、そのまま残ります。認証してから${inWords(permissionLifetime, 'ja')}以内に、1つの変更ができます。`,
} as const

/** For the script of every page with that dialog. */
export const changeProofWords = {
  format: '6桁の数字を入力してください。',
  resent: '新しい認証コードを発行しました。届いたメールの6桁の数字を入力してください。',
  cancelled: '本人確認を中止しました。何も変更していません。',
} as const
