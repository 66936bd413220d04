import type { Language } from '../../../kernel/http/language.ts'
import type { Config } from '../../../settings/config.ts'
import type { HelpTexts } from '../../../text/help/help-texts.ts'
import { inWords } from '../../../text/in-words.ts'

const held = {
  ja: {
    withdrawal:
      '出金などのお手続きができません（株式などの売買は、これまでどおりご利用いただけます）',
    all: '出金などのお手続きと株式などの売買ができません',
  },
  en: {
    withdrawal: 'withdrawals are paused (you can trade as usual)',
    all: 'withdrawals and trades are paused',
  },
} as const

/** The texts with the length of a hold, what it covers, and the broker's name filled in. */
export function fillIn(
  texts: HelpTexts,
  { brand, holdMilliseconds, holdScope }: Pick<Config, 'brand' | 'holdMilliseconds' | 'holdScope'>,
  language: Language,
): HelpTexts {
  const hold = inWords(holdMilliseconds, language)
  return inAll(texts, (text) =>
    text
      .replaceAll('{hold}', hold)
      .replaceAll('{held}', held[language][holdScope])
      .replaceAll('{brand}', () => brand.name),
  )
}

function inAll<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((one) => inAll(one as unknown, change)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, inAll(one as unknown, change)]),
  ) as T
}
