import { days, hours, minutes } from '../kernel/clock.ts'
import type { Language } from '../kernel/http/language.ts'

/** A length of time in whole days if it has several, or in hours, else in minutes: 「14日」, 「24時間」, "3 minutes". */
export function inWords(milliseconds: number, language: Language): string {
  const [unit, count] = inUnits(milliseconds)
  const words = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
  return words.format(count).replaceAll(' ', language === 'ja' ? '' : ' ')
}

function inUnits(milliseconds: number): readonly ['day' | 'hour' | 'minute', number] {
  if (milliseconds > days && milliseconds % days === 0) return ['day', milliseconds / days]
  if (milliseconds % hours === 0) return ['hour', milliseconds / hours]
  return ['minute', Math.ceil(milliseconds / minutes)]
}

/** A duration in Japanese: 「10分間」, 「24時間」. */
export function duringJa(milliseconds: number): string {
  return inWords(milliseconds, 'ja').replace(/分$/, '分間')
}
