import type { Language } from '../../kernel/http/language.ts'
import { readLanguage } from '../../kernel/http/language.ts'
import type { Visit } from '../frame/visit.ts'

/** The first language of `ui_locales` that we speak, as an application wishes it for its user. */
export function wishedLanguage(parameters: Readonly<Record<string, unknown>>): Language | null {
  const wishes = String(parameters['ui_locales'] ?? '').split(' ')
  return wishes.map((wish) => readLanguage(wish.split('-')[0])).find(Boolean) ?? null
}

/** Lets a visit speak the language that an application wishes for, where it wishes for one of ours. */
export function setWishedLanguage(
  visit: Visit,
  parameters: Readonly<Record<string, unknown>>,
): void {
  const wish = wishedLanguage(parameters)
  if (wish) visit.set('language', wish)
}
