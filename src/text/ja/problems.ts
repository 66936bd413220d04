import { codeLifetime } from '../../limits/codes.ts'
import {
  ceremonyLifetime,
  freshSignIn,
  longestPasskeyName,
  mostLivePasskeys,
  permissionLifetime,
} from '../../limits/passkeys.ts'
import { longestPassword, shortestPassword } from '../../limits/passwords.ts'
import { duringJa, inWords } from '../in-words.ts'
import { newPasswordWords } from './new-password.ts'

export const problems = {
  invalid_request: {
    title: '入力内容を読み取れませんでした',
    detail:
      '送信された内容に、読み取れない項目がありました。画面を読み込み直してから、もう一度入力してください。',
  },
  not_signed_in: {
    title: 'ログインが必要です',
    detail:
      'まだログインしていないか、一定時間操作がなかったためログアウトしました。もう一度ログインしてください。',
  },
  cross_site: {
    title: '操作を受け付けませんでした',
    detail:
      '当社以外のサイトから送られた操作の可能性があるため、中止しました。当社の画面を開き直し、そこから操作してください。',
  },
  not_found: {
    title: 'ページが見つかりません',
    detail:
      'アドレスが違うか、ページがなくなった可能性があります。アドレスを確かめるか、最初の画面からお進みください。',
  },
  method_not_allowed: {
    title: 'この操作は受け付けていません',
    detail:
      'この宛先では使えない操作です。画面が古い可能性がありますので、読み込み直してからもう一度お試しください。',
  },
  too_large: {
    title: '送信された内容が大きすぎます',
    detail:
      '一度に受け付けられる大きさを超えています。入力した文字を減らして、もう一度お試しください。',
  },
  unsupported_media_type: {
    title: '送信の形式に対応していません',
    detail:
      '受け付けられる形式は application/json だけです。画面を読み込み直してから、もう一度お試しください。',
  },
  wrong_host: {
    title: 'このアドレスではご利用になれません',
    detail:
      '当社の正しいアドレスとは異なる宛先で開かれています。公式サイトまたはブックマークから開き直してください。',
  },
  busy: {
    title: 'ただいま混み合っています',
    detail: 'アクセスが集中しています。少し待ってから、もう一度お試しください。',
  },
  request_timeout: {
    title: '送信が時間内に終わりませんでした',
    detail: '通信が途切れた可能性があります。接続を確かめてから、もう一度お試しください。',
  },
  no_sign_in: {
    title: 'ログインの手続きは終了しています',
    detail:
      '制限時間が過ぎたか、ほかの画面で手続きが完了または中止された可能性があります。ログイン画面から、もう一度お進みください。',
  },
  wrong_step: {
    title: '必要な認証の方法が異なります',
    detail:
      'この画面とは別の方法での認証が必要です。ほかの画面で設定が変わった可能性があります。画面を読み込み直し、表示された案内に沿ってお進みください。',
  },
  no_such_passkey: {
    title: 'このパスキーはご利用になれません',
    detail:
      '選ばれたパスキーは、すでに削除された可能性があります。画面を読み込み直し、一覧から選び直してください。',
  },
  sign_in_refused: {
    title: 'ログインできませんでした',
    detail:
      'ログインIDまたはパスワードが違うか、誤った入力が続いたため受け付けを一時的に止めている可能性があります。入力内容を確かめ、しばらく待ってからもう一度お試しください。それでもログインできないときは、カスタマーサポートへお問い合わせください。',
  },
  too_many_attempts: {
    title: 'しばらくログインを受け付けられません',
    detail:
      'お使いの接続から誤った入力が続いたため、受け付けを一時的に止めています。時間をおいてから、もう一度お試しください。',
  },
  too_many_codes: {
    title: '認証コードは時間をおいてお試しください',
    detail:
      '送信したばかりか、送信または誤った入力の回数が上限に達しています。届いているメールのコードがあれば、それを入力してください。ただし、誤った入力が続いたあとは、正しいコードも受け付けられません。その場合は時間をおいて、新しい認証コードでお試しください。',
  },
  code_wrong: {
    title: '認証コードが一致しません',
    detail:
      'メールに書かれた6桁の数字を確かめ、もう一度入力してください。メールが何通か届いているときは、最後に届いたものをご覧ください。',
  },
  code_expired: {
    title: '認証コードの有効期限が切れました',
    detail: `認証コードは発行から${duringJa(codeLifetime)}だけ使えます。新しい認証コードを送り、届いた数字を入力してください。`,
  },
  code_spent: {
    title: 'この認証コードはもう使えません',
    detail:
      'すでに使われたか、誤った入力の回数が上限に達しました。お手数ですが、ログインの手続きを最初からやり直してください。',
  },
  passkey_not_verified: {
    title: 'パスキーを確認できませんでした',
    detail:
      '選んだものとは別のパスキーが使われたか、端末での本人確認が完了しなかった可能性があります。選択を確かめて、もう一度お試しください。続く場合はカスタマーサポートへお問い合わせください。',
  },
  ceremony_expired: {
    title: 'パスキーの操作の制限時間が過ぎました',
    detail: `開始から${inWords(ceremonyLifetime, 'ja')}が過ぎたか、この操作はすでに終わっています。もう一度ボタンを押し、${inWords(ceremonyLifetime, 'ja')}以内に端末での操作を済ませてください。`,
  },
  sign_in_again: {
    title: 'もう一度ログインしてください',
    detail: `ログインから${inWords(freshSignIn, 'ja')}が過ぎたか、誤った認証コードが続きました。安全のため、いったんログアウトし、もう一度ログインしてから、お手続きをお続けください。`,
  },
  passkey_needed: {
    title: '登録済みのパスキーでの認証が必要です',
    detail: `この操作の前に、登録済みのパスキーで本人確認をしていただきます。認証から${inWords(permissionLifetime, 'ja')}が過ぎたときも、もう一度認証してください。`,
  },
  proof_needed: {
    title: '本人確認が必要です',
    detail: `この操作には、${inWords(permissionLifetime, 'ja')}以内の本人確認が必要です。画面の案内に沿って本人確認をしてから、もう一度操作してください。`,
  },
  email_code_needed: {
    title: '認証コードの確認が必要です',
    detail: `メールの認証コードがまだ確認されていないか、確認から${inWords(permissionLifetime, 'ja')}が過ぎています。認証コードを送り、届いた数字を入力してください。`,
  },
  name_taken: {
    title: '同じ名前のパスキーがあります',
    detail: 'ほかのパスキーと区別できるよう、別の名前を入力してください。',
  },
  name_not_allowed: {
    title: 'この名前は使えません',
    detail: `パスキー名は1文字以上${longestPasskeyName}文字以内です。改行や、画面に表示されない特殊な文字は使えません。別の名前を入力してください。`,
  },
  too_many_passkeys: {
    title: '登録できるパスキーの上限に達しています',
    detail: `登録できるパスキーは${mostLivePasskeys}個までです。使わなくなったパスキーの削除を、カスタマーサポートへご依頼ください。`,
  },
  passkey_known: {
    title: 'このパスキーは登録できません',
    detail:
      '同じパスキーがすでに登録されています。登録済みのパスキーをそのまま使うか、別の端末で登録してください。',
  },
  start_again: {
    title: '手続きを最初からやり直してください',
    detail:
      '手続きの途中で、パスキーまたは認証方法の設定が変更されました。画面を開き直してください。お心当たりがないときは、カスタマーサポートへご連絡ください。',
  },
  no_passkey: {
    title: 'パスキーが登録されていません',
    detail: 'パスキー認証に変更するには、先にパスキーを登録してください。',
  },
  check_over: {
    title: '電話での本人確認は終わっています',
    detail:
      '時間が過ぎたか、担当者が新しい確認を始めたか、入力がもう済んでいます。このまま、お電話の担当者にお伝えください。',
  },
  digits_wrong: {
    title: '数字が一致しませんでした',
    detail:
      '安全のため、入力は1回限りです。当社へかけたお電話のときは、担当者にもう一度確認を送るようお伝えください。先方からかかってきた電話のときは、お切りください。',
  },
  password_wrong: {
    title: '現在のパスワードが正しくありません',
    detail: '大文字と小文字、全角と半角を確かめて、もう一度入力してください。',
  },
  password_not_allowed: {
    title: 'このパスワードは設定できません',
    detail:
      '推測されやすいか、ほかのサービスから流出したパスワードの一覧に載っているか、長さが合いません。別のパスワードを入力してください。',
  },
  password_change_needed: {
    title: '先にパスワードの変更が必要です',
    detail:
      'お使いのパスワードは、ほかのサービスから漏えいしたものの一覧にありました。新しいパスワードを設定すると、続きの操作ができます。',
  },
  activation_refused: {
    title: 'お手続きを進められませんでした',
    detail:
      'ログインIDまたは開始コードが違うか、開始コードの期限が過ぎています。お手元の案内を確かめて、もう一度入力してください。誤りが続いたときは、正しい開始コードでもしばらく受け付けません。時間をおいても進めないときは、カスタマーサポートへお問い合わせください。',
  },
  too_many_addresses: {
    title: 'アドレスの変更が続いています',
    detail:
      '短いあいだに試せる新しいアドレスの数を超えました。時間をおいて、もう一度お試しください。',
  },
  too_many_stops: {
    title: 'この画面からの停止を受け付けられません',
    detail:
      '同じ接続元からの緊急停止が続いています。お急ぎのときは、カスタマーサポートへお電話ください。',
  },
  stop_waits: {
    title: 'まだ停止を解除できません',
    detail:
      '安全のため、停止してから一定の時間が過ぎるまで解除できません。カスタマーサポートでも、それより前には解除できません。',
  },
  internal_error: {
    title: '処理を完了できませんでした',
    detail:
      '当社のシステムで問題が起きました。少し待ってから、もう一度お試しください。続く場合は、エラー番号を添えてカスタマーサポートへお問い合わせください。',
  },
} as const

const length = `${shortestPassword}文字以上、${longestPassword}文字までのパスワードを入力してください。`
const { common, made_of_context: madeOfContext } = newPasswordWords

/** In place of the words of a problem, where its `why` says more. */
export const problemsByWhy = {
  password_not_allowed: {
    too_short: { detail: length },
    too_long: { detail: length },
    common: { detail: common },
    made_of_context: { detail: madeOfContext },
    breached: {
      detail:
        'ほかのサービスから流出したパスワードの一覧に載っています。どこにも使っていない、別のパスワードを入力してください。',
    },
  },
  too_many_attempts: {
    present_password: {
      title: 'しばらくパスワードを受け付けられません',
      detail:
        '現在のパスワードの誤りが続いたため、この操作の受け付けを一時的に止めています。時間をおいてから、もう一度お試しください。',
    },
  },
}

/** What ends an application's sign-in on a page of ours, as the application cannot be told. */
export const applicationFailures = {
  interaction_over: {
    title: 'ログインを完了できませんでした',
    detail:
      '時間が過ぎたか、別のブラウザで始められた手続きの可能性があります。ご利用のアプリケーションに戻り、もう一度ログインしてください。',
  },
  application_refused: {
    title: 'アプリケーションからの要求を受け付けられませんでした',
    detail:
      'アプリケーションの設定に誤りがあるか、リンクが古い可能性があります。アプリケーションに戻り、もう一度お試しください。続くときは、次のエラー番号をカスタマーサポートへお知らせください。',
  },
} as const
