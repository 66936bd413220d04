/**
 * A time of the server in the installation's zone, whatever the machine's is. As the server's own times
 * do, English ones name the zone; only Japanese has a short name for JST.
 */
export function timeIn(
  timeZone: string | undefined,
  at: string,
  parts: Pick<Intl.DateTimeFormatOptions, 'month' | 'day' | 'second'>,
): string {
  return new Date(at).toLocaleString('ja', {
    ...parts,
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(document.documentElement.lang !== 'ja' && { timeZoneName: 'short' }),
    timeZone,
  })
}
