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

/** A moment as a field for date and time has it, in that zone. */
export function localIn(timeZone: string | undefined, at: number): string {
  // Sweden writes it as the field does, but for one sign.
  const written = new Date(at).toLocaleString('sv', {
    ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
    timeZone,
  })
  return written.replace(' ', 'T')
}

/** The moment, in ISO 8601, that a field for date and time means in that zone; null for an empty one. */
export function momentIn(timeZone: string | undefined, local: string): string | null {
  const asUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asUtc)) return null
  const ahead = (at: number) => Date.parse(`${localIn(timeZone, at)}Z`) - at
  // The second look is for a moment near which clocks are changed.
  return new Date(asUtc - ahead(asUtc - ahead(asUtc))).toISOString()
}
