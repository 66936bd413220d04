// What the holder is told when an act was approved and waits: until when, and how it is cancelled.
import type { Language } from '../kernel/http/language.ts'

type Both = Readonly<Record<Language, string>>

/** What was approved, and when it will be done, in a sentence of each. */
const waiting = {
  waits_remove_passkey: {
    ja: 'パスキーの削除を承認しました。このパスキーの使用は、いま止めました。削除は、下の日時に行います。',
    en: 'Customer support approved the removal of a passkey. It was suspended now, and will be removed at the time below.',
  },
  waits_resume_passkey: {
    ja: '止めていたパスキーの使用の再開を承認しました。下の日時に行います。',
    en: 'Customer support approved that a suspended passkey is resumed. It will be done at the time below.',
  },
  waits_reopen: {
    ja: 'ログインの受け付けの再開を承認しました。下の日時に行います。',
    en: 'Customer support approved that sign-in to your account is reopened. It will be done at the time below.',
  },
  waits_change_email: {
    ja: 'メールアドレスの変更を承認しました。下の日時に行います。',
    en: 'Customer support approved a change of your e-mail address. It will be done at the time below.',
  },
  waits_activation_code: {
    ja: '新しいパスワードを設定するための開始コードの発行を承認しました。下の日時に行います。',
    en: 'Customer support approved an activation code for a new password. It will be issued at the time below.',
  },
  waits_end_hold: {
    ja: '出金の制限の解除を承認しました。下の日時に行います。',
    en: 'Customer support approved the end of the hold on withdrawals. It will be done at the time below.',
  },
} as const satisfies Readonly<Record<string, Both>>

export type WaitNotice = keyof typeof waiting

/** The notice of each act that may wait. */
export const waitNotices: Readonly<Partial<Record<string, WaitNotice>>> = {
  'remove-passkey': 'waits_remove_passkey',
  'resume-passkey': 'waits_resume_passkey',
  reopen: 'waits_reopen',
  'change-email': 'waits_change_email',
  'activation-code': 'waits_activation_code',
  'end-hold': 'waits_end_hold',
}

export const waitingNotices = Object.fromEntries(
  Object.entries(waiting).map(([name, { ja, en }]) => [
    name,
    {
      subject: { ja: 'お手続きを予定しています', en: 'A change of your account is planned' },
      says: {
        ja: `カスタマーサポートが、お客さまの口座について、${ja}それまでは、登録済みの別のパスキーでログインするか、カスタマーサポートへご連絡いただくと、取り消せます。`,
        en: `${en} Until then you can cancel it by signing in with another registered passkey, or by contacting customer support.`,
      },
    },
  ]),
) as Readonly<Record<WaitNotice, { subject: Both; says: Both }>>
