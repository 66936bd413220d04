import { remembered } from './remembered.ts'
import { readWishes } from './wishes.ts'

/** The two languages of every screen and mail; Japanese is the first. */
export type Language = 'ja' | 'en'

/**
 * The caller's language: from the address, else the earlier choice, else the one of the two that the
 * browser prefers; Japanese when it prefers neither.
 */
export function chooseLanguage(
  asked: string | undefined,
  kept: string | undefined,
  acceptLanguage: string | undefined,
): Language {
  return readLanguage(asked) ?? readLanguage(kept) ?? preferred(acceptLanguage ?? '') ?? 'ja'
}

export function readLanguage(text: string | undefined): Language | null {
  return text === 'ja' || text === 'en' ? text : null
}

const preferred = remembered((acceptLanguage): Language | null => {
  const wishes = readWishes(acceptLanguage).map(({ name, quality }) => ({
    language: readLanguage(name.split('-')[0]),
    quality,
  }))
  const fitting = wishes.filter(({ language, quality }) => language !== null && quality > 0)
  fitting.sort((one, other) => other.quality - one.quality)
  return fitting[0]?.language ?? null
})
