/**
 * Does the work again and again, one round at a time. The work answers for its own failures. `stop`
 * waits for the round that is under way, which hears of it by its signal.
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
