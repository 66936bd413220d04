import { readLanguage, type Language } from '../../kernel/http/language.ts'
import type { Visit } from '../frame/visit.ts'

/** The first language of `ui_locales` that Sekisho has, as the client wishes it for its user. */
export function wishedLanguage(parameters: Readonly<Record<string, unknown>>): Language | null {
  const wishes = String(parameters['ui_locales'] ?? '').split(' ')
  return wishes.map((wish) => readLanguage(wish.split('-')[0])).find(Boolean) ?? null
}

/** Answers the visit in the language that the client wishes, if Sekisho has one of its wishes. */
export function setWishedLanguage(
  visit: Visit,
  parameters: Readonly<Record<string, unknown>>,
): void {
  const wish = wishedLanguage(parameters)
  if (wish) visit.set('language', wish)
}
