export const brokerCall = {
  title: '当社からのお電話',
  hint: '始めると、お客さまがログインしたセキュリティ設定の画面に、当社からの電話であることとご用件が表示されます。電話を切ったら終了してください。',
  locked:
    '口座がロックされています。お客さまはログインできないため、この電話が当社からであることを、画面では確かめられません。',
  purpose: '用件',
  purposes: {
    'called-back': 'お問い合わせへの折り返し',
    'unusual-activity': '普段と異なるご利用の確認',
    'account-change': '登録内容の変更の確認',
    'undelivered-mail': 'メールが届かないことのお知らせ',
    'other-inquiry': 'お手続きについてのご案内',
  },
  begin: '電話を始める',
  underWay: (purpose: string) => `表示中です。用件：${purpose}`,
  until: '表示の期限：',
  end: '電話を終了する',
} as const
