/** Resolves at the first SIGTERM or SIGINT; further ones change nothing while the work is finished. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
}
