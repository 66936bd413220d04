// The words of every mail: Japanese first, English below it, no links, and no text that a caller chose.
import type { Caller } from '../kernel/caller.ts'
import { days } from '../kernel/clock.ts'
import type { Language } from '../kernel/http/language.ts'
import type { Device } from '../kernel/http/user-agent.ts'
import { formatTime, zoneIn } from '../kernel/time.ts'
import { formerEmailKept } from '../limits/accounts.ts'
import { codeLifetime } from '../limits/codes.ts'
import { askedNotices, type AskedNotice } from './asked-notices.ts'
import { codeMails, type CodePurpose } from './code-mails.ts'
import { duringJa, inWords } from './in-words.ts'
import { noticesNotices, type NoticesNotice } from './notices-notices.ts'
import { signInNotices, type SignInNotice } from './sign-in-notices.ts'
import { liftingWords, stopNotices, type Lifting, type StopNotice } from './stop-notices.ts'
import { inBoth, texts, type Both, type Texts } from './texts.ts'
import { waitEnds, waitingNotices, type WaitEnd, type WaitNotice } from './wait-notices.ts'

export interface MailText {
  readonly subject: string
  readonly text: string
}

/** The settings that a mail names. */
export interface MailSettings {
  readonly brand: { readonly name: string; readonly nameEn: string }
  readonly support: { readonly phone: string | null }
  readonly timeZone: string
  /** What a hold covers. */
  readonly holdScope: keyof Texts['hold']
}

export type Notice =
  | AskedNotice
  | WaitNotice
  | WaitEnd
  | SignInNotice
  | StopNotice
  | NoticesNotice
  | 'passkey_registered'
  | 'passkey_removed'
  | 'passkey_suspended'
  | 'passkey_resumed'
  | 'hold_ended'
  | 'switched_to_passkey'
  | 'switched_to_email'
  | 'passkey_risk'
  | 'password_changed'
  | 'activation_issued'
  | 'email_changed'
  | 'account_locked'
  | 'account_closed'
  | 'account_reopened'
  | 'contract_ended'

/** `todo`: what to do if it was not the holder, where that is more than to call support. */
interface NoticeWords {
  readonly subject: Both
  readonly says: Both
  readonly todo?: Both
}

const otherwise: Both = {
  ja: 'お心当たりがないときは、すぐにカスタマーサポートへご連絡ください。',
  en: 'If this was not you, contact customer support at once.',
}

const notices: Readonly<Record<Notice, NoticeWords>> = {
  ...askedNotices,
  ...waitingNotices,
  ...waitEnds,
  ...signInNotices,
  ...stopNotices,
  ...noticesNotices,
  passkey_registered: {
    subject: { ja: 'パスキーが登録されました', en: 'A passkey was registered' },
    says: {
      ja: 'お客さまの口座に新しいパスキーが登録されました。',
      en: 'A new passkey was registered for your account.',
    },
  },
  passkey_removed: {
    subject: { ja: 'パスキーが削除されました', en: 'A passkey was removed' },
    says: {
      ja: 'カスタマーサポートが、お客さまの口座のパスキーを1つ削除しました。ログイン中の端末はすべてログアウトしました。',
      en: 'Customer support removed a passkey from your account. Every device was signed out.',
    },
  },
  passkey_suspended: {
    subject: { ja: 'パスキーの使用を止めました', en: 'A passkey was suspended' },
    says: {
      ja: 'カスタマーサポートが、お客さまの口座のパスキーの使用を1つ止めました。このパスキーではログインできません。ログイン中の端末はすべてログアウトしました。',
      en: 'Customer support suspended a passkey of your account. Nobody can sign in with it. Every device was signed out.',
    },
  },
  passkey_resumed: {
    subject: { ja: 'パスキーの使用を再開しました', en: 'A passkey was resumed' },
    says: {
      ja: 'カスタマーサポートが、止めていたお客さまの口座のパスキーの使用を再開しました。このパスキーで再びログインできます。',
      en: 'Customer support resumed a suspended passkey of your account. It can be used to sign in again.',
    },
  },
  hold_ended: {
    subject: { ja: 'お取引の制限を解除しました', en: 'The hold on the account was ended' },
    says: {
      ja: 'カスタマーサポートが、お客さまの口座のお取引の制限を解除しました。',
      en: 'Customer support ended the hold on your account.',
    },
  },
  switched_to_passkey: {
    subject: { ja: 'パスキー認証に変更されました', en: 'Sign-in now asks for a passkey' },
    says: {
      ja: '多要素認証の方法が、メール認証からパスキー認証に変更されました。',
      en: 'The second factor of your account was changed from e-mail codes to passkeys.',
    },
  },
  switched_to_email: {
    subject: { ja: 'メール認証に変更されました', en: 'Sign-in now asks for an e-mail code' },
    says: {
      ja: '多要素認証の方法が、パスキー認証からメール認証に変更されました。',
      en: 'The second factor of your account was changed from passkeys to e-mail codes.',
    },
  },
  passkey_risk: {
    subject: { ja: 'パスキーの使用に関するご確認', en: 'Please check the use of your passkey' },
    says: {
      ja: 'お客さまのパスキーが使われた際に、複製の可能性を示す、通常と異なる記録がありました。',
      en: 'Your passkey was used in an unusual way, as if a copy of it existed.',
    },
  },
  password_changed: {
    subject: { ja: 'パスワードが変更されました', en: 'Your password was changed' },
    says: {
      ja: 'お客さまの口座のパスワードが変更されました。ログイン中の端末はログアウトしました。',
      en: 'The password of your account was changed. Devices that were signed in were signed out.',
    },
  },
  activation_issued: {
    subject: { ja: '開始コードを発行しました', en: 'An activation code was issued' },
    says: {
      ja: 'お客さまの口座に、新しいパスワードを設定するための開始コードを発行しました。開始コードは、郵便かカスタマーサポートからお届けします。それまでの開始コードは使えなくなりました。',
      en: 'An activation code for setting a new password was issued for your account. It reaches you by post or from customer support. Earlier activation codes no longer work.',
    },
  },
  email_changed: {
    subject: { ja: 'メールアドレスが変更されました', en: 'Your e-mail address was changed' },
    says: {
      ja: `お客さまの口座に登録されたメールアドレスが変更されました。このお知らせは、変更前と変更後の両方のアドレスにお送りしています。変更前のアドレスにも、${formerEmailKept / days}日間はお知らせをお送りします。`,
      en: `The e-mail address of your account was changed. This notice goes to the old and to the new address. The old one gets notices for ${formerEmailKept / days} more days.`,
    },
  },
  account_locked: {
    subject: { ja: 'ログインの受け付けを止めました', en: 'Sign-in was locked' },
    says: {
      ja: '誤った入力が続いたため、安全のため、お客さまの口座へのログインの受け付けを止めました。',
      en: 'Because of repeated wrong entries, sign-in to your account was locked to keep it safe.',
    },
  },
  account_closed: {
    subject: { ja: 'ログインの受け付けを止めました', en: 'Sign-in was locked' },
    says: {
      ja: 'カスタマーサポートが、お客さまの口座へのログインの受け付けを止めました。ログイン中の端末はすべてログアウトしました。',
      en: 'Customer support locked sign-in to your account. Every device was signed out.',
    },
  },
  account_reopened: {
    subject: { ja: 'ログインの受け付けを再開しました', en: 'Sign-in was reopened' },
    says: {
      ja: 'カスタマーサポートが、止まっていたログインまたは認証コードの受け付けを再開しました。',
      en: 'Customer support reopened sign-in to your account, or its codes by e-mail, which were stopped.',
    },
  },
  contract_ended: {
    subject: { ja: 'ログインのご利用を終了しました', en: 'Your sign-in was closed' },
    says: {
      ja: 'ご解約のお手続きにより、お客さまの口座へのログインのご利用を終了しました。ログイン中の端末はすべてログアウトし、アプリケーションとの連携も終わりました。端末に残ったパスキーは、端末の設定で削除できます。',
      en: 'Your contract has ended, and sign-in to your account was closed. Every device was signed out and every application was disconnected. Passkeys that are left on your devices can be deleted in their settings.',
    },
  },
}

/** A mail with a code: what the code permits, until when, and the browser that requested it. */
export function codeMail(
  purpose: CodePurpose,
  {
    code,
    expiresAt,
    caller,
    config,
  }: { code: string; expiresAt: number; caller: Caller; config: MailSettings },
): MailText {
  const { subject, permits } = codeMails[purpose]
  const until = (language: Language) => formatTime(expiresAt, zoneIn(language, config.timeZone))
  const text = paragraphs(
    heading(config),
    `認証コード / Code:  ${code}`,
    lines(
      permits.ja,
      `有効期限：${until('ja')}（発行から${duringJa(codeLifetime)}、1回限り）`,
      `コードを求めた環境：${nameDevice(caller, 'ja')}`,
      'このコードは、ご自身で画面に入力するためのものです。だれにも教えないでください。当社が電話やメールでお尋ねすることはありません。お心当たりがないときは、入力せずにカスタマーサポートへご連絡ください。',
      ...support(config, 'ja'),
    ),
    lines(
      permits.en,
      `Valid until ${until('en')} (${inWords(codeLifetime, 'en')}, single use).`,
      `Requested from: ${nameDevice(caller, 'en')}`,
      'Enter it yourself on our page and give it to nobody: we never ask for it by telephone or e-mail. If you did not request it, do not use it and contact customer support.',
      ...support(config, 'en'),
    ),
  )
  return { subject: subject[caller.language], text }
}

/**
 * A mail that tells the holder about an event of the account, its time, until when it brings a hold, and what lifts
 * the stop that it is about.
 */
export function noticeMail(
  notice: Notice,
  {
    at,
    device,
    config,
    holdUntil,
    dueAt = null,
    lifting = null,
  }: {
    at: number
    /** None of an act without a browser: by an operator, the telephone or the clock. */
    device: Device | null
    config: MailSettings
    holdUntil: number | null
    dueAt?: number | null
    lifting?: Lifting | null
  },
): MailText {
  const { subject, says, todo = otherwise } = notices[notice]
  const time = (language: Language) => formatTime(at, zoneIn(language, config.timeZone))
  const text = paragraphs(
    heading(config),
    lines(
      says.ja,
      `日時：${time('ja')}`,
      ...(device ? [`操作した環境：${nameDevice(device, 'ja')}`] : []),
      ...due(dueAt, config, 'ja'),
      ...hold(holdUntil, config, 'ja'),
      ...(lifting ? [liftingWords(lifting, config.timeZone, 'ja')] : []),
      todo.ja,
      ...support(config, 'ja'),
    ),
    lines(
      says.en,
      `Time: ${time('en')}`,
      ...(device ? [`Done from: ${nameDevice(device, 'en')}`] : []),
      ...due(dueAt, config, 'en'),
      ...hold(holdUntil, config, 'en'),
      ...(lifting ? [liftingWords(lifting, config.timeZone, 'en')] : []),
      todo.en,
      ...support(config, 'en'),
    ),
  )
  // The language of whoever did it may be a thief's choice.
  return { subject: inBoth(subject), text }
}

/** A browser and its system, from our own list. */
export function nameDevice({ browser, system }: Device, language: Language): string {
  const unknown = language === 'ja' ? '不明' : 'unknown'
  return `${browser ?? unknown} / ${system ?? unknown}`
}

function hold(until: number | null, config: MailSettings, language: Language): string[] {
  if (until === null) return []
  const time = formatTime(until, zoneIn(language, config.timeZone))
  return [`${texts[language].hold[config.holdScope].until(time)}${language === 'ja' ? '。' : '.'}`]
}

function due(at: number | null, { timeZone }: MailSettings, language: Language): string[] {
  if (at === null) return []
  const time = formatTime(at, zoneIn(language, timeZone))
  return [language === 'ja' ? `行う予定の日時：${time}` : `To be done at: ${time}`]
}

export function heading({ brand: { name, nameEn } }: MailSettings): string {
  return name === nameEn ? name : `${name} / ${nameEn}`
}

/** The broker's telephone. */
export function support({ support: { phone } }: MailSettings, language: Language): string[] {
  if (phone === null) return []
  return [language === 'ja' ? `カスタマーサポート：${phone}` : `Customer support: ${phone}`]
}

export function paragraphs(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}

export function lines(...parts: readonly string[]): string {
  return parts.join('\n')
}
