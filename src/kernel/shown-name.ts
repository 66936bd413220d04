// Displayed names of accounts, passkeys and clients. A bad name is refused, never rewritten.

/** Controls, line breaks, signs that change the writing direction, and invisible signs. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800\ufeff\u{e0000}-\u{e007f}]/u

/** Joiners and variation selectors belong to emoji and some scripts, but alone they show nothing. */
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u

/** The form in which two names are compared; names are not stored in it. */
export function comparableName(name: string): string {
  return name.normalize('NFKC').trim()
}

/** The name as typed, trimmed; null when it shows nothing or contains invisible signs. */
export function readShownName(text: string): string | null {
  const name = text.trim()
  const forms = [name, comparableName(name)]
  return forms.every((form) => seen.test(form) && !unseen.test(form)) ? name : null
}
