const mostRemembered = 1000
/** Real headers are shorter: a longer one is read anew each time, and takes no memory. */
const longestRemembered = 512

/**
 * A reading of a header that most customers send in one of few forms: each form is read once. When there
 * are too many, as somebody invents them, all are forgotten.
 */
export function remembered<T>(read: (header: string) => T): (header: string) => T {
  const readings = new Map<string, T>()
  return (header) => {
    const known = readings.get(header)
    if (known !== undefined) return known
    const reading = read(header)
    if (header.length > longestRemembered) return reading
    if (readings.size >= mostRemembered) readings.clear()
    readings.set(header, reading)
    return reading
  }
}
