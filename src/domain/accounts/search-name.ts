/** The form in which the desk finds names: NFKC, lower case, without spaces of any width. */
export function searchName(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '')
}

/** What sorts behind every name that begins with this. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`
}
