// 「緊急停止」: the holder's brake, what it does, and the way back.
import { inWords } from '../in-words.ts'

export const stop = {
  title: '緊急停止',
  lead: '不正な操作のおそれがあるときは、すぐに止めてください。',
  button: '緊急停止',
  ask: '口座を緊急停止しますか',
  levels: {
    legend: '停止する範囲',
    'sign-in': 'すべて（ログインも停止します）',
    trading: 'お取引と出金',
    withdrawal: '出金だけ',
  },
  means: {
    'sign-in':
      'すべての端末とアプリケーションからログアウトし、ログインを受け付けません。再開するには、カスタマーサポートでの本人確認が必要です。',
    trading: 'お取引と出金を停止します。ログインは続けられます。',
    withdrawal: '出金を停止します。ログインとお取引は続けられます。',
  },
  liftAfter: (wait: number) =>
    `「お取引と出金」または「出金だけ」を停止したときは、安全のため、${inWords(wait, 'ja')}が過ぎるまで解除できません。`,
  orders: 'すでに出された注文や出金は、取り消されません。確かめるには、お電話ください。',
  confirm: '停止する',
  cancel: '停止しない',
  doneTitle: '口座を緊急停止しました',
  doneText:
    'すべての端末とアプリケーションからログアウトしました。再開の手続きが済むまで、ログインできません。',
  doneBack:
    '再開するときや、身に覚えのない注文や出金があるときは、カスタマーサポートへお電話ください。',
  doneMail: '登録のメールアドレスにも、お知らせをお送りしました。',
  inForce: {
    withdrawal: (time: string) => `出金を停止しています（${time} から）`,
    trading: (time: string) => `お取引と出金を停止しています（${time} から）`,
  },
  inForceText: '連携しているアプリケーションにも、停止を知らせています。',
  toLift: '停止の解除へ',
  liftTitle: '停止の解除',
  liftText:
    '解除すると、停止していた操作を再び行えます。ほかに制限があるときは、その制限は続きます。',
  liftBy: {
    passkey: '解除するには、パスキーで本人確認をしていただきます。',
    newPasskey:
      '停止のあとに登録したパスキーをお使いのため、解除するには、現在のパスワードと、パスキーでの本人確認が必要です。',
    email: '解除するには、現在のパスワードと、メールで届く認証コードが必要です。',
  },
  lift: '停止を解除する',
  waits: (time: string, wait: number) =>
    `安全のため、停止してから${inWords(wait, 'ja')}は解除できません。${time} から解除できます。カスタマーサポートでも、それより前には解除できません。`,
  tooMany: (phone: string) =>
    `同じ接続元からの緊急停止が続いているため、この画面からは受け付けられません。カスタマーサポート（${phone}）へお電話ください。お電話で停止できます。`,
} as const
