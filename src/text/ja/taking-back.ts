// What the portal shows and takes back: browsers, applications, sessions, and what the holder did not do.

export const takingBack = {
  more: (count: number) => `ほか${count}件`,
  endOthers: 'ほかの端末からログアウト',
  browsers: {
    title: 'ログインしたことのあるブラウザ',
    text: 'お客さまのブラウザとして記録しています。お心当たりのないものや、もう使わないものは、記録を消してください。次にそのブラウザからログインしたときは、メールでお知らせします。記録を消しても、ログイン中の端末はログアウトされません。',
    current: 'このブラウザ',
    first: (time: string) => `初回：${time}`,
    last: (time: string) => `最終ログイン：${time}`,
    forget: '記録を消す',
    forgetName: (device: string, time: string) => `記録を消す（${device}、${time}）`,
  },
  applications: {
    title: '連携中のアプリケーション',
    text: 'お客さまの情報を受け取っているアプリケーションです。連携を解除すると、すぐに受け取れなくなります。当社のものは、次にログインしたときから、また使えます。',
    own: '当社のアプリケーション',
    allowed: (time: string) => `当社以外の事業者　許可：${time}`,
    used: (time: string) => `最終利用：${time}`,
    neverUsed: 'まだ使われていません',
    end: '連携を解除する',
    endName: (name: string) => `連携を解除する（${name}）`,
  },
  doubt: '心当たりがない',
  doubtName: (what: string, time: string) => `心当たりがない（${what}、${time}）`,
  doubts:
    'お心当たりのない履歴があるときは、「心当たりがない」から緊急停止をして、カスタマーサポートへご連絡ください。',
} as const
