/** Null when the browser forbids storage; nothing may depend on its content. */
export function withStorage<T>(use: () => T): T | null {
  try {
    return use()
  } catch {
    return null
  }
}

/** What was noted for this tab, once: it is forgotten then; null without it. */
export function takeNote(key: string): string | null {
  const noted = withStorage(() => sessionStorage.getItem(key))
  withStorage(() => sessionStorage.removeItem(key))
  return noted
}
