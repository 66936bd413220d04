import { operatorIdle, operatorLongest } from '../../../limits/operators.ts'
import { duringJa, inWords } from '../../in-words.ts'

export const frame = {
  title: (page: string, brand: string) => `${page} | ${brand} サポート業務用`,
  mark: 'サポート業務用',
  otherLanguage: 'English',
  skip: '本文へ移る',
  navigation: '業務',
  pages: {
    accounts: '口座',
    calls: '受付番号',
    requests: '申請',
    alerts: '要確認',
    operators: '担当者',
    me: '自分のパスキー',
  },
  signedInAs: (name: string, roles: string) => `${name}（${roles}）`,
  sessionEnds: 'ログアウトまで',
  signOut: 'ログアウト',
  requestId: (id: string) => `エラー番号：${id}`,
  toStart: '最初の画面へ',
  noScript:
    'この画面を使うには JavaScript が必要です。ブラウザの設定で有効にしてから、画面を読み込み直してください。',
  quoted: (text: string) => `「${text}」`,
  inBrackets: (text: string) => `（${text}）`,
  listed: '、',
  none: 'なし',
  unknown: '不明',
  close: '閉じる',
  cancel: 'やめる',
  reason: '理由',
  ticket: '問い合わせ番号',
  reasonHint:
    'あとで読む人に分かるように、手続きをする理由を書いてください。記録に残るため、氏名や住所などの個人情報は書かないでください。お客さまには表示されません。',
  ticketHint: '問い合わせ管理システムの番号です。',
  session: {
    title: 'まもなく自動でログアウトします',
    text: `${duringJa(operatorIdle)}操作がないと、自動でログアウトします。続けるときは「続ける」を押してください。入力した内容は残ります。`,
    lastText: `ログインから${inWords(operatorLongest, 'ja')}で、自動でログアウトします。この時間は延ばせません。入力中の作業を済ませてください。`,
    goOn: '続ける',
    dismiss: '閉じる',
    overTitle: 'ログアウトしました',
    overNote:
      'お客さまの情報を画面から消しました。入力中の内容はこの画面に残っています。ログインし直すと、続きから入力できます。',
    signIn: 'パスキーでログインし直す',
  },
} as const

export const shortcuts = {
  title: 'キーボードの操作',
  open: 'キーボードの操作を見る',
  intro: '文字の入力中は使えません。ブラウザや読み上げソフトの操作と重なるときは、無効にできます。',
  on: '文字のキーだけでの操作を有効にする',
  keys: 'キー',
  does: '働き',
  rows: {
    search: '口座を検索する',
    help: 'この一覧を開く',
    next: '一覧の次の行へ',
    previous: '一覧の前の行へ',
    open: '選んだ行を開く',
    accounts: '口座へ',
    calls: '受付番号へ',
    requests: '申請へ',
    alerts: '要確認へ',
    operators: '担当者へ',
    me: '自分のパスキーへ',
    close: '開いているダイアログを閉じる',
  },
  then: '続けて',
} as const

export const roles = {
  agent: '受付',
  approver: '承認',
  admin: '管理',
  auditor: '監査',
} as const

export const acts = {
  'remove-passkey': 'パスキーの削除',
  'resume-passkey': '停止中のパスキーの再開',
  reopen: 'ロックの解除',
  'reopen-many': 'ロックの一括解除',
  'change-email': 'メールアドレスの変更',
  'activation-code': '開始コードの発行',
  'end-hold': 'お取引の制限の解除',
  'add-operator': '担当者の追加',
  'change-roles': '役割の変更',
  'enrolment-code': '登録コードの発行',
} as const
