// 「/forgotten」 and 「/activate」: setting a password without the one before it.
import { codeLifetime } from '../../limits/codes.ts'
import { activationCodeLength, activationLifetime } from '../../limits/recoveries.ts'
import { duringJa } from '../in-words.ts'

export const recovery = {
  forgotten: {
    title: 'ログインID・パスワードをお忘れの方',
    passwordTitle: 'パスワードを設定し直す',
    passwordLead:
      'ログインIDを入力してください。登録のメールアドレスに、認証コードをお送りします。',
    sendCode: '認証コードを送る',
    loginIdTitle: 'ログインIDを調べる',
    loginIdLead:
      '登録のメールアドレスを入力してください。そのアドレスに、ログインIDをメールでお知らせします。',
    sendLoginId: 'ログインIDをメールで受け取る',
    mailed:
      'お手続きを受け付けました。入力されたメールアドレスが登録されていれば、数分以内にログインIDのメールが届きます。届かないときは、アドレスと迷惑メールのフォルダーをお確かめのうえ、時間をおいてもう一度お試しください。',
    passkeyTitle: 'パスキーで本人確認',
    passkeyLead: '続いて、パスキーで本人確認をしてください。',
    supportTitle: '開始コードが必要です',
    supportLead:
      'メールを確認しました。お客さまの口座では、安全のため、メールだけではパスワードを設定できません。',
    supportCall:
      'カスタマーサポートへご連絡ください。ご本人であることを確かめてから、開始コードを発行します。',
    toActivate: '開始コードを入力する',
    again: '最初からやり直す',
    done: 'パスワードを設定しました',
  },
  activation: {
    title: 'パスワードの設定',
    lead: 'お届けした開始コードで、ログインに使うパスワードを設定します。',
    code: '開始コード',
    codeHint: `${activationCodeLength}文字の英数字です。発行から${duringJa(activationLifetime)}有効です。ハイフンと、大文字と小文字の違いは、気にせず入力できます。`,
    next: '次へ',
    again: '最初からやり直す',
    done: 'パスワードを設定しました',
  },
  loginId: 'ログインID',
  email: 'メールアドレス',
  codeTitle: 'メールの確認',
  sent: '登録のメールアドレスに、認証コードをお送りしました。',
  sentOnlyIf: {
    forgotten:
      'ログインIDが違うときや、ログインの受け付けが止まっているときは、届きません。続けてお求めになると、しばらくお送りできないことがあります。',
    activation: '続けてお求めになると、しばらくお送りできないことがあります。',
  },
  enter: `メールに書かれた6桁の数字を入力してください。発行から${duringJa(codeLifetime)}有効です。`,
  passwordTitle: '新しいパスワードの設定',
  passwordLead: 'これからのログインに使うパスワードを入力してください。',
  endsOthers: '設定すると、ログイン中の端末はすべてログアウトします。',
  submit: '設定する',
  giveUp: '手続きをやめる',
  close: 'ログイン画面へ戻る',
  doneLead: '新しいパスワードで、ログインしてください。',
  toSignIn: 'ログインへ進む',
  forgottenHint: '開始コードがないときは、',
  forgottenLink: 'ログインID・パスワードをお忘れの方',
  forgottenAfter: 'をご覧ください。',
} as const

/** For the scripts of both pages. */
export const recoveryWords = {
  over: '制限時間が過ぎたか、手続きが完了または中止されました。最初からやり直してください。',
  noTries: '入力できる回数の上限に達しました。お手数ですが、手続きを最初からやり直してください。',
  again: '最初からやり直す',
}
