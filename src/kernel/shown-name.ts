// Names that people see: of accounts, passkeys and applications. They are refused, never rewritten.

/** Controls, line breaks, signs that turn the writing direction, and signs without any width or ink. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800\ufeff\u{e0000}-\u{e007f}]/u

/** Joiners and variation selectors belong to emoji and some scripts, but alone they show nothing. */
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u

/** The one form in which two names are compared; no name is kept in it. */
export function comparableName(name: string): string {
  return name.normalize('NFKC').trim()
}

/** The name as it was typed, trimmed; or null when it shows nothing, or holds what nobody can see. */
export function readShownName(text: string): string | null {
  const name = text.trim()
  const forms = [name, comparableName(name)]
  return forms.every((form) => seen.test(form) && !unseen.test(form)) ? name : null
}
