// What the console refuses, in words for a member of support: its own codes, and those of everybody that mean
// something else there.
import { pageChecksPerAccount } from '../../limits/calls.ts'
import { asksPerAccount } from '../../limits/requests.ts'
import { duringJa, inWords } from '../in-words.ts'
import { operatorProblems } from './operator-problems.ts'

export const consoleProblems = {
  ...operatorProblems,
  not_allowed: {
    title: 'この操作の権限がありません',
    detail:
      'ご自身の役割では行えないか、ご自身に関わる操作です。必要な役割を持つ別の担当者にご依頼ください。',
  },
  not_found: {
    title: '見つかりません',
    detail:
      'アドレスが違うか、お探しのものが終了または消去された可能性があります。最初の画面から開き直してください。',
  },
  no_such_passkey: {
    title: 'このパスキーは選べません',
    detail:
      'すでに削除されたか、停止の状態が変わった可能性があります。画面を開き直し、一覧から選び直してください。',
  },
  own_request: {
    title: 'ご自身の申請は承認できません',
    detail: '申請した方とは別の承認者にご依頼ください。',
  },
  request_closed: {
    title: 'この申請はもう処理できません',
    detail:
      '処理が済んでいるか、取り下げ・却下されたか、期限が過ぎたか、申請のあとで内容の前提が変更されました。申請の画面で状態を確かめ、必要なら申請し直してください。',
  },
  nothing_to_do: {
    title: 'すでに済んでいる操作です',
    detail:
      'お客さまの口座では、この操作がすでに済んでいます。口座の画面を開き直して、確かめてください。',
  },
  no_live_passkey: {
    title: '使えるパスキーがないため、再開できません',
    detail:
      '多要素認証がパスキー認証で、使えるパスキーが1つもありません。再開してもログインできないため、停止中のパスキーの再開か削除を、ロックの解除と一つの申請にまとめてください。',
  },
  passkey_in_force: {
    title: 'パスキー認証の口座には、開始コードを発行できません',
    detail:
      'パスキーをお持ちのお客さまは、パスワードを忘れたときの画面で、新しいパスワードを設定できます。使えるパスキーがないときは、最後のパスキーの削除も、同じ申請に加えてください。',
  },
  contract_ended: {
    title: '解約された口座です',
    detail: '契約が終わった口座には、この操作はできません。システムの担当者へご相談ください。',
  },
  checks_missing: {
    title: '本人確認が足りません',
    detail: '必要な本人確認をすべて行い、方法と時刻を入力してから、もう一度申請してください。',
  },
  too_many_reveals: {
    title: '表示できる回数の上限に達しました',
    detail:
      '個人情報の表示が短い間に続いたため、止めています。しばらく待つか、責任者にご相談ください。',
  },
  too_many_requests: {
    title: `${inWords(asksPerAccount.within, 'ja')}の上限に達しました`,
    detail: '件数が多いため、責任者に通知しました。急ぐときは、責任者にご相談ください。',
  },
  too_many_searches: {
    title: '検索できる回数の上限に達しました',
    detail: '短い間に検索が続いたため、止めています。しばらく待つか、責任者にご相談ください。',
  },
  too_many_checks: {
    title: '本人確認を送れる回数の上限に達しました',
    detail: `お客さまの画面での本人確認を送れるのは、一つの口座に${duringJa(pageChecksPerAccount.window)}で${pageChecksPerAccount.failures}回までです。ほかの方法で本人確認を行うか、責任者にご相談ください。`,
  },
  case_open: {
    title: 'この口座は乗っ取りの疑いで調査中です',
    detail:
      'ログインや出金を再開する手続きは、調査を引き受けた承認者だけが承認できます。まだ誰も引き受けていないときは、承認者にご依頼ください。お客さまには「確認に時間をいただきます」とお伝えください。',
  },
  case_closed: {
    title: 'この調査は終わっています',
    detail:
      '画面を開き直し、口座の今の状態を確かめてください。必要なら新しい調査を始めてください。',
  },
  not_checkable: {
    title: 'この画面では本人確認を送れません',
    detail:
      'お客さまがまだパスワードを入力していないか、確認に使えるパスキーがありません。ほかの方法で本人確認を行ってください。',
  },
  not_signed_in: {
    title: 'ログインしてください',
    detail:
      'ログインしていないか、操作のない時間が続いたためログアウトしました。パスキーでもう一度ログインしてください。',
  },
  start_again: {
    title: '手続きを最初からやり直してください',
    detail:
      '手続きの途中で、役割やパスキー、または対象のお客さまの状態が変更されました。画面を開き直し、内容を確かめてから行ってください。',
  },
  passkey_not_verified: {
    title: 'パスキーを確認できませんでした',
    detail:
      'もう一度行ってください。登録済みのパスキーを使う操作では、この端末に登録した、ご自身のものを選んでください。続くときは、管理者に連絡してください。',
  },
  internal_error: {
    title: '処理を完了できませんでした',
    detail:
      'システムで問題が起きました。少し待って、もう一度お試しください。続くときは、エラー番号をシステムの担当者へお知らせください。',
  },
} as const

/** In place of those, by the `why` of a refusal. */
export const consoleProblemsByWhy = {
  nothing_to_do: {
    ends_by_itself: {
      title: 'お取引の制限は、まもなく終わります',
      detail:
        '承認のあとの待ち時間よりも先に、この制限は自然に終わります。解除の申請は要りません。',
    },
  },
  invalid_request: {
    hold_begun: {
      title: 'お取引の制限の解除は、別の申請にしてください',
      detail:
        '一緒に選んだ手続きで、お取引の制限がかかります。「お取引の制限の解除」を外して申請し、その制限の解除は、実行された後に別に申請してください。',
    },
  },
}
