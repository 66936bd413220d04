// RFC 8785: one text for one value, so that its digest can be signed and made again.

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** The canonical text of a value. TypeError for a text that is not Unicode, and for a number that is no JSON. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return textOf(value)
  if (typeof value === 'number') return numberOf(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  // §3.2.3: by the UTF-16 code units of the names, which is how `toSorted` compares.
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, of]) => `${textOf(name)}:${canonicalJson(of)}`).join(',')}}`
}

/** §3.2.2.2: as ECMAScript writes it; a lone surrogate has no UTF-8. */
function textOf(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a text with a lone surrogate is no JSON')
  return JSON.stringify(text)
}

/** §3.2.2.3: as ECMAScript writes it. */
function numberOf(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('no JSON has this number')
  return JSON.stringify(value)
}

function isList(
  value: readonly Json[] | { readonly [name: string]: Json },
): value is readonly Json[] {
  return Array.isArray(value)
}
