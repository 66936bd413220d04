import { revealShownFor, shortestNamePrefix } from '../../../limits/desk.ts'
import { ceremonyLifetime } from '../../../limits/passkeys.ts'
import { inWords } from '../../in-words.ts'
import type { SharedWords } from '../../shared-words.ts'

const admins = '続くときは、管理者に連絡してください。'

/** What every page of the console may have to say. */
const common = {
  unreachable: 'サーバーと通信できませんでした。社内の通信を確かめてから、もう一度押してください。',
  unexpected:
    'サーバーの応答を読み取れませんでした。少し待ってから、もう一度押してください。続くときは、システムの担当者に連絡してください。',
  scriptFailed:
    'この画面のプログラムが正しく動きませんでした。画面を読み込み直してください。続くときは、システムの担当者に連絡してください。',
  unloaded:
    '画面の一部を読み込めませんでした。社内の通信を確かめて、画面を読み込み直してください。',
  working: '送信しています。そのままお待ちください。',
  errorCode: 'エラーコード：{code}',
  requestId: 'エラー番号：{id}',
  waitSeconds: '約{n}秒後に、もう一度できます。',
  waitMinutes: '約{n}分後に、もう一度できます。',
  waitHours: '約{n}時間後に、もう一度できます。',
  waitOver: 'もう一度できます。',
  toSignIn: 'ログイン画面へ',
  reopen: '画面を開き直す',
  signedOut: 'ログアウトしました。',
  endsIn: '{m}分{s}秒',
  overIdle: '操作がなかったため、自動でログアウトしました。',
  overLongest: 'ログインできる時間の上限に達したため、自動でログアウトしました。',
  backIn: 'ログインし直しました。続きから入力できます。',
  otherOperator:
    '別の担当者としてログインしています。入力中の内容は消しました。画面を開き直してください。',
} as const

/** Around the browser's passkey dialogs, as operators need them. */
const dialog = {
  open: `認証画面を開いています。${inWords(ceremonyLifetime, 'ja')}以内に、画面の案内に沿って操作してください。`,
  checking: '確認しています。',
  stopped: '操作を中止しました。まだ何も送っていません。',
  unsupported:
    'このブラウザでは、パスキーを使えません。最新のChrome、Edge、Firefox、Safariで開き直してください。',
  security:
    'このアドレスではパスキーを使えません。サポート業務の正しいアドレスで開き直してください。',
  pending:
    'ほかのタブまたはウィンドウで認証画面が開いたままです。そちらを閉じてから、もう一度押してください。',
  trouble: `端末またはパスワードマネージャーが処理を完了できませんでした。端末の画面ロックを確かめてから、もう一度押してください。${admins}`,
  unreadable: `端末の中のパスキーの保存場所を読み書きできませんでした。端末を再起動するか、セキュリティキーを差し直してください。${admins}`,
  fault: `このブラウザでは、パスキーの画面を開けませんでした。ブラウザを最新の版にしてください。${admins}`,
  unexpectedDialog: `認証画面を開けませんでした。画面を読み込み直してから、もう一度押してください。${admins}`,
} as const

const get = {
  notAllowed:
    '認証が済んでいません。認証画面を閉じたか、この端末にご自身のパスキーがないようです。登録した端末で、もう一度押してください。',
  timedOut: '認証の操作が時間内に終わりませんでした。もう一度押してください。',
  atOnce:
    '認証画面が開きませんでした。この端末にご自身のパスキーがないか、画面ロックでの本人確認ができないようです。登録した端末で、もう一度押してください。',
  invalidState:
    'この端末では、パスキーを使える状態にありません。ロックを解除してから、もう一度押してください。',
  constraint:
    'この端末では、画面ロック（PIN、指紋、顔など）での本人確認ができません。設定で有効にしてください。',
  notSupported:
    'このブラウザまたは端末は、ご自身のパスキーに対応していません。登録した端末で開いてください。',
  unknownPasskey:
    '使われたパスキーは、今の登録にありません。新しい登録コードで置き換えられたか、別の方のものです。自分の今のパスキーを選ぶか、管理者に連絡してください。',
} as const satisfies Partial<SharedWords>

const create = {
  notAllowed:
    '登録が済んでいません。登録の画面を閉じたか、端末の準備ができていないようです。もう一度押してください。',
  timedOut: '登録の操作が時間内に終わりませんでした。もう一度押してください。',
  atOnce:
    '登録の画面が開きませんでした。端末に画面ロック（PIN、指紋、顔など）があるかを確かめてから、もう一度押してください。',
  invalidState:
    'この端末には、すでに担当者のパスキーがあります。別の端末かセキュリティキーで登録してください。',
  constraint:
    'この端末には、画面ロック（PIN、指紋、顔など）がないようです。設定してから、もう一度押してください。',
  notSupported: 'この端末では、業務に使えるパスキーを作れません。別の端末を使ってください。',
  unknownPasskey: get.unknownPasskey,
} as const satisfies Partial<SharedWords>

export const browser = {
  common,
  dialog,
  get,
  create,
  /** For who enrols, in place of what is said where a passkey is added. */
  enrolment: {
    invalidState:
      'この端末には、すでに担当者のパスキーがあるため、登録できませんでした。ご自身のものであれば、端末のパスキーの一覧（パスワードマネージャー）からそれを削除し、もう一度押してください。登録が済むまで、なくしたパスキーも使えるままです。ほかの方のものであれば、別の端末で登録してください。',
  },
  accounts: {
    noneFound:
      '当てはまる口座はありません。ログインID、氏名の先頭、メールアドレスの全体を確かめてください。',
    more: 'ほかにもあります。もう少し詳しく入力してください。',
    found: '{n}件見つかりました。',
    tooShort: `${shortestNamePrefix}文字以上を入力してください。`,
  },
  account: {
    noField: '表示する項目を選んでください。',
    locked: 'この口座をロックしました。ログイン中の端末はすべて終わりました。',
    suspended:
      'パスキーを停止しました。ログイン中の端末はすべて終わりました。口座もロックしたかどうかは、下の「状態」で確かめられます。',
    revealed: `表示しました。この画面を離れるか、${inWords(revealShownFor, 'ja')}たつと隠れます。`,
    hiddenAgain: '表示していた情報を、再び隠しました。',
    noEvents: '当てはまる記録はありません。',
  },
  asking: {
    noAct: '申請する手続きを一つ以上選んでください。',
    noPasskey: '対象のパスキーを一つ以上選んでください。',
    missing: '済んでいない確認：{names}',
    incomplete: '済ませた確認の内容を入力してください。{check}：{fields}',
  },
  operators: {
    noTime: '時刻を入力してください。',
    noRole: '役割を一つ以上選んでください。',
  },
  calls: {
    format: '8桁の数字を入力してください。',
    offersNone: '特にありません。上の案内をお伝えください。',
    seesPage: '画面',
    seesStep: '状態',
    seesDevice: '端末',
    seesFailure: 'エラー',
    seesPasskeys: 'パスキー',
    seesUntil: '番号の期限',
    stepOpen: '操作の途中です',
    stepOver: '終わっています',
  },
} as const
