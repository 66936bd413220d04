import { pairRemembered, requestLifetime } from '../../../kernel/limits.ts'
import { inWords } from '../../in-words.ts'

/** How long a pair is remembered. */
const remembered = inWords(pairRemembered, 'ja')

export const requestStates = {
  waiting: '承認待ち',
  approved: '承認済み・実行待ち',
  done: '実行済み',
  refused: '却下',
  withdrawn: '取り下げ',
  cancelled: '取り消し',
  lapsed: '失効',
} as const

export const requests = {
  title: '申請',
  lead: `申請は、別の担当者が承認すると実行されます。${inWords(requestLifetime, 'ja')}で失効します。`,
  mine: '自分が承認できる申請',
  mineNone: '自分が承認できる申請はありません。',
  others: 'そのほかの申請',
  othersNone: '申請はまだありません。',
  act: '手続き',
  about: '対象',
  asker: '申請者',
  askedAt: '申請',
  state: '状態',
  ends: '期限',
  ownHint: '自分の申請',
  filter: '状態で絞る',
  all: 'すべて',
  apply: '絞り込む',
  more: '続きを表示する',
} as const

export const request = {
  title: (acts: string) => `申請：${acts}`,
  plainTitle: '承認すると、こうなります',
  signedTitle: '署名される文面',
  signedNote:
    '承認に使うパスキーは、次の文面そのものに署名します。上の説明は、この文面から作っています。',
  digest: '文面のダイジェスト（SHA-256）',
  facts: '申請の内容',
  account: '口座',
  operator: '担当者',
  asker: '申請者',
  askedAt: '申請した時刻',
  expiresAt: '失効する時刻',
  approver: '承認者',
  decidedAt: '承認または却下の時刻',
  takesEffectAt: '実行される時刻',
  doneAt: '実行した時刻',
  closedReason: '終わった理由',
  checks: '本人確認',
  noChecks: '本人確認が不要な手続きです。',
  method: '方法',
  number: 'かけ直した番号',
  at: '時刻',
  approve: '承認する',
  approveHint: '押すと、ご自身のパスキーで文面に署名します。',
  refuse: '却下する',
  refuseTitle: '申請を却下する',
  refuseReason: '却下の理由',
  refuseSubmit: '理由を添えて却下する',
  withdraw: '取り下げる',
  withdrawTitle: 'この申請を取り下げる',
  withdrawText: '取り下げた申請は、元に戻せません。必要なときは、もう一度申請してください。',
  withdrawSubmit: '申請を取り下げる',
  own: 'ご自身の申請です。別の担当者の承認を待っています。',
  notYours: 'ご自身の役割では、この申請を承認できません。',
  waitsUntil: '承認されました。実行されるまでは、お客さまと担当者が取り消せます。実行される時刻：',
  done: '実行済みです。',
  closed: {
    refused: '却下されました。必要なときは、理由を確かめて、もう一度申請してください。',
    withdrawn: '申請者が取り下げました。',
    cancelled: '実行される前に、取り消されました。',
    lapsed:
      '失効しました。期限が過ぎたか、文面に書かれた状態が変わったか、申請者または承認者がその手続きを行えなくなりました。必要なときは、今の状態で、もう一度申請してください。',
  },
  lapses: {
    expired: '期限までに承認されませんでした。',
    changed: '文面に書かれた状態が、その後に変わりました。',
    right_ended: '申請者または承認者が、その手続きを行えなくなりました。',
    erased: '口座の記録が消去されました。',
    case_open: '口座が調査中になりました。',
  },
  obstacles: {
    own_request: 'ご自身の申請です。別の担当者の承認を待っています。',
    role: 'ご自身の役割では、この申請を承認できません。',
    own_account: 'ご自身の口座への手続きは、承認できません。別の承認者に頼んでください。',
    own_change: 'ご自身についての手続きは、承認できません。別の管理者に頼んでください。',
    made_each_other: `${remembered}以内に、ご自身と申請者の一方が他方を担当者に追加したか、役割や登録コードを与えました。別の承認者に頼んでください。`,
    made_lately: `ご自身は${remembered}以内に担当者に追加されたか、役割や登録コードを与えられました。別の承認者に頼んでください。`,
    same_pair: `${remembered}以内に、同じ二人で、この口座のログインや出金を再開する手続きをしました。別の承認者に頼んでください。`,
  },
  showHalf: '半分を表示する（一度だけ）',
  handOverTitle: '登録コードの半分（今だけ表示します）',
  approverHalf: '承認者の半分',
  approverHand:
    'この半分を、登録する本人に、ご自身で直接渡してください。電話で読み上げるか、対面で見せます。メールやチャットには書かないでください。',
  askerHalf: '申請者の半分',
  askerHand:
    'この半分を、登録する本人に、ご自身で直接渡してください。もう半分は、承認者が渡します。本人は、承認者の半分、申請者の半分の順に続けて入力します。',
  noted: '控えました',
  receipt: '受領証（JSON）を保存する',
  receiptHint: '受領証は、このサーバーがなくても確かめられます。',
  back: '申請の一覧へ',
} as const
