import { ceremonyLifetime } from '../../limits/passkeys.ts'
import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { facts } from '../environments.ts'
import { duringJa, inWords } from '../in-words.ts'
import { phoneOnline } from '../phone-online.ts'
import { callWords } from './call.ts'
import { changeProofWords } from './change-proof.ts'
import { newPasswordWords } from './new-password.ts'
import { noticesWords } from './notices.ts'
import { ownChangesWords } from './own-changes.ts'
import { recoveryWords } from './recovery.ts'
import { rehearsalWords } from './rehearsal.ts'

export const browser = {
  common: {
    unreachable:
      '通信できませんでした。インターネットの接続を確かめてから、もう一度お試しください。',
    unexpected:
      'サーバーからの応答を読み取れませんでした。少し待ってから、もう一度お試しください。',
    scriptFailed:
      'この画面のプログラムが、お使いのブラウザで正しく動きませんでした。ブラウザを最新の版に更新してから、画面を開き直してください。続くときは、別のブラウザをお試しください。',
    unloaded:
      '画面の一部を読み込めませんでした。インターネットの接続を確かめて、画面を読み込み直してください。',
    working: '送信しています。そのままお待ちください。',
    errorCode: 'エラーコード：{code}',
    requestId: 'エラー番号：{id}',
    triesLeft: 'あと{n}回まで入力できます。',
    noTriesLeft:
      '入力できる回数の上限に達しました。お手数ですが、ログインの手続きを最初からやり直してください。',
    waitSeconds: '約{n}秒後に、もう一度お試しいただけます。',
    waitMinutes: '約{n}分後に、もう一度お試しいただけます。',
    waitHours: '約{n}時間後に、もう一度お試しいただけます。',
    waitOver: 'もう一度お試しいただけます。',
    toSignIn: 'ログイン画面へ',
    reopen: '画面を開き直す',
  },
  password: {
    wide: 'パスワードに、全角の文字が入っています。日本語入力をオフにして、半角で入力してください。',
    blank: 'パスワードの先頭または末尾に、空白が入っています。',
    capsLock: 'Caps Lockがオンになっています。英字が大文字で入力されます。',
    anyway: 'このままで正しいときは、もう一度「ログイン」を押してください。',
    mendWide: '半角に直す',
    mendBlank: '空白を取り除く',
  },
  code: {
    format: '6桁の数字を入力してください。',
    remaining: '{m}分{s}秒',
    minutesLeft: '有効期限まで、残り{m}分です。',
    secondsLeft: '有効期限まで、残り{s}秒です。',
    expired: '認証コードの有効期限が切れました。「認証コードを再送する」を押してください。',
    soon: 'まもなく有効期限が切れます。認証コードを再送しても、入力した内容は残ります。',
    resendIn: 'あと{s}秒で再送できます。',
    resent: '新しい認証コードを発行しました。届いたメールの6桁の数字を入力してください。',
    sending: '送信しています。',
    mailTaken: '{time} にメールサーバーが受け取りました。',
    mailSlow: 'まだメールサーバーが受け取っていません。届くまで、しばらくかかることがあります。',
    mailRefused:
      'メールサーバーが受け取りを断りました。登録のメールアドレスが今も使えるか、メールボックスがいっぱいでないかをお確かめください。使えないときは、カスタマーサポートへご連絡ください。',
  },
  dialog: {
    open: `認証画面を開いています。画面の案内に沿って、${inWords(ceremonyLifetime, 'ja')}以内に操作してください。`,
    checking: '確認しています。',
    stopped: '操作を中止しました。準備ができたら、もう一度お試しください。',
    unsupported: `${facts.browser.none.says.ja}会社などの端末で使えないときは、その管理者にご確認ください。`,
    security:
      'このアドレスではパスキーを使えません。公式サイトまたはブックマークから開き直し、正しいアドレスであることをお確かめください。お心当たりのない画面のときは、カスタマーサポートへご連絡ください。',
    pending:
      'ほかのタブまたはウィンドウで、認証画面が開いたままになっています。その画面を閉じてから、もう一度お試しください。',
    trouble:
      '端末またはパスワードマネージャーが、処理を完了できませんでした。端末の画面ロックを確かめ、少し待ってからもう一度お試しください。続くときは別の端末をお使いいただくか、端末のメーカーへお問い合わせください。',
    unreadable:
      '端末の中のパスキーの保存場所を、読み書きできませんでした。端末を再起動するか、セキュリティキーを差し直してから、もう一度お試しください。続くときは、端末のメーカーへお問い合わせください。',
    fault:
      'お使いのブラウザでは、パスキーの画面を開けませんでした。ブラウザを最新の版に更新してから、もう一度お試しください。続くときは、カスタマーサポートへお問い合わせください。',
    unexpectedDialog:
      '認証画面を開けませんでした。画面を読み込み直してから、もう一度お試しください。続く場合はカスタマーサポートへお問い合わせください。',
  },
  get: {
    notAllowed:
      '認証はまだ完了していません。認証画面を閉じたか、選んだパスキーがこの端末に見つからなかったようです。もう一度「認証する」を押すか、別のパスキーを選んでください。',
    timedOut:
      '認証の操作が時間内に終わりませんでした。端末を手元に用意してから、もう一度「認証する」を押してください。',
    atOnce:
      '認証はまだ完了していません。選んだパスキーがこの端末にないか、端末での本人確認ができなかったようです。パスキーを登録した端末と、その画面ロックを確かめてから、もう一度「認証する」を押してください。',
    invalidState:
      'この端末では、選んだパスキーを使える状態にありません。端末のロックを解除してから試すか、別のパスキーを選んでください。',
    constraint:
      'この端末では、画面ロック（PIN、指紋、顔など）での本人確認ができません。端末の設定で画面ロックを有効にするか、別のパスキーを選んでください。',
    notSupported:
      'このブラウザまたは端末は、選んだパスキーの認証方法に対応していません。最新のブラウザで試すか、別のパスキーを選んでください。',
    unknownPasskey:
      '使われたパスキーは、この口座に登録されていません。削除されたものか、別の口座のものと思われます。一覧から別のパスキーを選んでください。お心当たりがないときは、カスタマーサポートへお問い合わせください。',
  },
  create: {
    notAllowed:
      '登録はまだ完了していません。登録の画面を閉じたか、端末の準備ができていないようです。図の案内を確かめ、もう一度「登録」を押してください。',
    timedOut:
      '登録の操作が時間内に終わりませんでした。端末を手元に用意してから、もう一度「登録」を押してください。',
    atOnce:
      '登録はまだ完了していません。この端末に画面ロックが設定されていないか、端末での本人確認ができなかったようです。端末の準備を確かめてもう一度「登録」を押すか、別の端末を選んでください。',
    invalidState:
      'この保存先には、すでにパスキーが登録されています。登録済みのパスキーをそのまま使うか、別の端末を選んでください。',
    constraint:
      'この端末には、画面ロック（PIN、指紋、顔など）が設定されていないようです。Windows Helloなどを設定してから、もう一度お試しください。設定の方法は、端末のメーカーの公式サイトでご確認いただけます。',
    notSupported:
      'この端末またはセキュリティキーでは、当社で使えるパスキーを作成できません。別の端末を選んでください。',
    nameEmpty: 'パスキー名を入力してください。',
    minutesLeft: '残り{m}分です。この間に「登録」を押してください。',
    secondsLeft: '残り{s}秒です。この間に「登録」を押してください。',
    expired: '登録できる時間が過ぎました。認証コードの確認からやり直してください。',
    remaining: '残り{m}分{s}秒（この間に「登録」を押してください）',
    soon: 'まもなく、登録できる時間が終わります。過ぎたときも、入力した名前は残ります。',
  },
  check: {
    detected: 'お使いの端末：{device}',
    checkReady: '使えます',
    checkMissing: '準備が必要です',
    checkUnknown: 'ご確認ください',
    checkBluetooth: 'Bluetoothをオンにしてください',
    checkUnable: '使えません',
    lockUnknown: '画面ロック（顔、指紋、PINなど）が設定されていることをお確かめください。',
    bluetoothReady: `QRコードで使えます。Bluetoothを、このパソコンとスマートフォンの両方でオンにしてください。${phoneOnline.ja}`,
    bluetoothMissing:
      'このパソコンのBluetoothが見つかりません。オンにするか、Bluetoothのないパソコンでは、このパソコンへの保存をお選びください。',
    bluetoothUnknown:
      'ブラウザからは、Bluetoothの状態が分かりません。パソコンとスマートフォンの両方でオンにしてください。',
  },
  newPassword: newPasswordWords,
  recovery: recoveryWords,
  changeProof: changeProofWords,
  ownChanges: ownChangesWords,
  notices: noticesWords,
  rehearsal: rehearsalWords,
  call: callWords,
  secondFactor: {
    same: 'すでにこの方法が選ばれています。',
    none: 'パスキー認証に変更するには、先にパスキーを登録してください。',
    notAllowed:
      '認証の方法は変更されていません。認証画面を閉じたか、時間切れになったか、選んだパスキーがこの端末に見つからなかった可能性があります。準備ができたら、もう一度お試しください。',
  },
  session: {
    idleText: `安全のため、${duringJa(idleLifetime)}操作がないと、自動でログアウトします。このまま続けるときは、「ログインを続ける」を押してください。入力した内容は、そのまま残ります。`,
    lastText: `ログインから${inWords(longestLifetime, 'ja')}で、自動でログアウトします。この時間は延ばせません。続けてご利用になるときは、入力中の操作を済ませてから、もう一度ログインしてください。`,
    endsIn: '残り{m}分{s}秒',
    overIdle: `${duringJa(idleLifetime)}操作がなかったため、自動でログアウトしました。`,
    overLongest: `ログインから${inWords(longestLifetime, 'ja')}が過ぎたため、自動でログアウトしました。`,
    overSignedOut: 'このブラウザの別のタブで、ログアウトしました。',
    overReplaced: 'このブラウザの別のタブで、新しくログインしました。',
  },
  portal: {
    sessionEnded: '選んだ端末をログアウトしました。',
    othersEnded: 'ほかの端末をすべてログアウトしました。',
    browserForgotten: 'ブラウザの記録を消しました。',
    applicationEnded: 'アプリケーションとの連携を解除しました。',
  },
} as const
