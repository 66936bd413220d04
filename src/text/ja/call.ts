// What pages say of telephone calls: the number that a caller reads out, the question of whose call it is, and a
// call of the broker.

export const call = {
  lead: 'お電話の前に受付番号を表示すると、担当者がこの画面の状況を確かめながらご案内できます。',
  show: '受付番号を表示',
  number: '受付番号',
  onlyCallers:
    'お客さまご自身が当社へお電話された場合のみお伝えください。当社がお電話をかけて、この番号をお尋ねすることはありません。',
  validity: '有効期限まで',
  copy: '番号をコピーする',
  copied: 'コピーしました',
  check: {
    title: 'この電話はあなたから当社へかけましたか',
    lead: 'お電話の担当者が、次のお手続きのためにご本人かどうかを確かめようとしています。',
    digits: '担当者がお伝えする2桁の数字',
    digitsHint: '入力は1回限りです。聞き取れないときは、担当者にもう一度お尋ねください。',
    yes: 'はい、確認する',
    deny: 'いいえ、かけていません',
    denyHint:
      'お心当たりがないとき、または先方からかかってきた電話のときは、「いいえ」を押して電話をお切りください。',
    proof: '最後に、パスキーでご本人であることを確かめます。これでログインすることはありません。',
    legend: '確認に使うパスキー',
    prove: 'パスキーで確認する',
  },
  acts: {
    'remove-passkey': (name: string) => `パスキー「${name}」の削除`,
    'resume-passkey': (name: string) => `止めているパスキー「${name}」の再開`,
    reopen: () => 'ログインの受け付けの再開',
    'change-email': () => '登録のメールアドレスの変更',
    'activation-code': () => '新しいパスワードを決めるための開始コードの発行',
    'end-hold': () => '出金などの制限の解除',
  },
  broker: {
    title: '当社からのお電話',
    text: 'ただいま、当社の担当者がお客さまにお電話しています。この表示がないお電話は、当社の名を名乗っていても、いったんお切りください。',
    purpose: (purpose: string) => `ご用件：${purpose}`,
    purposes: {
      'called-back': 'お問い合わせへの折り返し',
      'unusual-activity': '普段と異なるご利用の確認',
      'account-change': '登録内容の変更の確認',
      'undelivered-mail': 'メールが届かないことのお知らせ',
      'other-inquiry': 'お手続きについてのご案内',
    },
    until: (time: string) => `この表示は${time}までです。`,
    never: 'このお電話でも、パスワード、認証コード、受付番号をお尋ねすることはありません。',
  },
} as const

/** What the page's script says of it. */
export const callWords = {
  callRemaining: '{m}分{s}秒',
  callOver: 'この受付番号の有効期限が切れました。必要なときは、もう一度表示してください。',
  callReplaced: '別の画面で新しい受付番号が表示されたため、この番号は使えません。',
  callAsked: 'お電話の担当者からの確認が届きました。',
  callFormat: '2桁の数字を入力してください。',
  callProven: '本人確認が終わりました。このままお電話をお続けください。',
  callDenied:
    'お知らせいただき、ありがとうございます。この電話でのお手続きは行いません。電話をお切りください。',
  callNotProven:
    'パスキーでの確認ができませんでした。もう一度お試しになるか、担当者にお伝えください。',
} as const
