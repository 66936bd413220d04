// What the holder is told of changes to whom and what is told: at every address, also the one that was taken away.
import { days } from '../kernel/clock.ts'
import { formerEmailKept } from '../limits/accounts.ts'
import type { Both } from './texts.ts'

export type NoticesNotice =
  'notice_address_set' | 'notice_address_removed' | 'sign_ins_told' | 'sign_ins_untold'

const kept = formerEmailKept / days

export const noticesNotices: Readonly<Record<NoticesNotice, { subject: Both; says: Both }>> = {
  notice_address_set: {
    subject: { ja: 'お知らせ先が登録されました', en: 'An address for notices was set' },
    says: {
      ja: `お客さまの口座のお知らせを受け取るもう1つのメールアドレスが、登録または変更されました。変更前のお知らせ先にも、${kept}日間はお知らせをお送りします。認証コードは、これまでどおり登録のメールアドレスだけにお送りします。`,
      en: `A second e-mail address that gets notices about your account was set or changed. One that was replaced gets notices for ${kept} more days. Codes go to your registered address alone, as before.`,
    },
  },
  notice_address_removed: {
    subject: { ja: 'お知らせ先が削除されました', en: 'An address for notices was removed' },
    says: {
      ja: `お客さまの口座のお知らせを受け取るもう1つのメールアドレスが、削除されました。削除されたお知らせ先にも、${kept}日間はお知らせをお送りします。`,
      en: `The second e-mail address that gets notices about your account was removed. It gets notices for ${kept} more days.`,
    },
  },
  sign_ins_told: {
    subject: {
      ja: 'ログインのお知らせを始めます',
      en: 'Every sign-in is told from now on',
    },
    says: {
      ja: 'お知らせの設定が変更されました。これからは、お客さまの口座へのログインのたびに、メールでお知らせします。',
      en: 'What we tell you was changed: from now on you get a mail at every sign-in to your account.',
    },
  },
  sign_ins_untold: {
    subject: {
      ja: 'ログインのお知らせを終わります',
      en: 'Sign-ins from known browsers are told no more',
    },
    says: {
      ja: 'お知らせの設定が変更されました。これからは、新しいブラウザからのログインだけを、メールでお知らせします。',
      en: 'What we tell you was changed: from now on you get a mail only at sign-ins from new browsers.',
    },
  },
}
