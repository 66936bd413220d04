// What mails say of the holder's stop (rule 46).
import type { Both } from './texts.ts'

export type StopNotice =
  'stopped_withdrawal' | 'stopped_trading' | 'stopped_sign_in' | 'stop_lifted'

export const stopNotices: Readonly<Record<StopNotice, { subject: Both; says: Both }>> = {
  stopped_withdrawal: {
    subject: { ja: '出金を停止しました', en: 'Withdrawals were stopped' },
    says: {
      ja: '「緊急停止」の操作により、お客さまの口座からの出金を停止しました。ログインした画面から、停止を解除できます。',
      en: 'By an emergency stop, withdrawals from your account were stopped. You can lift the stop after signing in.',
    },
  },
  stopped_trading: {
    subject: { ja: '出金とお取引を停止しました', en: 'Withdrawals and trades were stopped' },
    says: {
      ja: '「緊急停止」の操作により、お客さまの口座の出金とお取引を停止しました。ログインした画面から、停止を解除できます。',
      en: 'By an emergency stop, withdrawals and trades of your account were stopped. You can lift the stop after signing in.',
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
