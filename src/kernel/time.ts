import type { Language } from './http/language.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** A time zone as its readers need it: those who read English may be elsewhere, so times name it. */
export interface ShownZone {
  readonly name: string
  readonly isNamed: boolean
}

/** The zone of the times that are read in that language. */
export function zoneIn(language: Language, name: string): ShownZone {
  return { name, isNamed: language !== 'ja' }
}

/**
 * A moment (milliseconds or ISO 8601) as pages and mails show it: `yyyy/MM/dd H:mm` in that zone, in
 * English with the zone behind it: JST.
 */
export function formatTime(time: number | string, { name, isNamed }: ShownZone): string {
  const parts = new Map(
    format(name)
      .formatToParts(new Date(time))
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  const date = `${part('year')}/${part('month')}/${part('day')}`
  const clock = `${Number(part('hour'))}:${part('minute')}`
  return [date, clock, isNamed && part('timeZoneName')].filter(Boolean).join(' ')
}

/** What the zone is called at a moment, where its readers need it; otherwise null. */
export function zoneName(time: number, { name, isNamed }: ShownZone): string | null {
  if (!isNamed) return null
  const parts = format(name).formatToParts(time)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? null
}

function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone)
  if (!known) {
    // Only Japanese has a short name for Japan's own time; for others both say GMT+1 and the like.
    known = new Intl.DateTimeFormat('ja', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
    formats.set(timeZone, known)
  }
  return known
}

/** The hour of the day, 0 to 23, at a moment in a zone. */
export function hourIn(time: number, zone: string): number {
  return Number(
    format(zone)
      .formatToParts(time)
      .find(({ type }) => type === 'hour')?.value,
  )
}
