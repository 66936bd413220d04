// What pages say of a new password: the field, what is not allowed, and how strong it is.
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'

export const newPassword = {
  label: '新しいパスワード',
  show: '新しいパスワードを表示',
  hint: `${shortestPassword}文字以上、${longestPassword}文字まで。文字の種類に決まりはありません。長いほど推測されにくくなります。ほかのサービスで使っているパスワードは、お使いにならないでください。`,
  strength: '強さの目安',
}

/** For the script, which says them while the password is typed. */
export const newPasswordWords = {
  too_short: `${shortestPassword}文字以上で入力してください。あと{n}文字です。`,
  too_long: `${longestPassword}文字までで入力してください。{n}文字多すぎます。`,
  common: 'よく使われていて、最初に試されるパスワードです。別のパスワードを入力してください。',
  made_of_context:
    'ログインID、メールアドレス、当社の名前を中心にしたパスワードは使えません。別の言葉を加えるか、別のパスワードを入力してください。',
  strength0: '弱い。推測されやすいパスワードです。',
  strength1: 'やや弱い。言葉や文字を足して、もっと長くしてください。',
  strength2: '強い。さらに長くすると、より安全です。',
  strength3: 'とても強い。',
}
