import { codeWaits } from '../../../limits/codes.ts'

/** What an act does, in the words of who has to answer for it. */
export const plain = {
  passkey: (name: string, place: string, createdAt: string) =>
    `パスキー「${name}」（${place}、${createdAt} 登録）`,
  removePasskey: (loginId: string, passkey: string) =>
    `口座 ${loginId} の${passkey}を削除します。このパスキーでは、二度とログインできません。`,
  lastOne:
    '使えるパスキーはこれが最後です。多要素認証はメール認証に戻り、パスワードとメールだけでログインできるようになります。',
  othersStay: '残りのパスキーは、そのまま使えます。',
  resumePasskey: (loginId: string, passkey: string, since: string) =>
    `口座 ${loginId} の${passkey}を、再び使えるようにします（${since} から停止中）。`,
  reopen: (loginId: string, since: string, reason: string) =>
    `口座 ${loginId} のロック（${since} から、${reason}）を解除します。再びログインできるようになります。`,
  takeCodes: (loginId: string) =>
    `口座 ${loginId} で、間違いが${codeWaits.stopAt}回続いて止まっている認証コードの受け付けを、再開します。`,
  reopenMany: (from: string, since: string) =>
    `${since} 以降に、${from} のブラウザ（口座に覚えのないもの）からの緊急停止だけでロックされた口座のロックを、まとめて解除します。`,
  reopenManyCount: (count: number) =>
    `申請の時点で、${count}の口座がこれにあたります。ほかの方法でも停止またはロックされた口座、調査中の口座と、お二人の一方の口座は、そのままにします。`,
  changeEmail: (loginId: string, from: string, to: string) =>
    `口座 ${loginId} のメールアドレスを、${from} から ${to} に変更します。今後の認証コードとお知らせは、新しいアドレスに届きます。`,
  activationCode: (loginId: string) =>
    `口座 ${loginId} に、新しいパスワードを決めるための開始コードを発行します。`,
  activationGiven:
    'コードは、申請者の画面か手紙の書き出しに、一度だけ渡されます。パスワードの設定には、今のアドレスに届く認証コードも必要です。設定すると、ログイン中の端末はすべてログアウトし、お取引の制限が始まります。',
  endHold: (loginId: string, until: string) =>
    `口座 ${loginId} のお取引の制限（${until} まで）を、すぐに解除します。制限されていたお取引が、できるようになります。`,
  addOperator: (name: string, roles: string) => `${name} を、${roles} の担当者として追加します。`,
  ownAccount: (loginId: string) => `本人の口座は ${loginId} です。この口座は操作できません。`,
  changeRoles: (name: string, from: string, to: string) =>
    `${name} の役割を、${from} から ${to} に変更します。`,
  enrolmentCode: (name: string) =>
    `${name} に登録コードを発行します。使われると、以前のパスキーはすべて無効になり、ログイン中の画面はログアウトします。`,
  twoHalves: 'コードの半分はこの画面に、半分は申請者に、一度だけ表示されます。',
  hold: 'この後しばらく、お取引の制限があります。',
  noHold: 'お取引の制限はありません。',
  locked: (since: string, reason: string) =>
    `口座は ${since} からロックされています（${reason}）。`,
  lastStop: (at: string) => `最後の緊急停止は ${at} です。`,
  sessions: 'ログイン中の端末は、すべてログアウトします。',
  other: (act: string) => `${act}をします。内容は、下の文面のとおりです。`,
  lockReasons: {
    guessing: 'パスワードの誤りが続いたため',
    support: 'サポートの操作',
    holder: 'お客さまの緊急停止',
    closed: '解約',
    stolen: 'パスキーの盗難',
    unknown: '記録のとおり',
  },
} as const
