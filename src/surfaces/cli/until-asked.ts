/** Resolves at the first SIGTERM or SIGINT; later ones are ignored while the process stops. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
}
