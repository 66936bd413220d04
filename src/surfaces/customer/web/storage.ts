/** Null when the browser forbids storage; nothing may depend on its content. */
export function withStorage<T>(use: () => T): T | null {
  try {
    return use()
  } catch {
    return null
  }
}
