// What a holder is told by mail, and at which second address (rule 27).
import { days } from '../../kernel/clock.ts'
import { formerEmailKept } from '../../limits/accounts.ts'

export const notices = {
  card: {
    title: 'お知らせのメール',
    text: 'ログインのたびにお知らせを受け取ったり、お知らせ先をもう1つ加えたりできます。',
    link: 'お知らせの設定',
  },
  title: 'お知らせの設定',
  lead: '設定の変更、新しいブラウザからのログイン、完了しなかったログインは、いつもメールでお知らせします。',
  legend: 'ログインのお知らせ',
  choices: {
    new: '新しいブラウザからのログインだけ',
    every: 'すべてのログイン',
  },
  hints: {
    new: 'はじめてのブラウザからログインがあったときに、お知らせします。',
    every: 'ログインのたびに、日時とブラウザをお知らせします。',
  },
  addressTitle: 'お知らせ先',
  own: (address: string) => `登録のメールアドレス：${address}`,
  second: (address: string) => `もう1つのお知らせ先：${address}`,
  none: 'もう1つのお知らせ先は、登録されていません。登録しておくと、登録のメールアドレスを他人に使われたときにも、お知らせを受け取れます。',
  set: 'お知らせ先を登録しました。',
  removed: 'お知らせ先を削除しました。',
  change: 'お知らせ先の登録・変更・削除',
  address: {
    title: 'お知らせ先の登録',
    lead: 'お知らせを受け取る、もう1つのメールアドレスを入力してください。ご家族のものや、ふだん別に使っているものをおすすめします。',
    label: 'お知らせ用のメールアドレス',
    effects: [
      '入力したアドレスへ届く認証コードを入力すると、登録が完了します。',
      'お知らせだけが届きます。ログインなどの認証コードは、登録のメールアドレスだけにお送りします。',
      `変更や削除のお知らせは、これまでのすべてのアドレスへお送りします。変更や削除の前のお知らせ先にも、${formerEmailKept / days}日間はお知らせが届きます。`,
    ],
    remove: 'お知らせ先を削除する',
    removeHint: '削除するときも、上の「現在のパスワード」を入力してください。',
    codeTitle: 'お知らせ先の確認',
    sent: (address: string) => `お知らせ先 ${address} へ、認証コードを送りました。`,
    enter: '届いた6桁の数字を入力してください。',
    again: '別のアドレスを入力する',
  },
} as const

/** For the scripts of those pages. */
export const noticesWords = {
  chosen: '設定を変更しました。',
  addressFormat:
    'メールアドレスの形になっていないか、すでにお知らせが届くアドレスです。確かめて、もう一度入力してください。',
} as const
