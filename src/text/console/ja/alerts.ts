import { wrongCallNumbers } from '../../../limits/calls.ts'
import { duringJa } from '../../in-words.ts'

export const alerts = {
  title: '要確認',
  lead: '責任者と監査の担当者が確かめることの一覧です。消すことはできません。',
  list: '確かめること',
  none: '確かめることはありません。',
  at: '時刻',
  kind: '内容',
  who: '担当者',
  account: '口座',
  open: '口座の画面へ',
  more: '続きを表示する',
  stoppedFrom: (network: string) => `接続元：${network}`,
  cases: '調査の対象の口座',
  noCases: '調査の対象の口座はありません。',
  exportLooks: '検索、表示、書き出しと要確認の記録を書き出す（JSON）',
  kinds: {
    'many-by-pair': '同じ二人による手続きが多い',
    'request-at-night': '夜間の申請',
    'recovered-then-changed': 'ログインや出金の再開に続くメールアドレスの変更',
    'reveal-without-ticket': '問い合わせ番号のない情報の表示',
    'too-many-requests': '申請の数の上限',
    'too-many-calls': 'お客さまへの電話の数の上限',
    'too-many-searches': '検索の数の上限',
    'too-many-reveals': '情報の表示の数の上限',
    'own-account': '自分の口座への操作',
    'operator-by-command': 'コマンドによる担当者の変更',
    'operator-counter': '担当者のパスキーの異常',
    'caller-said-no': 'お客さまが「電話していない」と回答',
    'case-opened': '調査の開始',
    'holder-cancelled': 'お客さまによる取り消し',
    'many-stops': '緊急停止の集中',
    'case-taken-over': '調査の引き継ぎ',
    'case-closed': '調査の終了',
  },
  does: {
    'many-by-pair': '二人の申請と承認を、問い合わせの記録と照らし合わせてください。',
    'request-at-night': '受付の時間外です。担当者に確かめてください。',
    'recovered-then-changed':
      '乗っ取りによく見られる流れです。ご登録の電話番号でお客さまに確かめ、必要なら口座をロックしてください。',
    'reveal-without-ticket': '何のために見たかを、担当者に確かめてください。',
    'too-many-requests': '申請の内容を読み返してください。',
    'too-many-calls': '何のために電話したかを、担当者に確かめてください。',
    'too-many-searches': '何を探していたかを、担当者に確かめてください。',
    'too-many-reveals': '何のために見たかを、担当者に確かめてください。',
    'own-account': '担当者が自分の口座を操作しようとし、拒否されました。事情を確かめてください。',
    'operator-by-command':
      '覚えのない変更のときは、その担当者を削除し、システムの担当者に確かめてください。',
    'operator-counter':
      'パスキーが複製されたおそれがあります。登録コードを再発行してください。使われると、以前のパスキーは無効になります。',
    'caller-said-no':
      'お客さまを装った電話のおそれがあります。承認前の申請と実行待ちの手続きは、すべて終わりました。ご登録の電話番号で、お客さまに知らせてください。',
    'case-opened': '承認者が調査を引き受けてください。',
    'case-taken-over': '前に調査していた担当者に、引き継ぎが合意の上かどうかを確かめてください。',
    'case-closed': '終えた理由を読み、お申し出と合うかどうかを確かめてください。',
    'many-stops':
      '他人のパスワードを知る者が、口座を止めているおそれがあります。お客さまに確かめ、いたずらのときは、担当者が「ロックの一括解除」を申請してください。',
    'holder-cancelled':
      '承認された手続きを、お客さまが取り消しました。電話をかけたのがご本人かどうかを、ご登録の電話番号で確かめてください。',
  },
} as const

export const cases = {
  title: (loginId: string) => `調査：${loginId}`,
  claim: 'お申し出',
  openedAt: '始めた時刻',
  openedBy: '始めた担当者',
  closedAt: '終えた時刻',
  closedBy: '終えた担当者',
  open: '調査中',
  closed: '終了',
  nobody: 'まだいません',
  means:
    'ログインや出金を再開する手続きは、調査の担当者だけが承認できます。まだいないときは、誰も承認できません。ログインは止まっていません。止めるときは、口座をロックしてください。',
  take: '調査を引き受ける',
  takeHint:
    '引き受けると、この口座のログインや出金を再開する手続きを承認できるのは、ご自身だけになります。',
  close: '調査を終える',
  closeByAnother: '調査を終えられるのは、調査を始めた人とは別の承認者です。',
  closeTitle: '調査を終える',
  closeSubmit: '結果を記録して終える',
  outcome: '結果',
  export: '記録を書き出す（JSON）',
  toAccount: '口座の画面へ',
  investigator: '調査の担当者',
} as const

export const calls = {
  title: '受付番号',
  lead: 'お客さまの画面に出ている8桁の番号です。お客さまが見ている画面が分かります。',
  number: '受付番号',
  submit: '調べる',
  hint: '番号だけでは本人かどうかは分かりません。教えてよいのは、画面に出ている案内だけです。',
  say: 'お客さまへの案内',
  inEnglish: '英語での案内',
  offers: 'ご案内できる手続き',
  sees: 'お客さまが見ている画面',
  tries: '最近の操作',
  known: '分かっていること',
  check: '本人確認',
  checkHint:
    'お客さまの画面に質問が出ます。表示された2桁の数字を読み上げ、お客さまに入力してもらいます。確かめた手続きにだけ使えます。',
  checkAct: '手続き',
  sendCheck: '本人確認を送る',
  readOut: 'この2桁を、お客さまに読み上げてください。',
  toAccount: '口座の画面へ',
  checkStates: {
    asked: 'お客さまの画面に質問を出しています。',
    heard: '2桁の数字が一致しました。お客さまのパスキーを待っています。',
    done: '本人確認ができました。',
    denied:
      'お客さまは「電話していない」と答えました。それまでの本人確認は無効になり、この口座の承認前の申請と実行待ちの手続きは、すべて終わりました。電話の相手には何も教えず、責任者に知らせてください。',
    failed: '数字が一致しませんでした。この確認は終わりました。ほかの方法で確かめてください。',
    replaced: '新しい本人確認を送ったため、この確認は終わりました。',
  },
  wrong: `${duringJa(wrongCallNumbers.window)}に誤った番号が${wrongCallNumbers.failures}回あると、その時間が過ぎるまで調べられなくなります。`,
} as const
