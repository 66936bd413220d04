import { codeLifetime } from '../../limits/codes.ts'
import { duringJa } from '../in-words.ts'
import { phoneOnline } from '../phone-online.ts'

export const signIn = {
  title: 'ログイン',
  loginId: 'ログインID',
  password: 'パスワード',
  save: '保存',
  saveLoginId: 'ログインIDを保存',
  savePassword: 'パスワードを保存',
  exact: 'パスワードは、大文字と小文字、全角と半角を区別します。ログインIDは区別しません。',
  saveHint: '共用の端末では、保存しないでください。',
  showPassword: 'パスワードを表示',
  submit: 'ログイン',
  close: '閉じる',
  forgottenBefore: 'ログインIDまたはパスワードがご不明なときは、',
  forgottenLink: 'こちら',
  forgottenAfter: 'をご覧ください。',
  linksLabel: 'ご案内',
  links: {
    terms: '利用規約',
    faq: 'よくある質問',
    precautions: 'お取引の際の注意事項',
    manual: 'マニュアル',
    maintenance: 'メンテナンス情報',
    home: 'ホームページ',
  },
  safetyTitle: '安全にご利用いただくために',
  safety: {
    bookmark: 'この画面は、公式サイトまたはブックマークから開いてください。',
    mail: '当社からの認証のメールに、リンクを載せることはありません。',
    ask: '当社の担当者が、パスワードや認証コードをお尋ねすることはありません。',
  },
} as const

export const emailCode = {
  title: '多要素認証 メール認証',
  sent: (to: string) => `認証コードの送り先：${to}`,
  enter: `メールに書かれた6桁の数字を入力してください。発行から${duringJa(codeLifetime)}有効です。`,
  code: '認証コード',
  codeHint: '空白や全角の数字が混ざっていても、そのまま入力できます。',
  submit: '認証する',
  resend: '認証コードを再送する',
  validity: '有効期限まで',
  notArrived: 'メールが届かないとき',
  notArrivedText:
    '迷惑メールのフォルダーをお確かめください。見つからないときは、認証コードを再送してください。',
  switchNote:
    'パスキーでの認証に変更することもできます。ログイン後に、セキュリティ設定の画面でお手続きください。',
  awaited: {
    until: (time: string) =>
      `認証コードの送信、または誤った入力の回数が上限に達しているため、いまは認証コードをお送りできません。${time} 以降に、「認証コードを再送する」を押してください。`,
    untilSupport:
      '誤った認証コードの入力が続いたため、認証コードをお送りできません。カスタマーサポートへご連絡ください。',
    over: '認証コードは、まだお送りしていません。「認証コードを再送する」を押すと、お送りします。',
    elsewhere: '先に届いたメールの認証コードは、そのログインを始めたブラウザでだけ使えます。',
    doubt:
      'お客さまがログインを繰り返していないときは、ほかの人がパスワードを知っているおそれがあります。すぐに、下の「緊急停止」を押してください。',
  },
  giveUp: '手続きをやめる',
} as const

export const passkey = {
  title: '多要素認証 パスキー認証',
  lead: 'パスキーを登録した端末で認証してください。',
  howTitle: '認証の進め方',
  choose: '使うパスキーを選んで「認証する」を押すと、ブラウザの認証画面が開きます。',
  order: '前回のログインで使ったパスキーを、一番上に表示しています。',
  phone: `スマートフォンで認証するときは、Bluetoothをオンにし、表示されるQRコードを読み取ってください。読み取りには、スマートフォンに付属のカメラのアプリが適しています。${phoneOnline.ja}`,
  onPhone:
    'このスマートフォンに保存したパスキーは、画面ロックの解除（顔、指紋、暗証番号など）で認証できます。QRコードの読み取りは必要ありません。',
  legend: '認証に使うパスキー',
  thisDevice: 'この端末',
  otherWay:
    'うまくいかないときは、一覧から別の端末のパスキーを選んで「認証する」を押してください。',
  noOtherWay:
    'うまくいかないときは、ブラウザと端末を再起動してお試しになるか、カスタマーサポートへご連絡ください。',
  updated: (time: string) => `最終更新日：${time}`,
  place: (place: string) => `保存先：${place}`,
  submit: '認証する',
  stop: '中止する',
  elsewhereTitle: '選んだ端末がお手元にないとき',
  elsewhere: {
    other: '一覧に、お手元の端末のパスキーがあれば、そちらを選んでください。',
    synced:
      'パスワードマネージャーに保存したパスキーは、同じアカウントでログインしている別の端末でも使えることがあります。',
    none: 'どの端末もお手元にないときは、カスタマーサポートへご連絡ください。',
  },
  notesTitle: 'ご注意事項',
  notes: {
    device: 'パスキーを登録した端末がお手元にないときは、ログインできません。',
    lost: '端末の故障や紛失で使えなくなったときは、そのパスキーを削除するお手続きが必要です。',
    support: 'パスキーの削除は、カスタマーサポートへご依頼ください。',
  },
  removalLink: 'パスキーの削除の方法とお問い合わせ先',
  faqLink: 'パスキーに関するその他のご質問',
  giveUp: '手続きをやめる',
} as const
