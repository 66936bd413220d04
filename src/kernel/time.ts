const formats = new Map<string, Intl.DateTimeFormat>()

/** A moment (milliseconds or ISO 8601) as pages and mails show it: `yyyy/MM/dd H:mm` in that zone. */
export function formatTime(time: number | string, timeZone: string): string {
  const parts = new Map(
    format(timeZone)
      .formatToParts(new Date(time))
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${part('year')}/${part('month')}/${part('day')} ${Number(part('hour'))}:${part('minute')}`
}

function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone)
  if (!known) {
    known = new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, known)
  }
  return known
}
