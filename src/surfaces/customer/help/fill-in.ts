import type { Language } from '../../../kernel/http/language.ts'
import type { Config } from '../../../settings/config.ts'
import type { HelpTexts } from '../../../text/help/help-texts.ts'
import { inWords } from '../../../text/in-words.ts'

/** The texts with {hold}, the length of the hold, and {brand}, the broker's name, filled in. */
export function fillIn(
  texts: HelpTexts,
  { brand, holdMilliseconds }: Pick<Config, 'brand' | 'holdMilliseconds'>,
  language: Language,
): HelpTexts {
  const hold = inWords(holdMilliseconds, language)
  return inAll(texts, (text) =>
    text.replaceAll('{hold}', hold).replaceAll('{brand}', () => brand.name),
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
