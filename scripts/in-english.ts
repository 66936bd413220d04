// Limits as the documents write them.
import { days, hours, minutes, seconds } from '../src/kernel/clock.ts'
import { inWords } from '../src/text/in-words.ts'

/** "10 minutes", "30 seconds", "30 days". */
export function length(time: number): string {
  if (time % minutes !== 0) return `${time / seconds} seconds`
  return time % days === 0 && time > days ? `${time / days} days` : inWords(time, 'en')
}

/** "ten minutes". */
export function long(time: number): string {
  return length(time).replace(/^\d+/, (count) => word(Number(count)))
}

/** "an hour", not "1 hour". */
export function an(time: number): string {
  const names = new Map([
    [365 * days, 'a year'],
    [1 * days, 'a day'],
    [1 * hours, 'an hour'],
    [1 * minutes, 'a minute'],
  ])
  return names.get(time) ?? length(time)
}

export function word(count: number): string {
  const words = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
  return (
    words[count] ??
    new Map([
      [16, 'sixteen'],
      [32, 'thirty-two'],
    ]).get(count) ??
    `${count}`
  )
}

/** As the first word of a sentence. */
export function first(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function kib(size: number): string {
  return `${size / 1024} KiB`
}
