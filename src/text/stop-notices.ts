// What mails say of the holder's stop (rule 46).
import { minuteFrom } from '../kernel/clock.ts'
import type { Language } from '../kernel/http/language.ts'
import { formatTime, zoneIn } from '../kernel/time.ts'
import type { Both } from './texts.ts'

export type StopNotice =
  'stopped_withdrawal' | 'stopped_trading' | 'stopped_sign_in' | 'stop_lifted'

export const stopNotices: Readonly<Record<StopNotice, { subject: Both; says: Both }>> = {
  stopped_withdrawal: {
    subject: { ja: '出金を停止しました', en: 'Withdrawals were stopped' },
    says: {
      ja: '「緊急停止」の操作により、お客さまの口座からの出金を停止しました。',
      en: 'By an emergency stop, withdrawals from your account were stopped.',
    },
  },
  stopped_trading: {
    subject: { ja: '出金とお取引を停止しました', en: 'Withdrawals and trades were stopped' },
    says: {
      ja: '「緊急停止」の操作により、お客さまの口座の出金とお取引を停止しました。',
      en: 'By an emergency stop, withdrawals and trades of your account were stopped.',
    },
  },
  stopped_sign_in: {
    subject: { ja: '口座を緊急停止しました', en: 'Your account was stopped' },
    says: {
      ja: '「緊急停止」の操作により、お客さまの口座へのログインを停止しました。ログイン中の端末とアプリケーションは、すべてログアウトしました。再開するには、カスタマーサポートへご連絡ください。',
      en: 'By an emergency stop, sign-in to your account was stopped. Every device and application was signed out. To open it again, contact customer support.',
    },
  },
  stop_lifted: {
    subject: { ja: '停止を解除しました', en: 'The stop was lifted' },
    says: {
      ja: 'お客さまの口座の停止を解除しました。',
      en: 'The stop of your account was lifted.',
    },
  },
}

/** What lifts a stop: the account's factor, and a time before which it cannot be. */
export interface Lifting {
  readonly by: 'passkey' | 'email'
  readonly from: number | null
}

/** How the holder lifts the stop, and from when on. */
export function liftingWords({ by, from }: Lifting, timeZone: string, language: Language): string {
  const time = from === null ? null : formatTime(minuteFrom(from), zoneIn(language, timeZone))
  if (language === 'ja') {
    const how =
      by === 'passkey' ? 'パスキーでの本人確認' : '現在のパスワードとメールで届く認証コード'
    const when = time === null ? '' : `${time} から、`
    return `停止は、${when}ログインした画面で、${how}により解除できます。`
  }
  const how = by === 'passkey' ? 'a passkey' : 'your present password and a code by e-mail'
  const when = time === null ? '' : ` from ${time} on`
  return `You can lift the stop${when} after signing in, with ${how}.`
}
