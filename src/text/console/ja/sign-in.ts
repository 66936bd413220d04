import { enrolmentLifetime, mostOperatorPasskeys } from '../../../limits/operators.ts'
import { duringJa } from '../../in-words.ts'

export const signIn = {
  title: 'サポート業務へのログイン',
  lead: '登録済みのパスキーを使います。パスワードはありません。',
  submit: 'パスキーでログイン',
  first: 'はじめての方、パスキーを紛失した方：',
  toEnrol: '登録コードでパスキーを登録する',
  notCustomers: 'ここはお客さまのログイン画面ではありません。お客さまはご利用になれません。',
} as const

export const enrol = {
  title: 'パスキーの登録',
  lead: '管理者から受け取った登録コードで、この端末にご自身のパスキーを作ります。',
  code: '登録コード',
  codeHint: `二つに分けて届いた場合は、二つを続けて入力します。発行から${duringJa(enrolmentLifetime)}、一度だけ使えます。`,
  submit: '登録する',
  replaces: '登録すると、以前のパスキーはすべて使えなくなり、ログイン中の画面も終わります。',
  doneTitle: 'パスキーを登録しました',
  done: 'これからは、このパスキーでログインします。',
  second:
    '端末を紛失したときのために、ログイン後に「自分のパスキー」から二つ目を登録してください。',
  toSignIn: 'ログイン画面へ',
} as const

export const me = {
  title: '自分のパスキー',
  lead: `${mostOperatorPasskeys}個まで登録できます。紛失したときのために、二つ目を別の場所に用意してください。`,
  count: (count: number) => `登録済み：${count}個（${mostOperatorPasskeys}個まで）`,
  one: '一つしかありません。失くすと、管理者二人の手続きが済むまで業務ができません。',
  add: '別のパスキーを登録する',
  addHint: 'はじめに今のパスキーで本人確認をし、続けて新しいパスキーを作ります。',
  full: 'これ以上は登録できません。使わなくなったものがあるときは、管理者に登録コードの再発行を頼んでください。',
  lost: 'パスキーを紛失したときは、すぐに管理者へ連絡してください。登録コードの再発行で、古いパスキーはすべて使えなくなります。',
  signedInAt: 'ログインした時刻',
  roles: '役割',
  name: '氏名',
} as const
