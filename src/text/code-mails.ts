// What a code by e-mail permits, as its mail says it (rule 27).
import type { Both } from './texts.ts'

/** The purpose of a code. */
export type CodePurpose =
  | 'sign-in'
  | 'passkey-registration'
  | 'change'
  | 'new-email'
  | 'old-email'
  | 'notice-email'
  | 'activation'
  | 'forgotten'

export const codeMails: Readonly<Record<CodePurpose, { subject: Both; permits: Both }>> = {
  'sign-in': {
    subject: { ja: 'ログイン用認証コード', en: 'Your sign-in code' },
    permits: {
      ja: 'このコードを入力すると、お客さまの口座へのログインが完了します。',
      en: 'Entering this code completes a sign-in to your account.',
    },
  },
  'passkey-registration': {
    subject: { ja: 'パスキー登録用認証コード', en: 'Your code to register a passkey' },
    permits: {
      ja: 'このコードを入力すると、お客さまの口座に新しいパスキーを1つ登録できるようになります。',
      en: 'Entering this code lets one new passkey be registered for your account.',
    },
  },
  change: {
    subject: { ja: '設定変更用認証コード', en: 'Your code to change your settings' },
    permits: {
      ja: 'このコードを入力すると、お客さまの口座のパスワードやメールアドレスなどの設定を、1つ変更できるようになります。',
      en: 'Entering this code lets one setting of your account be changed, such as its password or its e-mail address.',
    },
  },
  'new-email': {
    subject: {
      ja: '新しいメールアドレスの認証コード',
      en: 'Your code to confirm your new address',
    },
    permits: {
      ja: 'このコードを入力すると、このアドレスがお客さまの口座のメールアドレスになります。',
      en: 'Entering this code makes this the e-mail address of your account.',
    },
  },
  'old-email': {
    subject: { ja: 'メールアドレス変更用認証コード', en: 'Your code to change your address' },
    permits: {
      ja: 'このコードを入力すると、お客さまの口座のメールアドレスが、このアドレスから別のアドレスに変わります。',
      en: 'Entering this code replaces this e-mail address of your account by another one.',
    },
  },
  'notice-email': {
    subject: { ja: 'お知らせ先の認証コード', en: 'Your code to confirm an address for notices' },
    permits: {
      ja: 'このコードを入力すると、お客さまの口座についてのお知らせが、このアドレスにも届くようになります。',
      en: 'Entering this code makes notices about your account go to this address too.',
    },
  },
  activation: {
    subject: { ja: 'パスワード設定用認証コード', en: 'Your code to set your password' },
    permits: {
      ja: '開始コードをお持ちの方がこのコードを入力すると、お客さまの口座のパスワードを設定できるようになります。',
      en: 'Together with the activation code, entering this code lets the password of your account be set.',
    },
  },
  forgotten: {
    subject: { ja: 'パスワード再設定用認証コード', en: 'Your code to replace your password' },
    permits: {
      ja: 'このコードを入力すると、お客さまの口座のパスワードの再設定に進みます。設定には、このほかに本人確認が必要です。',
      en: 'Entering this code goes on to a new password of your account, which needs another proof besides.',
    },
  },
}
