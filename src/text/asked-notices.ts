// What the holder is told when the support desk asks for an act: nothing has happened yet, and who did not call
// support can stop it.
import type { Language } from '../kernel/http/language.ts'

type Both = Readonly<Record<Language, string>>

/** The words of what is asked, as they stand in a sentence. */
const asked = {
  asked_remove_passkey: { ja: 'パスキーの削除', en: 'to remove a passkey' },
  asked_resume_passkey: {
    ja: '停止中のパスキーの再開',
    en: 'to resume a suspended passkey',
  },
  asked_reopen: { ja: 'ログインの受け付けの再開', en: 'to reopen sign-in' },
  asked_change_email: { ja: 'メールアドレスの変更', en: 'to change the e-mail address' },
  asked_activation_code: {
    ja: '新しいパスワードを設定するための開始コードの発行',
    en: 'to issue an activation code for a new password',
  },
  asked_end_hold: { ja: 'お取引の制限の解除', en: 'to end the hold on the account' },
} as const satisfies Readonly<Record<string, Both>>

export type AskedNotice = keyof typeof asked

/** A notice for each act. */
export const askedNotices = Object.fromEntries(
  Object.entries(asked).map(([name, { ja, en }]) => [
    name,
    {
      subject: {
        ja: 'お手続きの申請を受け付けました',
        en: 'Customer support was asked to change your account',
      },
      says: {
        ja: `カスタマーサポートで、お客さまの口座について「${ja}」の申請を受け付けました。まだ行われていません。別の担当者が内容を確かめ、行う場合は、あらためてお知らせします。`,
        en: `Customer support was asked ${en} for your account. It has not been done: a second member of support checks it first, and we will tell you if it is going ahead.`,
      },
    },
  ]),
) as Readonly<Record<AskedNotice, { subject: Both; says: Both }>>
