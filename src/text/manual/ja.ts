// The customers' manual in Japanese. Words in 「」 are those of the screens, the drawings and the mails.
import { start, device } from './ja/preparing.ts'
import { email, computer, smartphone } from './ja/registering.ts'
import { signIn, passkey, emailFactor, removal } from './ja/signing-in.ts'

export const ja = {
  title: 'ログインとパスキーのご利用マニュアル',
  lead: (brand: string) =>
    `${brand} のログイン、パスキーの登録、認証の方法の変更について、画面の図とともにご説明します。図の中の番号は、図のすぐ下にある説明の番号です。`,
  contents: '目次',
  pdf: '印刷用のPDFを保存する',
  picture: (title: string) => `画面の図：${title}`,
  label: (name: string) => `「${name}」`,
  contact: 'お問い合わせ先',

  chapters: {
    start,
    device,
    email,
    computer,
    smartphone,
    signIn,
    passkey,
    emailFactor,
    removal,
  },
} as const
