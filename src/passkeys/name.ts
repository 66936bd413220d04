const longestName = 40

/** Controls, line breaks, signs that turn the writing direction, and signs without any width or ink. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800\ufeff\u{e0000}-\u{e007f}]/u

/** Joiners and variation selectors belong to emoji and some scripts, but alone they show nothing. */
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u

/** The name as it will stay for ever (rule 1: NFKC, trimmed), or null when it may not be used. */
export function readPasskeyName(text: string): string | null {
  const name = text.normalize('NFKC').trim()
  const length = [...name].length
  const allowed = seen.test(name) && !unseen.test(name)
  return allowed && length <= longestName ? name : null
}
