// A question that many may ask while it is put to the one who knows only now and then.
import { setTimeout as wait } from 'node:timers/promises'

interface Limits {
  /** Milliseconds for which an answer serves everybody who asks. */
  readonly fresh: number
  /** Milliseconds after which the question counts as failed, though it is not put again meanwhile. */
  readonly within: number
}

/** Never puts the question twice at once, and never throws: a failure is an answer that `failed` makes. */
export function onceAtATime<T>(
  { fresh, within }: Limits,
  question: () => Promise<T>,
  failed: (why: string) => T,
): () => Promise<T> {
  let known: { readonly at: number; readonly answer: T } | null = null
  let asking: { readonly since: number; readonly answer: Promise<T> } | null = null
  const ask = async () => {
    const answer = await question().catch((error: unknown) => failed(reasonOf(error)))
    known = { at: performance.now(), answer }
    asking = null
    return answer
  }
  return async () => {
    const now = performance.now()
    if (!asking && known && now - known.at < fresh) return known.answer
    asking ??= { since: now, answer: ask() }
    const enough = new AbortController()
    const { signal } = enough
    const tooLate = wait(Math.max(0, asking.since + within - now), null, { ref: false, signal })
      .then(() => failed(`no answer within ${within} ms`))
      // The answer was there first.
      .catch(() => failed(''))
    return Promise.race([asking.answer, tooLate]).finally(() => enough.abort())
  }
}

/** Where several hosts have refused there is a code alone. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: unknown }
  return message || String(code ?? error)
}
