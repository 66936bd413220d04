/** A browser may forbid storage; nothing depends on what is kept there. */
export function withStorage<T>(use: () => T): T | null {
  try {
    return use()
  } catch {
    return null
  }
}
