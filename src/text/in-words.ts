import { hours, minutes } from '../kernel/clock.ts'
import type { Language } from '../kernel/http/language.ts'

/** A length of time in whole hours, else in minutes: 「24時間」, "3 minutes". */
export function inWords(milliseconds: number, language: Language): string {
  const [unit, count] =
    milliseconds % hours === 0
      ? (['hour', milliseconds / hours] as const)
      : (['minute', Math.ceil(milliseconds / minutes)] as const)
  const words = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
  return words.format(count).replaceAll(' ', language === 'ja' ? '' : ' ')
}

/** A duration in Japanese: 「10分間」, 「24時間」. */
export function duringJa(milliseconds: number): string {
  return inWords(milliseconds, 'ja').replace(/分$/, '分間')
}
