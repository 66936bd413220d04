// What the console refuses to operators in their own matters: enrolment, sign-in, passkeys and roles.
import {
  enrolmentHalf,
  enrolmentLifetime,
  enrolmentTries,
  fewestAdmins,
  mostOperatorPasskeys,
} from '../../limits/operators.ts'
import { ceremonyLifetime, permissionLifetime } from '../../limits/passkeys.ts'
import { inWords } from '../in-words.ts'

export const operatorProblems = {
  roles_not_allowed: {
    title: 'この役割の組み合わせはできません',
    detail:
      '役割は1つ以上必要です。管理の役割は、受付や承認の役割と兼ねられません。役割を選び直してください。',
  },
  operator_known: {
    title: 'このお客さま口座は、別の担当者のものです',
    detail:
      '1人が二つの担当者登録を持つことはできません。ログインIDを確かめるか、先にもう一方の担当者を削除してください。',
  },
  last_admins: {
    title: `管理者は${fewestAdmins}名以上必要です`,
    detail: `この方を除くと、パスキーを登録済みの管理者が${fewestAdmins}名未満になります。先に別の管理者を追加し、パスキーの登録まで済ませてください。`,
  },
  code_wrong: {
    title: '登録コードが正しくありません',
    detail: `${enrolmentHalf}文字の半分が2つともそろっているか確かめてください。コードは発行から${inWords(enrolmentLifetime, 'ja')}、一度だけ使えます。期限切れや使用済みのときは、管理者2名に新しいコードを依頼してください。`,
  },
  ceremony_expired: {
    title: '時間が過ぎました',
    detail: `もう一度ボタンを押し、${inWords(ceremonyLifetime, 'ja')}以内に端末の画面で操作してください。`,
  },
  passkey_known: {
    title: 'このパスキーはすでに登録されています',
    detail:
      '別の端末かセキュリティキーを使ってください。ある担当者が使っている、または使っていたパスキーは、ほかの担当者には登録できません。',
  },
  too_many_passkeys: {
    title: `パスキーがすでに${mostOperatorPasskeys}つあります`,
    detail:
      'これ以上は登録できません。なくしたものがあるときは、管理者2名に登録コードを依頼してください。登録すると、以前のパスキーはすべて無効になります。',
  },
  proof_needed: {
    title: 'もう一度パスキーで確認してください',
    detail: `この操作には、${inWords(permissionLifetime, 'ja')}以内のパスキーの確認が必要です。確認してから、続けてください。`,
  },
  too_many_attempts: {
    title: 'コードの誤りが続きました',
    detail: `${inWords(enrolmentTries.window, 'ja')}ほど待ってから、渡されたとおりのコードをもう一度入力してください。`,
  },
} as const
