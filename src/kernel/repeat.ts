/**
 * Repeats the work, one round at a time. The work must handle its own failures. `stop` aborts the
 * signal of the current round and waits for it to end.
 */
export function repeat(
  every: number,
  work: (stopping: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= work(stopping.signal).finally(() => {
      running = null
    })
  }, every)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}
