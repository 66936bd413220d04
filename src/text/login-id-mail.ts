// The mail that tells a login ID to the address of its account.
import type { Caller } from '../kernel/caller.ts'
import type { Language } from '../kernel/http/language.ts'
import { formatTime, zoneIn } from '../kernel/time.ts'
import {
  heading,
  lines,
  nameDevice,
  paragraphs,
  support,
  type MailSettings,
  type MailText,
} from './mails.ts'

const subject = { ja: 'ログインIDのお知らせ', en: 'Your login ID' }

/** Names the login IDs of an address, when and from which browser they were asked for. */
export function loginIdMail(
  loginIds: readonly string[],
  { at, caller, config }: { at: number; caller: Caller; config: MailSettings },
): MailText {
  const time = (language: Language) => formatTime(at, zoneIn(language, config.timeZone))
  const shown = loginIds.map(withoutCode)
  const spaced = shown.some((text, index) => text !== loginIds[index])
  const text = paragraphs(
    heading(config),
    lines(...shown.map((loginId) => `ログインID / Login ID:  ${loginId}`)),
    lines(
      'ログイン画面でのお求めにより、このメールアドレスで登録されているログインIDをお知らせします。',
      ...(spaced ? ['数字の間の空白は、入力しないでください。'] : []),
      `日時：${time('ja')}`,
      `お求めのあった環境：${nameDevice(caller, 'ja')}`,
      'ログインIDだけでは、口座の操作はできません。お心当たりがないときは、カスタマーサポートへご連絡ください。',
      ...support(config, 'ja'),
    ),
    lines(
      'As asked for on our page, these are the login IDs that are registered with this address.',
      ...(spaced ? ['Do not enter the space between the digits.'] : []),
      `Time: ${time('en')}`,
      `Asked for from: ${nameDevice(caller, 'en')}`,
      'Nothing can be done with a login ID alone. If you did not ask for it, contact customer support.',
      ...support(config, 'en'),
    ),
  )
  return { subject: subject[caller.language], text }
}

/** Only a code is a run of exactly six digits (rule 27), which devices offer to fill in. */
function withoutCode(loginId: string): string {
  return loginId.replace(/(?<!\d)(\d{3})(\d{3})(?!\d)/g, '$1 $2')
}
