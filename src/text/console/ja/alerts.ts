import { wrongCallNumbers } from '../../../kernel/limits.ts'
import { duringJa } from '../../in-words.ts'

export const alerts = {
  title: '注意',
  lead: '上長と監査の担当者が見るべきことです。消すことはできません。',
  list: '注意すべきこと',
  none: '注意すべきことは、まだありません。',
  at: '時刻',
  kind: '内容',
  who: '担当者',
  account: '口座',
  open: '口座を開く',
  more: '続きを表示する',
  cases: '調査の対象の口座',
  noCases: '調査の対象の口座はありません。',
  exportLooks: '検索、表示、書き出しと注意の記録を書き出す（JSON）',
  kinds: {
    'many-by-pair': '同じ二人による手続きが多い',
    'request-at-night': '夜間の申請',
    'recovered-then-changed': '口座を開いた後のメールアドレスの変更',
    'reveal-without-ticket': '受付記録のない情報の表示',
    'too-many-requests': '申請の数の上限',
    'too-many-searches': '検索の数の上限',
    'too-many-reveals': '情報の表示の数の上限',
    'own-account': '自分の口座への操作',
    'operator-by-command': 'コマンドによる担当者の変更',
    'operator-counter': '担当者のパスキーの異常',
    'caller-said-no': 'お客様が「電話していない」と回答',
    'case-opened': '調査の開始',
    'holder-cancelled': 'お客様による取り消し',
  },
  does: {
    'many-by-pair': '二人の申請と承認を読み返し、受付記録と照らし合わせてください。',
    'request-at-night': '受付の時間外です。担当者に確かめてください。',
    'recovered-then-changed':
      '乗っ取りの典型です。お客様に登録の電話番号で確かめ、必要なら口座をロックしてください。',
    'reveal-without-ticket': '何のために見たかを、担当者に確かめてください。',
    'too-many-requests': '申請の内容を読み返してください。',
    'too-many-searches': '何を探していたかを、担当者に確かめてください。',
    'too-many-reveals': '何のために見たかを、担当者に確かめてください。',
    'own-account': '担当者が自分の口座に触れようとし、断られました。事情を確かめてください。',
    'operator-by-command':
      '覚えのない変更のときは、その担当者を削除し、システムの担当者に確かめてください。',
    'operator-counter':
      'パスキーが複製されたおそれがあります。登録コードを再発行し、古いパスキーを終わらせてください。',
    'caller-said-no':
      'お客様を装った電話です。口座の申請は終わりました。お客様に登録の電話番号で知らせてください。',
    'case-opened': '承認の担当者が調査を引き受けてください。',
    'holder-cancelled':
      '承認された手続きを、お客様が取り消しました。申請したのが本人かどうかを、登録の電話番号で確かめてください。',
  },
} as const

export const cases = {
  title: (loginId: string) => `調査：${loginId}`,
  claim: 'お申し出',
  openedAt: '始まり',
  openedBy: '始めた担当者',
  closedAt: '終わり',
  closedBy: '終えた担当者',
  open: '調査中',
  closed: '終了',
  nobody: 'まだいません',
  means:
    '口座を開く手続きは、調査の担当者だけが承認できます。ログインは止まっていません。止めるときは、口座をロックしてください。',
  take: '調査を引き受ける',
  takeHint: '引き受けると、この口座を開く手続きを承認できるのは、あなただけになります。',
  close: '調査を終える',
  closeByAnother: '調査を終えられるのは、始めた人のほかの承認の担当者です。',
  closeTitle: '調査を終える',
  closeSubmit: '結果を記録して終える',
  outcome: '結果',
  export: '記録を書き出す（JSON）',
  toAccount: '口座を開く',
  investigator: '調査の担当者',
} as const

export const calls = {
  title: '受付番号',
  lead: 'お客様の画面に出ている8桁の番号です。お客様が見ている画面が分かります。',
  number: '受付番号',
  submit: '調べる',
  hint: '番号だけでは本人かどうかは分かりません。教えてよいのは、画面に出ている案内だけです。',
  say: 'お客様に伝える言葉',
  inEnglish: '英語で伝える言葉',
  sees: 'お客様が見ている画面',
  tries: '最近の操作',
  known: '分かっていること',
  check: '本人確認',
  checkHint:
    'お客様の画面に質問が出ます。表示された2桁の数字を読み上げ、お客様に入力してもらいます。確かめた手続きにだけ使えます。',
  checkAct: '手続き',
  sendCheck: '本人確認を送る',
  readOut: 'この2桁を、お客様に読み上げてください。',
  toAccount: '口座を開く',
  checkStates: {
    asked: 'お客様の画面に質問を出しています。',
    heard: '2桁の数字が一致しました。お客様のパスキーを待っています。',
    done: '本人確認ができました。',
    denied:
      'お客様は「電話していない」と答えました。この口座の申請は終わりました。電話の相手に何も教えず、上長に知らせてください。',
    failed: '数字が一致しませんでした。この確認は終わりました。ほかの方法で確かめてください。',
    replaced: '新しい質問に替わりました。',
  },
  wrong: `違う番号が${wrongCallNumbers.failures}回続くと、${duringJa(wrongCallNumbers.window)}調べられなくなります。`,
} as const
