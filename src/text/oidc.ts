// The words of the pages between an application and its sign-in.
import type { Language } from './texts.ts'

const ja = {
  expiredTitle: 'ログインの受け渡しができませんでした',
  expired:
    '時間が過ぎたか、別のブラウザで始められた手続きの可能性があります。ご利用のアプリケーションに戻り、もう一度ログインしてください。',
  stepUpTitle: 'パスキーによる本人確認',
  stepUp: (application: string) =>
    `${application} の操作を続けるには、パスキーでの本人確認が必要です。`,
  stepUpLegend: '本人確認に使うパスキー',
  stepUpSubmit: '認証する',
  leave: '手続きをやめる',
  noPasskeyTitle: 'パスキーの登録が必要です',
  noPasskey: (application: string) =>
    `${application} のこの操作には、パスキーでの本人確認が必要ですが、まだパスキーが登録されていません。登録が済みましたら、アプリケーションからもう一度操作してください。`,
  noPasskeyLink: 'パスキーを登録する',
  againTitle: 'もう一度ログインしてください',
  again: (application: string) =>
    `${application} は、ログインし直すことを求めています。ログインが済むと、元の操作に戻ります。`,
  againSubmit: 'ログインし直す',
  logoutTitle: 'ログアウトしますか',
  logout:
    'ログアウトすると、このログインを使っているすべてのアプリケーションからもログアウトします。',
  logoutYes: 'ログアウトする',
  logoutNo: 'ログインしたままにする',
  loggedOutTitle: 'ログアウトの手続きが終わりました',
  loggedOut: 'この画面を閉じてください。',
  goOnTitle: 'アプリケーションに戻ります',
  goOn: '自動で画面が切り替わらないときは、「続ける」を押してください。',
  goOnLink: '続ける',
  handOver:
    'ログインの結果をアプリケーションへ渡しています。自動で画面が切り替わらないときは、「続ける」を押してください。',
  failedTitle: 'アプリケーションからの要求を受け付けられませんでした',
  failed: (code: string) =>
    `アプリケーションに戻り、もう一度お試しください。続く場合は、次の符号を添えてお問い合わせください：${code}`,
} as const

type OidcTexts = {
  readonly [K in keyof typeof ja]: (typeof ja)[K] extends string ? string : (name: string) => string
}

const en: OidcTexts = {
  expiredTitle: 'Your sign-in could not be handed over',
  expired:
    'It took too long, or it was begun in another browser. Return to your application and sign in again.',
  stepUpTitle: 'Confirm with your passkey',
  stepUp: (application) =>
    `To continue in ${application}, please confirm with a passkey that it is you.`,
  stepUpLegend: 'The passkey to confirm with',
  stepUpSubmit: 'Verify',
  leave: 'Give up',
  noPasskeyTitle: 'A passkey is needed',
  noPasskey: (application) =>
    `${application} asks for a passkey to do this, and you have not registered one yet. Once you have, start again from the application.`,
  noPasskeyLink: 'Register a passkey',
  againTitle: 'Please sign in again',
  again: (application) =>
    `${application} asks you to sign in again. You will return to what you were doing.`,
  againSubmit: 'Sign in again',
  logoutTitle: 'Sign out?',
  logout: 'You will be signed out of every application that uses this sign-in.',
  logoutYes: 'Sign out',
  logoutNo: 'Stay signed in',
  loggedOutTitle: 'Signing out is done',
  loggedOut: 'You can close this page.',
  goOnTitle: 'Returning to your application',
  goOn: 'If nothing happens by itself, press “Continue”.',
  goOnLink: 'Continue',
  handOver:
    'The result of your sign-in is being handed to your application. If nothing happens by itself, press “Continue”.',
  failedTitle: 'The request of your application cannot be answered',
  failed: (code) =>
    `Return to the application and try again. If it goes on, contact support and quote: ${code}`,
}

export const oidcTexts: Readonly<Record<Language, OidcTexts>> = { ja, en }
