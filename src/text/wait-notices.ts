// What the holder is told when an act was approved and waits: until when, and how it is cancelled.
import type { Language } from '../kernel/http/language.ts'

type Both = Readonly<Record<Language, string>>

/** What was approved, and when it will be done, in a sentence of each. */
const waiting = {
  waits_remove_passkey: {
    ja: 'パスキーの削除を承認しました。このパスキーの使用は、いま止めました。削除は、下の日時に行います。',
    en: 'Customer support approved the removal of a passkey. It is suspended from now on, and will be removed at the time below.',
  },
  waits_resume_passkey: {
    ja: '停止中のパスキーの再開を承認しました。下の日時に行います。',
    en: 'Customer support approved resuming a suspended passkey. It will be done at the time below.',
  },
  waits_reopen: {
    ja: 'ログインの受け付けの再開を承認しました。下の日時に行います。',
    en: 'Customer support approved reopening sign-in to your account. It will be done at the time below.',
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
    ja: 'お取引の制限の解除を承認しました。下の日時に行います。',
    en: 'Customer support approved the end of the hold on the account. It will be done at the time below.',
  },
} as const satisfies Readonly<Record<string, Both>>

export type WaitNotice = keyof typeof waiting

const byPasskeyOrTelephone: Both = {
  ja: 'それまでは、登録済みの別のパスキーでログインするか、カスタマーサポートへご連絡いただくと、取り消せます。',
  en: 'Until then you can cancel it by signing in with another registered passkey, or by contacting customer support.',
}

/** Where nobody can sign in until it is done. */
const byTelephone: Both = {
  ja: 'それまでは、カスタマーサポートへお電話いただくと、取り消せます。',
  en: 'Until then you can cancel it by telephoning customer support.',
}

const waysToCancel: Readonly<Partial<Record<WaitNotice, Both>>> = { waits_reopen: byTelephone }

export const waitingNotices = Object.fromEntries(
  Object.entries(waiting).map(([name, { ja, en }]) => {
    const cancel = waysToCancel[name as WaitNotice] ?? byPasskeyOrTelephone
    return [
      name,
      {
        subject: { ja: 'お手続きを予定しています', en: 'A change to your account is planned' },
        says: {
          ja: `カスタマーサポートが、お客さまの口座について、${ja}${cancel.ja}`,
          en: `${en} ${cancel.en}`,
        },
      },
    ]
  }),
) as Readonly<Record<WaitNotice, { subject: Both; says: Both }>>

/** What is told when what waited will not be done. */
export const waitEnds = {
  wait_cancelled: {
    subject: {
      ja: '予定していたお手続きを取り消しました',
      en: 'A planned change was cancelled',
    },
    says: {
      ja: 'お客さまの口座について予定していたカスタマーサポートのお手続きを取り消しました。このお手続きは行われません。すでに使用を止めたパスキーは、止めたままです。',
      en: 'The change that customer support had planned for your account was cancelled and will not be made. A passkey that was suspended stays suspended.',
    },
  },
  wait_lapsed: {
    subject: {
      ja: '予定していたお手続きを行いませんでした',
      en: 'A planned change was not made',
    },
    says: {
      ja: '承認のあとで、お手続きの前提となる状況が変わったため、お客さまの口座について予定していたカスタマーサポートのお手続きを行いませんでした。必要なときは、もう一度お申し出ください。',
      en: 'Circumstances changed after the approval, so customer support did not make the planned change to your account. If you still need it, please ask again.',
    },
  },
} as const satisfies Readonly<Record<string, { subject: Both; says: Both }>>

export type WaitEnd = keyof typeof waitEnds
