import { seconds } from '../../kernel/clock.ts'

/** A supervisor signals the whole group, and npm passes its own signal on: one wish that comes twice. */
const saidTwice = 1 * seconds

/** Resolves at the first SIGTERM or SIGINT. One that comes when the first is not new any more insists. */
export function untilSignal(insist: () => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    const hear = () => {
      first ??= performance.now()
      resolve()
      if (performance.now() - first > saidTwice) insist()
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, hear)
  })
}
