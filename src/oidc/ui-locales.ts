import { readLanguage } from '../ground/language.ts'
import type { Language } from '../text/texts.ts'

/** The first language of `ui_locales` that we speak, as an application wishes it for its user. */
export function wishedLanguage(parameters: Readonly<Record<string, unknown>>): Language | null {
  const wishes = String(parameters['ui_locales'] ?? '').split(' ')
  return wishes.map((wish) => readLanguage(wish.split('-')[0])).find(Boolean) ?? null
}
