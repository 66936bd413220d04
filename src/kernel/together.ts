// Reads for many at once.
import { nextTick } from 'node:process'
import { promisify } from 'node:util'

/** After all that goes on without waiting, and within the turn of the event loop that a transaction may take. */
const afterAll = promisify<void>((done) => nextTick(done))

/**
 * Reads once for all who ask before anything is waited for, and keeps nothing: what is done for each of many reads no
 * more often than what is done for one.
 */
export function together<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null
  const begin = async () => {
    await afterAll()
    reading = null
    return read()
  }
  return () => (reading ??= begin())
}

/** As `together`, each by a key of its own. */
export function gather<V>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  let asked = new Set<string>()
  const readAsked = together(() => {
    const keys = [...asked]
    asked = new Set()
    return read(keys)
  })
  return async (key) => {
    asked.add(key)
    return (await readAsked()).get(key)
  }
}
