// What an agent tells the caller, by cause: short, polite, what happened and what to do.
import { duringJa } from '../in-words.ts'
import { codeLifetime, passwordWaits, signInLifetime } from '../../kernel/limits.ts'
import { codeWait, passwordWait } from './waits.ts'

export interface AdviceFacts {
  /** How often it happened, where that is known. */
  readonly count: number
  /** A moment in words, where there is one. */
  readonly time: string
}

export const advice = {
  erased: () => 'この口座の情報は消去されています。お客さまには、契約の窓口をご案内ください。',
  closed: () =>
    'ご契約が終わっているため、ログインできません。お客さまには、契約の窓口をご案内ください。',
  'case-open': () =>
    '乗っ取りの疑いで調査中です。口座を開く手続きは、担当の承認者だけが進めます。お客さまには「確認に時間をいただきます」とお伝えください。',
  phishing: ({ time }) =>
    `${time}に、当社と違うサイトからパスキーが使われました。偽サイトのおそれがあります。お客さまには、メールやSMSのリンクを開かず、ブックマークから当社のサイトを開くようお伝えください。パスワードを入力されたときは、口座をロックしてください。`,
  copied: ({ time }) =>
    `${time}に、パスキーの使用回数が進みませんでした。パスキーが複製されたおそれがあります。お客さまにお心当たりを尋ね、なければそのパスキーを停止してください。`,
  'locked-by-support': ({ time }) =>
    `${time}に、サポートが口座をロックしました。本人確認ののち、ロックの解除を申請してください。`,
  'locked-by-guessing': () =>
    `パスワードの間違いが${passwordWaits.stopAt}回続いたため、口座がロックされました。お客さまがふだんお使いのブラウザからは、そのままログインできます。ほかのブラウザからのときは、本人確認ののち、ロックの解除を申請してください。`,
  'no-live-passkey': () =>
    '使えるパスキーがありません。本人確認ののち、パスキーの削除を申請してください。承認されると、メール認証でログインして登録し直せます。',
  suspended: ({ count }) =>
    `停止中のパスキーが${count}件あります。ログインの画面には出ません。端末が見つかったときは、本人確認ののち、再開を申請してください。`,
  'password-waits': ({ count }) =>
    `パスワードの間違いが${count}回続いたため、しばらく正しいパスワードでもログインできません。最長で${duringJa(passwordWait)}待ってから、もう一度入力するようお伝えください。`,
  'password-wrong': ({ count }) =>
    `ログインIDかパスワードの間違いが${count}回ありました。大文字・小文字、保存された古いパスワードを確かめていただいてください。`,
  'no-answer-phone': ({ count }) =>
    `スマートフォンのパスキーでのログインが、直近で${count}回、答えのないまま終わりました。QRコードが時間内に読み取られていません。スマートフォンのカメラでQRコードを読み、両方の端末のBluetoothとインターネット接続を入れていただいてください。`,
  'no-answer-device': ({ count }) =>
    `パスキーでのログインが、直近で${count}回、答えのないまま終わりました。パスキーを登録したパソコンで操作し、表示された画面で顔・指紋またはPINを入力していただいてください。`,
  'no-answer': ({ count }) =>
    `パスキーでのログインが、直近で${count}回、答えのないまま終わりました。一覧のどのパスキーを選んだかを尋ね、そのパスキーがある端末で操作していただいてください。スマートフォンのときは、QRコードをカメラで読み、Bluetoothを入れていただいてください。`,
  'passkey-removed': ({ time }) =>
    `${time}に使われたパスキーは、この口座では使えません（削除・停止されたものか、別の口座のものです）。端末に残っている古いパスキーを消し、一覧にあるパスキーを選んでいただいてください。`,
  'passkey-other': () =>
    '選んだものと違うパスキーが使われました。一覧で選んだ名前のパスキーがある端末で操作していただいてください。',
  'passkey-unlocked': () =>
    '端末で本人確認（顔・指紋・PIN）が行われませんでした。端末の画面ロックの設定を確かめていただいてください。',
  'passkey-refused': ({ count }) =>
    `パスキーの答えを${count}回、確認できませんでした。ブラウザと端末を最新にし、画面を開き直して、もう一度お試しいただいてください。続くときは、別のパスキーをお使いいただいてください。`,
  'mail-undelivered': ({ time }) =>
    `${time}のメールは、お客さまのメールサーバーが受け取りませんでした。アドレスが使えるか、受信拒否や容量を確かめていただいてください。アドレスが使えないときは、本人確認ののち、アドレスの変更を申請してください。`,
  'mail-waiting': ({ time }) =>
    `${time}の認証コードのメールは、まだ送れていません。お客さまには、数分お待ちいただいてください。届かないときは、システムの担当にお知らせください。`,
  'mail-taken': ({ time }) =>
    `認証コードのメールは${time}に相手のメールサーバーが受け取りました。迷惑メールのフォルダを確かめていただいてください。コードは${duringJa(codeLifetime)}使えます。`,
  'code-wrong': ({ count }) =>
    `認証コードの間違いが${count}回ありました。いちばん新しいメールの6桁を入力していただいてください。`,
  'code-waits': () =>
    `認証コードの間違いや送り直しが続いたため、しばらくコードを送れません。最長で${duringJa(codeWait)}かかります。急ぐときは、責任者にご相談ください。`,
  'at-second-factor': () =>
    `いま、ログインの途中です。パスワードは正しく入力され、2つ目の確認を待っています。${duringJa(signInLifetime)}以内に終えるようお伝えください。`,
  hold: ({ time }) =>
    `${time}まで、出金などの一部の取引ができません。ログインはできます。安全のための期間で、短くするには本人確認ののち、申請が必要です。`,
  nothing: () =>
    '記録に問題は見つかりません。画面に出ている文とエラー番号、お使いの端末とブラウザを尋ねてください。',
} satisfies Record<string, (facts: AdviceFacts) => string>

export type AdviceCause = keyof typeof advice
