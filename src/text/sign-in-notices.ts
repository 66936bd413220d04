// What the holder is told of sign-ins, and what to do when they were somebody else's.
import { unfinishedToldEach } from '../limits/sessions.ts'
import { inWords } from './in-words.ts'
import type { Both } from './texts.ts'

/** Whoever signed in has the factors, so what stops at once comes first. */
const stop: Both = {
  ja: 'お心当たりがないときは、すぐに止めてください。当社のサイトをご自身で開き、ログインIDとパスワードを入力したあとの画面で「緊急停止」を押すか、カスタマーサポートへご連絡ください。',
  en: 'If this was not you, stop it at once: open our site yourself, enter your login ID and password, and press “Emergency stop” on the page that follows, or contact customer support.',
}

export const signInNotices = {
  new_browser: {
    subject: { ja: '新しいブラウザからログインがありました', en: 'A sign-in from a new browser' },
    says: {
      ja: 'これまでお客さまの口座にログインしたことのないブラウザから、ログインがありました。ブラウザの記録を消したあとや、シークレットウィンドウでのログイン、パスワードやメールアドレスの変更後はじめてのログインも、新しいブラウザとしてお知らせします。',
      en: 'Your account was signed in to from a browser that had not signed in to it before. A browser whose data were deleted, a private window, and the first sign-in after a change of your password or address count as new.',
    },
    todo: stop,
  },
  signed_in: {
    subject: { ja: 'ログインがありました', en: 'A sign-in to your account' },
    says: {
      ja: 'お客さまの口座に、これまでにもログインしたことのあるブラウザから、ログインがありました。このお知らせは、お客さまのご希望により、ログインのたびにお送りしています。',
      en: 'Your account was signed in to, from a browser that had signed in to it before. You asked to be told of every sign-in.',
    },
    todo: stop,
  },
  sign_in_unfinished: {
    subject: { ja: 'ログインが完了しませんでした', en: 'A sign-in that was not completed' },
    says: {
      ja: `下の日時に、お客さまのログインIDと正しいパスワードが入力されましたが、そのあとの認証が完了しませんでした。ログインはされていません。ご自身でログインをやめたときは、何もなさらなくて大丈夫です。このお知らせは、${inWords(unfinishedToldEach, 'ja')}に1通までお送りします。`,
      en: 'At the time below somebody entered your login ID and the right password, but did not complete the authentication that follows. Nobody was signed in. If you gave up the sign-in yourself, you need not do anything. We send this notice once an hour at most.',
    },
    todo: {
      ja: 'お心当たりがないときは、パスワードをほかの人に知られているおそれがあります。当社のサイトをご自身で開いてログインし、すぐにパスワードを変更してください。ログインできないときや、ご不安なときは、カスタマーサポートへご連絡ください。',
      en: 'If this was not you, somebody may know your password: open our site yourself, sign in, and change it at once. If you cannot sign in, or are worried, contact customer support.',
    },
  },
} as const satisfies Readonly<Record<string, { subject: Both; says: Both; todo: Both }>>

export type SignInNotice = keyof typeof signInNotices
