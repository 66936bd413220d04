/** A signal that aborts after so many milliseconds; Safari has AbortSignal.timeout only since 16. */
export function abortAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), milliseconds)
  return controller.signal
}
