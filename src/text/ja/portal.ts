import { days } from '../../kernel/clock.ts'
import { failuresWindow } from '../../limits/accounts.ts'

/** Rule 11, by what a hold covers, in the same words wherever it is said. */
export const hold = {
  withdrawal: {
    until: (time: string) =>
      `出金などのお手続きを、${time}まで制限しています（株式などの売買は、これまでどおりご利用いただけます）`,
    ahead: (length: string, time: string) =>
      `安全のため、そのあと${length}（今なら${time}まで）、出金などのお手続きができません。株式などの売買は、これまでどおりご利用いただけます。`,
  },
  /** Where trading is stopped otherwise. */
  withdrawalAlone: {
    until: (time: string) => `出金などのお手続きを、${time}まで制限しています`,
    ahead: (length: string, time: string) =>
      `安全のため、そのあと${length}（今なら${time}まで）、出金などのお手続きができません。`,
  },
  all: {
    until: (time: string) => `出金などのお手続きと株式などの売買を、${time}まで制限しています`,
    ahead: (length: string, time: string) =>
      `安全のため、そのあと${length}（今なら${time}まで）、出金などのお手続きと株式などの売買ができません。`,
  },
} as const

export const portal = {
  title: 'セキュリティ設定',
  holder: (name: string) => `${name} さま`,
  loginId: (id: string) => `ログインID：${id}`,
  signedInAt: (time: string) => `今回のログイン：${time}`,
  previousSignIn: (time: string, device: string) => `前回のログイン：${time}　${device}`,
  signOut: 'ログアウト',
  holdText: 'お心当たりのない変更があるときは、すぐにカスタマーサポートへご連絡ください。',
  holdReason: (reason: string) => `理由：${reason}`,
  holdReasons: {
    first_passkey: '最初のパスキーが登録されたため',
    factor_switched_to_email: '多要素認証がメール認証に戻されたため',
    last_passkey_removed: '最後のパスキーが削除されたため',
    passkey_resumed: '止めていたパスキーの使用が再開されたため',
    account_reopened: '口座のログインが再開されたため',
    password_changed: 'パスワードが変更されたため',
    email_changed: 'メールアドレスが変更されたため',
  },
  offer: {
    title: 'このパソコンでも、パスキーを使えます',
    text: '先ほどのログインでは、スマートフォンのパスキーを使いました。このパソコンにもパスキーを登録すると、次回からQRコードを読み取らずに認証できます。',
    accept: 'このパソコンを登録する',
    decline: '今後表示しない',
  },
  factorTitle: '多要素認証',
  factorNow: '現在の認証方法',
  factors: { email: 'メール認証', passkey: 'パスキー認証' },
  factorTexts: {
    email: 'ログインのたびに、登録のメールアドレスへ認証コードを送ります。',
    passkey: 'ログインのたびに、登録済みのパスキーで認証します。',
  },
  factorAdvice:
    'パスキーは偽のサイトでは使えないため、より安全な認証方法です。パスキー認証への変更をおすすめします。',
  factorLink: '認証方法の設定',
  passkeysTitle: 'パスキー',
  passkeysNone:
    'パスキーはまだ登録されていません。登録すると、顔、指紋、PINなどで安全にログインできます。',
  passkeysSecond:
    '端末の故障や紛失に備えて、別の端末でもパスキーを登録しておくことをおすすめします。',
  passkeySuspended: '停止中',
  passkeySuspendedText:
    'カスタマーサポートが使用を止めています。ログインにも本人確認にも使えません。端末が見つかったときは、カスタマーサポートへご連絡ください。',
  passkeysRemoval: '使わなくなったパスキーの削除は、カスタマーサポートが承ります。',
  removalLink: 'パスキーの削除の方法とお問い合わせ先',
  register: 'パスキー登録',
  created: (time: string) => `登録：${time}`,
  lastUsed: (time: string) => `最終利用：${time}`,
  neverUsed: 'まだ使っていません。いま試すと、明日の朝も安心です',
  notBackedUp: '登録した端末だけに保存',
  sessionsTitle: 'ログイン中の端末',
  sessionCurrent: 'この端末',
  sessionSince: (time: string) => `ログイン：${time}`,
  sessionSeen: (time: string) => `最終操作：${time}`,
  sessionApplicationsOnly: 'アプリケーションのご利用だけが続いています',
  sessionEnd: '終了する',
  sessionEndName: (what: string, time: string) => `終了する（${what}、${time}）`,
  homesTitle: 'アプリケーションを開く',
  activityTitle: '最近の履歴',
  activityNone: '履歴はまだありません。',
  failuresTitle: `失敗した操作（過去${failuresWindow / days}日間）`,
  failuresCount: (count: number, orMore: boolean) => `${count}回${orMore ? '以上' : ''}`,
  failuresLast: (time: string) => `最終：${time}`,
  unknownBrowser: '不明なブラウザ',
  device: (browser: string, system: string) => `${browser}（${system}）`,
} as const

export const secondFactor = {
  title: '多要素認証の方法',
  lead: 'ログインのときに、パスワードに加えて行う認証の方法を選びます。',
  legend: '認証の方法',
  email: 'メール認証',
  passkey: 'パスキー認証',
  hints: {
    email: '登録のメールアドレスに届く認証コードを入力します。',
    passkey: '登録済みのパスキーで認証します。偽のサイトでは使えないため、より安全です。',
  },
  current: '現在の方法',
  submit: '変更する',
  proof: '「変更する」を押すと、登録済みのパスキーで本人確認をします。',
  effect: '変更すると、ほかの端末でのログインは終了します。お知らせのメールも送ります。',
  cautions: {
    email: 'メール認証に戻すと、パスキーよりも偽のサイトに弱くなります。',
    passkey:
      'パスキー認証に変更したあとは、パスキーなしではログインできません。故障や紛失に備えて、2台以上の端末での登録をおすすめします。',
  },
  noneTitle: '先にパスキーを登録してください',
  none: 'パスキー認証を選ぶには、パスキーの登録が必要です。登録は、セキュリティ設定の画面から行えます。',
  noneLink: 'パスキーの登録へ',
  chooserTitle: '本人確認',
  chooser: '使うパスキーを選び、「認証する」を押してください。',
  chooserLegend: '本人確認に使うパスキー',
  chooserSubmit: '認証する',
  doneTitle: '多要素認証の方法を変更しました',
  done: {
    email: '次回のログインから、登録のメールアドレスに届く認証コードを入力していただきます。',
    passkey: '次回のログインから、登録済みのパスキーで認証していただきます。',
  },
} as const
