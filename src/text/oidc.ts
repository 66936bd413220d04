// The words of the pages between an application and its sign-in.
import type { Language } from '../kernel/http/language.ts'
import type { Widen } from './texts.ts'

const ja = {
  stepUpTitle: 'パスキーによる本人確認',
  stepUp: (application: string) =>
    `${application}の操作を続けるには、パスキーでの本人確認が必要です。`,
  stepUpLegend: '本人確認に使うパスキー',
  stepUpSubmit: '認証する',
  leave: '手続きをやめる',
  noPasskeyTitle: 'パスキーの登録が必要です',
  noPasskey: (application: string) =>
    `${application}のこの操作には、パスキーでの本人確認が必要です。まず、パスキーを登録してください。登録が済みましたら、元の操作に戻れます。`,
  noPasskeyLink: 'パスキーを登録する',
  againTitle: 'もう一度ログインしてください',
  again: (application: string) =>
    `${application}の操作を続けるには、もう一度ログインが必要です。ログインが済むと、元の操作に戻ります。`,
  againSubmit: 'ログインし直す',
  questions: {
    'third-party': {
      title: '外部のアプリケーションとの連携',
      text: (application: string) =>
        `${application}は、当社以外の事業者が提供するアプリケーションです。お客さまの情報を渡してよいか、ご確認ください。`,
      submit: '許可する',
      leave: '許可しない',
    },
    loopback: {
      title: 'プログラムへのログインの確認',
      text: (application: string) =>
        `この端末で動いているプログラムが、${application}としてログインを求めています。`,
      submit: 'ログインする',
      leave: '手続きをやめる',
    },
    account: {
      title: 'ログインするお客さまの確認',
      text: (application: string) => `${application}に、次のお客さまとしてログインします。`,
      submit: '続ける',
      leave: '手続きをやめる',
    },
  },
  holder: (name: string) => `${name} さま`,
  loginId: (id: string) => `ログインID：${id}`,
  otherPerson: '別のお客さまとしてログインする',
  loopbackWarning: (submit: string, leave: string) =>
    `この端末のプログラムをご自身で起動してログインを始めたときだけ、「${submit}」を押してください。お心当たりがないときは、「${leave}」を押し、カスタマーサポートへご連絡ください。`,
  toldTitle: '許可すると、次の情報が渡されます。',
  told: [
    'お名前',
    'ログインID',
    'ログインした日時と認証の方法',
    '出金や売買などの制限と停止の有無、制限の理由',
    'ログインに使ったブラウザが初めてのものか、認証の方法をいつから使っているか',
  ],
  toldTo: (host: string) => `渡す先：${host}`,
  toldNote:
    'パスワードや認証コードが渡されることはありません。許可は、「セキュリティ設定」の画面でいつでも取り消せます。',
  logoutTitle: 'ログアウトしますか',
  logout:
    'ログアウトすると、このログインを使っているすべてのアプリケーションからもログアウトします。',
  logoutYes: 'ログアウトする',
  logoutNo: 'ログインしたままにする',
  signingOutTitle: 'ログアウトしています',
  loggedOutTitle: 'ログアウトしました',
  loggedOut: 'この画面を閉じてください。',
  goOnTitle: 'アプリケーションに戻ります',
  goOn: '自動で画面が切り替わらないときは、「続ける」を押してください。',
  goOnLink: '続ける',
  handOver:
    'ログインの結果をアプリケーションへ渡しています。自動で画面が切り替わらないときは、「続ける」を押してください。',
} as const

type OidcTexts = Widen<typeof ja>

const en: OidcTexts = {
  stepUpTitle: 'Confirm with your passkey',
  stepUp: (application) =>
    `To continue in ${application}, please confirm with a passkey that it is you.`,
  stepUpLegend: 'The passkey to confirm with',
  stepUpSubmit: 'Verify',
  leave: 'Cancel',
  noPasskeyTitle: 'A passkey is needed',
  noPasskey: (application) =>
    `${application} asks for a passkey to do this. Please register one first; you can then return to what you were doing.`,
  noPasskeyLink: 'Register a passkey',
  againTitle: 'Please sign in again',
  again: (application) =>
    `To go on in ${application}, please sign in again. You will return to what you were doing.`,
  againSubmit: 'Sign in again',
  questions: {
    'third-party': {
      title: 'Connect an external application',
      text: (application) =>
        `${application} is offered by another company. Please decide whether it may have your information.`,
      submit: 'Allow',
      leave: 'Do not allow',
    },
    loopback: {
      title: 'Sign in to a program?',
      text: (application) =>
        `A program on this device asks to sign in. It says that it is ${application}.`,
      submit: 'Sign in',
      leave: 'Cancel',
    },
    account: {
      title: 'Who is signing in?',
      text: (application) => `You are about to sign in to ${application} as:`,
      submit: 'Continue',
      leave: 'Cancel',
    },
  },
  holder: (name) => name,
  loginId: (id) => `Login ID: ${id}`,
  otherPerson: 'Sign in as somebody else',
  loopbackWarning: (submit, leave) =>
    `Press “${submit}” only if you have just started the program on this device and begun to sign in yourself. If not, press “${leave}” and contact customer support.`,
  toldTitle: 'If you allow it, the application receives:',
  told: [
    'your name',
    'your login ID',
    'when and how you signed in',
    'whether withdrawals or trades are paused or stopped, and why they are paused',
    'whether you signed in with a browser that is new to us, and since when you have had what proved you',
  ],
  toldTo: (host) => `Sent to: ${host}`,
  toldNote:
    'Your password and codes are never shared. You can disconnect the application in the security settings at any time.',
  logoutTitle: 'Sign out?',
  logout: 'You will be signed out of every application that uses this sign-in.',
  logoutYes: 'Sign out',
  logoutNo: 'Stay signed in',
  signingOutTitle: 'Signing you out',
  loggedOutTitle: 'You are signed out',
  loggedOut: 'You can close this page.',
  goOnTitle: 'Returning to your application',
  goOn: 'If nothing happens, press “Continue”.',
  goOnLink: 'Continue',
  handOver:
    'The result of your sign-in is being passed to your application. If nothing happens, press “Continue”.',
}

export const oidcTexts: Readonly<Record<Language, OidcTexts>> = { ja, en }
