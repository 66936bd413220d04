interface Countdown {
  /** Milliseconds since 1970 by the server's clock. */
  readonly until: number
  /** How far the server's clock is ahead of this one. */
  readonly ahead: number
  /** Called each second with the whole seconds left, 0 at the end. */
  readonly tick: (seconds: number) => void
}

/** Counts down by the clock, so that a sleeping tab is right when it wakes. Returns a function to stop it. */
export function countDown({ until, ahead, tick }: Countdown): () => void {
  let shown = -1
  const look = () => {
    const seconds = Math.max(0, Math.ceil((until - ahead - Date.now()) / 1000))
    if (seconds !== shown) tick(seconds)
    shown = seconds
    if (seconds === 0) clearInterval(timer)
  }
  const timer = setInterval(look, 250)
  look()
  return () => clearInterval(timer)
}
