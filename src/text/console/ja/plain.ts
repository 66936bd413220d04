/** What an act does, in the words of who has to answer for it. */
export const plain = {
  passkey: (name: string, place: string, createdAt: string) =>
    `パスキー「${name}」（${place}、${createdAt} 登録）`,
  removePasskey: (loginId: string, passkey: string) =>
    `口座 ${loginId} の${passkey}を削除します。このパスキーでは、二度とログインできません。`,
  lastOne:
    '使えるパスキーはこれが最後です。多要素認証はメール認証に戻り、パスワードとメールだけでログインできるようになります。',
  othersStay: 'ほかのパスキーは、そのまま使えます。',
  resumePasskey: (loginId: string, passkey: string, since: string) =>
    `口座 ${loginId} の${passkey}を、再び使えるようにします（${since} から停止中）。`,
  reopen: (loginId: string, since: string, reason: string) =>
    `口座 ${loginId} のロック（${since} から、${reason}）を解きます。再びログインできるようになります。`,
  reopenMany: (from: string, since: string) =>
    `${since} 以降に ${from} から停止された口座を、まとめて元に戻します。`,
  changeEmail: (loginId: string, from: string, to: string) =>
    `口座 ${loginId} のメールアドレスを、${from} から ${to} に変えます。これからの認証コードとお知らせは、新しいアドレスに届きます。`,
  activationCode: (loginId: string) =>
    `口座 ${loginId} に、新しいパスワードを決めるための開始コードを発行します。`,
  endHold: (loginId: string, until: string) =>
    `口座 ${loginId} の出金の停止（${until} まで）を、すぐに終わらせます。すぐに出金できるようになります。`,
  addOperator: (name: string, roles: string) => `${name} を、${roles} の担当者として加えます。`,
  ownAccount: (loginId: string) => `本人の口座は ${loginId} です。この口座には触れられません。`,
  changeRoles: (name: string, from: string, to: string) =>
    `${name} の役割を、${from} から ${to} に変えます。ログイン中の画面は終わります。`,
  enrolmentCode: (name: string) =>
    `${name} に登録コードを発行します。使われると、以前のパスキーとログイン中の画面はすべて終わります。`,
  twoHalves: 'コードの半分はあなたに、半分は申請した人に、一度だけ表示されます。',
  hold: '出金は、この後しばらく止まります。',
  noHold: '出金は止まりません。',
  sessions: 'ログイン中の端末は、すべて終わります。',
  other: (act: string) => `${act}をします。内容は、下の文面のとおりです。`,
  lockReasons: {
    guessing: 'パスワードの誤りが続いたため',
    support: 'サポートの操作',
    holder: 'お客様の停止',
    closed: '解約',
    stolen: 'パスキーの盗難',
    unknown: '記録のとおり',
  },
} as const
