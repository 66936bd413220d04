const longestName = 40

/** Controls, line breaks, signs that turn the writing direction, and signs without any width. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u

/** The name as it will stay for ever (rule 1: NFKC, trimmed), or null when it may not be used. */
export function readPasskeyName(text: string): string | null {
  const name = text.normalize('NFKC').trim()
  const length = [...name].length
  return length >= 1 && length <= longestName && !unseen.test(name) ? name : null
}
